import { describe, expect, test } from "vitest";
import { mapLaunches } from "../../scripts/registry-modules/launch-map.js";
import type { InputHints } from "../../scripts/registry-modules/question.js";
import { RealModule } from "../../scripts/registry-modules/real-module.js";
import { asModule } from "../../scripts/registry-modules/record-module.js";
import { renderModule } from "../../scripts/registry-modules/render-module.js";
import { findDifference } from "../../scripts/registry-modules/verify.js";

function load(files: Readonly<Record<string, string>>): RealModule {
  const module = RealModule.load("", new Map(Object.entries(files)), () => undefined);
  if (module === undefined) throw new Error("no module");
  return module;
}

function reduce(real: RealModule, hints: InputHints = {}): ReadonlyMap<string, string> {
  return renderModule(mapLaunches(real, hints), real.module.variables);
}

const direct = {
  "main.tf": `
    variable "create" { default = true }
    variable "tags" { default = {} }
    variable "metadata_options" {
      type    = map(string)
      default = { http_tokens = "optional" }
    }
    locals { is_made = var.create && length(var.metadata_options) < 9 }
    resource "aws_instance" "this" {
      count         = local.is_made ? 1 : 0
      instance_type = "t3.micro"
      tags          = var.tags
      dynamic "metadata_options" {
        for_each = length(var.metadata_options) > 0 ? [var.metadata_options] : []
        content {
          http_endpoint = "enabled"
          http_tokens   = lookup(metadata_options.value, "http_tokens", "required")
        }
      }
    }`,
};

const grouped = {
  "main.tf": `
    variable "groups" { default = {} }
    variable "group_defaults" { default = {} }
    module "group" {
      source           = "./group"
      for_each         = var.groups
      metadata_options = try(each.value.metadata_options, var.group_defaults.metadata_options, null)
      create           = try(each.value.create, true)
    }`,
  "group/main.tf": `
    variable "create" { type = bool }
    variable "metadata_options" {
      type = object({ http_tokens = optional(string, "required"), http_endpoint = optional(string) })
      default  = {}
      nullable = false
    }
    resource "aws_launch_template" "this" {
      count = var.create ? 1 : 0
      metadata_options {
        http_tokens   = var.metadata_options.http_tokens
        http_endpoint = var.metadata_options.http_endpoint
      }
    }`,
};

const switched = {
  "main.tf": `
    variable "enabled" { default = null }
    variable "http_tokens_required" {
      type    = bool
      default = false
    }
    resource "aws_launch_configuration" "this" {
      count = var.enabled == null || var.enabled == true ? 1 : 0
      metadata_options {
        http_tokens = var.http_tokens_required ? "required" : "optional"
      }
    }`,
};

describe.each([
  ["options passed on", direct, {}],
  ["groups", grouped, { groups: { groups: "map" } }],
  ["a switch", switched, {}],
] as const)("%s", (_, files, hints) => {
  const real = load(files);
  const reduced = reduce(real, hints);

  test("the reduction launches the same", () => {
    expect(findDifference(real, asModule(reduced), hints, 300)).toBeUndefined();
  });

  // Each of these changes what is launched from some inputs.
  const changes = [
    [/"required"/, '"optional"'],
    [/"optional"/, '"required"'],
    [/\? 1 : 0/, "? 1 : 1"],
    [/length\([^)]*\) == 0 \? \[\]/, "false ? []"],
    [/default = true/, "default = false"],
  ] as const;
  const texts = [...reduced].flatMap(([directory, text]) =>
    changes
      .filter(([pattern]) => pattern.test(text))
      .map(([pattern, replacement]) => [directory, text.replace(pattern, replacement)] as const),
  );

  test.each(texts)("a wrong one does not, in %j: %s", (directory, text) => {
    const wrong = new Map([...reduced, [directory, text]]);
    expect(findDifference(real, asModule(wrong), hints, 300)).toBeDefined();
  });
});

test("a reduction is made of names and defaults of inputs", () => {
  expect(reduce(load(direct)).get("")).toMatchInlineSnapshot(`
    "variable "create" {
      default = true
    }

    variable "metadata_options" {
      default = {
        http_tokens = "optional"
      }
    }

    resource "aws_instance" "this" {
      count = var.create ? 1 : 0
      instance_type = "t3.micro"
      dynamic "metadata_options" {
        for_each = length(var.metadata_options) == 0 ? [] : [1]
        content {
          http_endpoint = "enabled"
          http_tokens = try(var.metadata_options.http_tokens, "required")
        }
      }
    }"
  `);
});

test("what hangs on inputs that were not tried is not known", () => {
  const real = load({
    "main.tf": `
      variable "environment" { default = "test" }
      resource "aws_instance" "this" {
        metadata_options {
          http_tokens = var.environment == "test" ? "optional" : "required"
        }
      }`,
  });
  expect(reduce(real).get("")).toContain("http_tokens = var.decided_elsewhere");
});
