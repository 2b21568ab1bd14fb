import { describe, expect, test } from "vitest";
import { entryValue, type Evaluated } from "../../../src/values/evaluated.js";
import { evaluateTexts } from "./evaluate-texts.js";

/**
 * Conditions, and which of "required", "optional", "", "REQUIRED", "other", "1" and null Terraform 1.11.4
 * lets through: no other text passes any of them.
 */
const finite: readonly (readonly [condition: string, values: readonly (string | null)[]])[] = [
  ['contains(["required", "optional"], var.x)', ["required", "optional"]],
  ['contains(tolist(["required", "optional"]), var.x)', ["required", "optional"]],
  ['contains(toset(["required", "optional"]), var.x)', ["required", "optional"]],
  ['contains(["required", null], var.x)', ["required"]],
  ["contains(keys({ required = 1, optional = 2 }), var.x)", ["required", "optional"]],
  ['contains(split(",", "required,optional"), var.x)', ["required", "optional"]],
  ["contains(local.allowed, var.x)", ["required", "optional"]],
  ['var.x == "required"', ["required"]],
  ['var.x == "required" || var.x == "optional"', ["required", "optional"]],
  ['"required" == var.x', ["required"]],
  ['var.x == null || var.x == "required"', ["required", null]],
  ['var.x == null ? true : contains(["required"], var.x)', ["required", null]],
  ['var.x != null ? contains(["required"], var.x) : true', ["required", null]],
  ['var.x != null ? contains(["required"], var.x) : false', ["required"]],
  ['var.x == "required" ? true : false', ["required"]],
  ['var.x == "required" ? true : var.x == "optional"', ["required", "optional"]],
  ['var.x != "required" ? false : true', ["required"]],
  ['var.x != "optional" && contains(["required", "optional"], var.x)', ["required"]],
  ['!contains(["optional"], var.x) && contains(["required", "optional"], var.x)', ["required"]],
  ['!(var.x != "required")', ["required"]],
  ['!(var.x != "required" && var.x != "optional")', ["required", "optional"]],
  ['can(regex("^(required|optional)$", var.x))', ["required", "optional"]],
  ['can(regex("^required$", var.x))', ["required"]],
  ['can(regex("^(?:required|optional)$", var.x))', ["required", "optional"]],
  ['can(regex("^required$|^optional$", var.x))', ["required", "optional"]],
  ['can(regex("\\\\Arequired\\\\z", var.x))', ["required"]],
  ['can(regex("^(required|)$", var.x))', ["required", ""]],
  ['length(regexall("^(required|optional)$", var.x)) > 0', ["required", "optional"]],
  ['length(regexall("^required$", var.x)) == 1', ["required"]],
  ['length(regexall("^required$", var.x)) != 0', ["required"]],
  ['length(regexall("^required$", var.x)) >= 1', ["required"]],
  ['anytrue([var.x == "required", var.x == "optional"])', ["required", "optional"]],
  ['anytrue([for v in ["required", "optional"] : v == var.x])', ["required", "optional"]],
  ['alltrue([contains(["required", "optional"], var.x), var.x != "optional"])', ["required"]],
  ['try(contains(["required", "optional"], var.x), false)', ["required", "optional"]],
  ['can(index(["required", "optional"], var.x))', ["required", "optional"]],
  ['index(["required", "optional"], var.x) >= 0', ["required", "optional"]],
  ['coalesce(var.x, "required") == "required"', ["required", "", null]],
  [
    'contains(["required", "optional"], coalesce(var.x, "required"))',
    ["required", "optional", "", null],
  ],
  ['var.x == "required" && true', ["required"]],
  ['var.x == "required" || false', ["required"]],
  ['var.x == "required" || (var.x == "optional" && false)', ["required"]],
  ['contains([for s in ["REQUIRED", "OPTIONAL"] : lower(s)], var.x)', ["required", "optional"]],
  ['var.x == "optional" ? false : contains(["required", "optional"], var.x)', ["required"]],
  ['(var.x == "required")', ["required"]],
];

/** Conditions that leave more than a few texts, or whose texts are not told. */
const open: readonly string[] = [
  'can(regex("^(required|optional)", var.x))',
  'can(regex("required|optional", var.x))',
  'can(regex("^(?i)required$", var.x))',
  'contains(["required", "optional"], lower(var.x))',
  'try(contains(["required", "optional"], var.x), true)',
  'true || var.x == "required"',
  'can(tonumber(var.x)) || var.x == "required"',
  'startswith(var.x, "req")',
];

const anything = "anything";

/** What is left of `var.x`, or of the expression. */
function left(condition: string, expression = "var.x", type = "string"): ReadonlySet<unknown> {
  const evaluated = evaluateTexts({
    "main.tf": `
locals {
  allowed = ["required", "optional"]
}
variable "other" {
  type = bool
}
variable "x" {
  type = ${type}
  validation {
    condition     = ${condition}
    error_message = "No."
  }
}
resource "test" "it" {
  value = ${expression}
}
`,
  });
  const properties = evaluated.resources[0]?.properties();
  const values = evaluated.scenarios.explore(() => {
    const value = properties?.state === "map" ? entryValue(properties, "value") : undefined;
    return value === undefined ? [] : possible(value);
  });
  return new Set(values.flatMap(({ result }) => result));
}

function possible(value: Evaluated): readonly unknown[] {
  if (value.state === "known") return [value.value];
  if (value.state === "unset") return [null];
  return (value.state === "unknown" && value.possible) || [anything];
}

describe("a condition leaves the values with which it holds", () => {
  test.each(finite)("%s", (condition, values) => {
    expect(left(condition)).toEqual(new Set(values));
  });
  test.each(open)("%s leaves others", (condition) => {
    expect(left(condition)).toContain(anything);
  });
});

const object = "object({ tokens = optional(string) })";

test.each([
  'var.x == null || contains(["required", "optional"], var.x.tokens)',
  'var.x == null ? true : contains(["required", "optional"], var.x.tokens)',
  'var.x != null ? contains(["required", "optional"], var.x.tokens) : true',
  'try(contains(["required", "optional"], var.x.tokens), false)',
])("of attributes: %s", (condition) => {
  const values = left(condition, 'var.x == null ? "none" : var.x.tokens', object);
  expect([...values]).toEqual(expect.arrayContaining(["required", "optional"]));
  expect(values).not.toContain(anything);
});

const nodes = "map(object({ tokens = optional(string), zones = optional(map(string), {}) }))";

test.each([
  'alltrue([for node in var.x : contains(["required", "optional"], node.tokens)])',
  'alltrue([for name, node in var.x : can(regex("^(required|optional)$", node.tokens))])',
  'alltrue([for node in values(var.x) : contains(["required", "optional"], node.tokens)])',
  'var.x == null || alltrue([for node in var.x : contains(["required", "optional"], node.tokens)])',
])("of elements: %s", (condition) => {
  expect(left(condition, 'var.x["a"].tokens', nodes)).toEqual(new Set(["required", "optional"]));
});

test.each([
  'alltrue([for node in var.x : contains(["required", "optional"], node.tokens) if node.tokens != null])',
  'anytrue([for node in var.x : contains(["required", "optional"], node.tokens)])',
  'length(var.x) > 3 || alltrue([for node in var.x : contains(["required"], node.tokens)])',
])("not of all elements: %s", (condition) => {
  expect(left(condition, 'var.x["a"].tokens', nodes)).toContain(anything);
});

test("of elements within elements", () => {
  const condition =
    'alltrue([for node in var.x : alltrue([for zone in node.zones : contains(["a", "b"], zone)])])';
  expect(left(condition, 'var.x["n"].zones["z"]', nodes)).toEqual(new Set(["a", "b"]));
});

test("what is said of one element counts for that", () => {
  const condition =
    'var.x.a == "required" && alltrue([for v in var.x : contains(["required", "optional"], v)])';
  expect(left(condition, "var.x.a", "map(string)")).toEqual(new Set(["required"]));
  expect(left(condition, "var.x.b", "map(string)")).toEqual(new Set(["required", "optional"]));
});

test("what other variables decide is not tried", () => {
  expect(left('var.other ? var.x == "required" : contains(local.allowed, var.x)')).toEqual(
    new Set(["required", "optional"]),
  );
  expect(left('var.other || var.x == "required"')).toEqual(new Set([anything]));
  expect(left('var.other && var.x == "required"')).toEqual(new Set(["required"]));
});

test("numbers and truths are compared as such", () => {
  expect(left("contains([1, 2], var.x)", "var.x", "number")).toEqual(new Set([1, 2]));
  expect(left("var.x > 1 && contains([1, 2], var.x)", "var.x", "number")).toEqual(new Set([2]));
  expect(left("var.x == true", "var.x", "bool")).toEqual(new Set([true]));
});

describe("what a module is given is what its validation takes", () => {
  const options = "object({ tokens = string, hops = optional(number) })";
  test.each([
    ['contains(["required"], var.x)', "string", "var.x", ["required"]],
    ['contains(["required", "optional"], var.x)', "string", "var.x", ["required", "optional"]],
    [
      'var.x != "optional" && contains(["required", "optional"], var.x)',
      "string",
      "var.x",
      ["required"],
    ],
    ["var.x == 1", "number", "var.x", [1]],
    ['var.x == null || var.x == "required"', "string", "var.x", [anything]],
    ['var.x.tokens == "required"', options, "var.x.tokens", ["required"]],
  ])("%s", (condition, type, expression, values) => {
    const evaluated = evaluateTexts({
      "main.tf": `
variable "open" {}
module "child" {
  source = "./child"
  x      = var.open
}
resource "test" "it" {
  value = module.child.value
}
`,
      "child/main.tf": `
variable "x" {
  type = ${type}
  validation {
    condition     = ${condition}
    error_message = "No."
  }
}
output "value" {
  value = ${expression}
}
`,
    });
    const [resource] = evaluated.resources;
    const outcomes = evaluated.scenarios.explore(() => {
      const properties = resource?.properties();
      const value = properties?.state === "map" ? entryValue(properties, "value") : undefined;
      return value === undefined ? [] : possible(value);
    });
    expect(new Set(outcomes.flatMap(({ result }) => result))).toEqual(new Set<unknown>(values));
  });
});
