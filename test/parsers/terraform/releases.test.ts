import { describe, expect, test } from "vitest";
import type { ModuleCatalogue } from "../../../src/data/module-catalogue.js";
import { judgeLaunches, type Verdict } from "./module-verdicts.js";

/** A module whose first and second release are these. */
function catalogueOf(first: string, second: string): ModuleCatalogue {
  return {
    "owner/web/aws": {
      repository: "owner/terraform-aws-web",
      versions: "1.0.0 2.0.0",
      commits: "a000000000 b000000000",
      directories: {
        "": {
          ranges: [
            { from: 0, to: 0, commit: "a", files: { "": first } },
            { from: 1, to: 1, commit: "b", files: { "": second } },
          ],
          inputs: { tokens: "0-1", size: "0-1" },
          required: {},
        },
      },
    },
  };
}

const header = `variable "tokens" {\n  default = null\n}\n`;
const instance = (body: string, name = "this") =>
  `${header}resource "aws_instance" "${name}" {\n${body}\n}\n`;
const options = (tokens: string) => `metadata_options {\nhttp_tokens = ${tokens}\n}`;

function judge(
  catalogue: ModuleCatalogue,
  own = "",
  version = ">= 1",
): Readonly<Record<string, Verdict>> {
  const call = `module "m" {\n  source = "owner/web/aws"\n  version = "${version}"\n  ${own}\n}\n`;
  const variable = `variable "open" {}\n`;
  return judgeLaunches({ "/root/main.tf": `${call}${variable}` }, () => catalogue);
}

const address = "module.m.aws_instance.this";
const optional = instance(options('coalesce(var.tokens, "optional")'));
const required = instance(options('coalesce(var.tokens, "required")'));
const nothing = instance("");

describe("releases of which one will be installed", () => {
  test("a version that names one is judged by that one alone", () => {
    expect(judge(catalogueOf(optional, required), "", "1.0.0")).toEqual({ [address]: "fail" });
    expect(judge(catalogueOf(optional, required), "", "2.0.0")).toEqual({ [address]: "pass" });
  });

  test("what all have in common is certain", () => {
    expect(judge(catalogueOf(optional, `${optional}\n`))).toEqual({ [address]: "fail" });
    expect(judge(catalogueOf(required, `${required}\n`))).toEqual({ [address]: "pass" });
  });

  test("where they differ it is open", () => {
    expect(judge(catalogueOf(optional, required))).toEqual({ [address]: "open" });
  });

  test("an argument decides in all of them", () => {
    const catalogue = catalogueOf(optional, required);
    expect(judge(catalogue, 'tokens = "required"')).toEqual({ [address]: "pass" });
    expect(judge(catalogue, 'tokens = "optional"')).toEqual({ [address]: "fail" });
    expect(judge(catalogue, "tokens = var.open")).toEqual({ [address]: "open" });
  });

  test("no block, an empty block and optional tokens are the same to EC2", () => {
    expect(judge(catalogueOf(nothing, optional))).toEqual({ [address]: "fail" });
    expect(judge(catalogueOf(optional, nothing))).toEqual({ [address]: "fail" });
    expect(judge(catalogueOf(nothing, instance(options("null"))))).toEqual({ [address]: "fail" });
  });

  test("no block and required tokens are not", () => {
    expect(judge(catalogueOf(nothing, required))).toEqual({ [address]: "open" });
  });

  test("what only some make is open, whatever it would be", () => {
    expect(judge(catalogueOf(nothing, header))).toEqual({ [address]: "open" });
    expect(judge(catalogueOf(header, optional))).toEqual({ [address]: "open" });
    expect(judge(catalogueOf(nothing, instance("", "other")))).toEqual({
      [address]: "open",
      "module.m.aws_instance.other": "open",
    });
  });

  test("what some make under a condition is open where the condition holds", () => {
    const conditional = instance(`count = var.tokens == null ? 0 : 1\n${options("var.tokens")}`);
    const always = instance(`count = 1\n${options("var.tokens")}`);
    const only = `${address}[0]`;
    expect(judge(catalogueOf(conditional, always))).toEqual({ [only]: "open" });
    expect(judge(catalogueOf(conditional, always), 'tokens = "optional"')).toEqual({
      [only]: "fail",
    });
  });

  test("what none makes is not there", () => {
    expect(judge(catalogueOf(header, header))).toEqual({});
  });
});
