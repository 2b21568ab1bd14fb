import { describe, expect, test } from "vitest";
import { evaluateTexts } from "./evaluate-texts.js";

const open = `
variable "flag" { type = bool }
variable "number" { type = number }
variable "names" { type = set(string) }
variable "nodes" { type = map(string) }
`;

/** The instances of `test.it` and whether each is there, in the words of every scenario. */
function instances(meta: string, texts: Readonly<Record<string, string>> = {}) {
  const evaluated = evaluateTexts({
    ...texts,
    "main.tf": `${open}\nresource "test" "it" {\n  ${meta}\n}\n`,
  });
  return Object.fromEntries(
    evaluated.resources.map((resource) => [
      resource.address,
      evaluated.scenarios
        .explore(() => resource.exists())
        .map(({ decisions, result }) =>
          [...decisions.map(({ text }) => `${text}:`), result].join(" "),
        ),
    ]),
  );
}

describe("enabled", () => {
  test.each([
    ["true", { "test.it": ["yes"] }],
    ['"true"', { "test.it": ["yes"] }],
    ["false", {}],
    ["1 > 2", {}],
    ["var.flag", { "test.it": ["var.flag is true: yes", "var.flag is false: no"] }],
    ["!var.flag", { "test.it": ["var.flag is true: no", "var.flag is false: yes"] }],
  ])("= %s", (enabled, expected) => {
    expect(instances(`lifecycle {\n    enabled = ${enabled}\n  }`)).toEqual(expected);
  });

  test("in JSON syntax", () => {
    const { resources } = evaluateTexts({
      "main.tf.json": JSON.stringify({
        resource: { test: { off: { lifecycle: { enabled: "${1 > 2}" } }, on: {} } },
        module: { off: { source: "./child", lifecycle: { enabled: false } } },
      }),
      "child/main.tf": 'resource "test" "within" {}\n',
    });
    expect(resources.map(({ address }) => address)).toEqual(["test.on"]);
  });

  test("what is switched off is null", () => {
    const { read } = whatIsOff();
    expect([read("isNull"), read("id"), read("output")]).toEqual([true, "none", "none"]);
  });
});

function whatIsOff() {
  const evaluated = evaluateTexts({
    "main.tf": `
resource "test" "off" {
  lifecycle {
    enabled = false
  }
}
module "off" {
  source = "./child"
  lifecycle {
    enabled = false
  }
}
resource "test" "it" {
  isNull = test.off == null
  id     = try(test.off.id, "none")
  output = try(module.off.value, "none")
}
`,
    "child/main.tf": 'output "value" {\n  value = 1\n}\nresource "test" "within" {}\n',
  });
  expect(evaluated.resources.map(({ address }) => address)).toEqual(["test.it"]);
  return { read: (name: string) => evaluated.read(name) };
}

describe("count", () => {
  test.each([
    ["0", {}],
    ["1", { "test.it[0]": ["yes"] }],
    ['"2"', { "test.it[0]": ["yes"], "test.it[1]": ["yes"] }],
    ["false ? 1 : 0", {}],
    ["length([])", {}],
    ["var.flag ? 1 : 0", { "test.it[0]": ["var.flag is true: yes", "var.flag is false: no"] }],
    ["var.number", { "test.it[*]": ["var.number > 0: yes", "var.number is 0: no"] }],
    [
      "module.missing.on ? 1 : 0",
      { "test.it[0]": ["module.missing.on is true: yes", "module.missing.on is false: no"] },
    ],
    [
      "module.missing.on ? 0 : 1",
      { "test.it[0]": ["module.missing.on is true: no", "module.missing.on is false: yes"] },
    ],
  ])("= %s", (count, expected) => {
    const missing = 'module "missing" {\n  source = "somebody/elsewhere/aws"\n}\n';
    expect(instances(`count = ${count}`, { "missing.tf": missing })).toEqual(expected);
  });

  test.each(["-1", "1.5", "null", '"x"', "[]"])(
    "= %s is rejected, and the body judged",
    (count) => {
      expect(instances(`count = ${count}`)).toEqual({ "test.it[*]": ["unknown"] });
    },
  );

  test("that depends on itself is listed", () => {
    const evaluated = evaluateTexts({
      "main.tf": 'resource "test" "it" {\n  count = length(test.it)\n}\n',
    });
    expect(evaluated.resources.map(({ address }) => address)).toEqual(["test.it[*]"]);
    expect(evaluated.skipped()).toContain("count of test.it depends on itself");
  });
});

describe("for_each", () => {
  test.each([
    ["{}", {}],
    ["toset([])", {}],
    ["{ a = 1, b = 2 }", { 'test.it["a"]': ["yes"], 'test.it["b"]': ["yes"] }],
    ['toset(["x"])', { 'test.it["x"]': ["yes"] }],
    // The empty tuple has the type of the other branch.
    ['true ? [] : toset(["x"])', {}],
    ['false ? toset(["x"]) : []', {}],
    ["false ? var.names : []", {}],
    [
      'var.flag ? toset(["x"]) : []',
      { 'test.it["x"]': ["var.flag is true: yes", "var.flag is false: no"] },
    ],
    [
      "var.flag ? { a = 1 } : { b = 1 }",
      {
        'test.it["a"]': ["var.flag is true: yes", "var.flag is false: no"],
        'test.it["b"]': ["var.flag is true: no", "var.flag is false: yes"],
      },
    ],
    ["var.nodes", { "test.it[*]": ["unknown"] }],
    ["{ for name in var.names : name => 1 }", { "test.it[*]": ["unknown"] }],
  ])("= %s", (forEach, expected) => {
    expect(instances(`for_each = ${forEach}`)).toEqual(expected);
  });

  test.each(['["a"]', "null", '"a"', "1"])("= %s is rejected, and the body judged", (forEach) => {
    expect(instances(`for_each = ${forEach}`)).toEqual({ "test.it[*]": ["unknown"] });
  });

  test("binds each.key and each.value", () => {
    const evaluated = evaluateTexts({
      "main.tf": `
resource "test" "it" {
  for_each = { a = { size = 1 }, b = { size = 2 } }
  value    = "\${each.key}\${each.value.size}"
}
`,
    });
    expect(evaluated.read("value", 'test.it["a"]')).toBe("a1");
    expect(evaluated.read("value", 'test.it["b"]')).toBe("b2");
  });
});

describe("dynamic blocks", () => {
  const dynamic = (forEach: string, more = "", content = "of = part.value") => `
dynamic "part" {
    for_each = ${forEach}
    ${more}
    content {
      ${content}
    }
  }
`;

  function parts(body: string): unknown {
    const text = `${open}\nlocals {\n  options = { x = "y" }\n}\nresource "test" "it" {\n  ${body}\n}\n`;
    return evaluateTexts({ "main.tf": text }).read("part");
  }

  test.each([
    ["a tuple", dynamic("[1, 2]"), { $tolist: [{ of: 1 }, { of: 2 }] }],
    ["an object", dynamic("{ b = 2, a = 1 }"), { $tolist: [{ of: 1 }, { of: 2 }] }],
    ["a set", dynamic('toset(["b", "a"])'), { $tolist: [{ of: "a" }, { of: "b" }] }],
    ["something that is there", dynamic("local.options[*]"), { $tolist: [{ of: { x: "y" } }] }],
    ["key", dynamic("{ a = 1 }", "", "of = part.key"), { $tolist: [{ of: "a" }] }],
    [
      "an iterator of another name",
      dynamic("[1]", "iterator = one", "of = one.value"),
      { $tolist: [{ of: 1 }] },
    ],
    ["no element, which is as good as no block", dynamic("[]"), null],
    ["null through a splat, likewise", dynamic("null[*]"), null],
    [
      "static blocks beside it",
      `part {\n    of = 0\n  }\n${dynamic("[1]")}`,
      { $tolist: [{ of: 0 }, { of: 1 }] },
    ],
    [
      "static blocks beside nothing",
      `part {\n    of = 0\n  }\n${dynamic("[]")}`,
      { $tolist: [{ of: 0 }] },
    ],
    ["what is open", dynamic("var.nodes"), { $unknown: null }],
    [
      "blocks in blocks",
      dynamic(
        "[[1, 2]]",
        "",
        `dynamic "inner" {
        for_each = part.value
        content {
          of = [part.key, inner.value]
        }
      }`,
      ),
      { $tolist: [{ inner: { $tolist: [{ of: [0, 1] }, { of: [0, 2] }] } }] },
    ],
  ])("over %s", (_, body, expected) => {
    expect(parts(body)).toEqual(expected);
  });

  test.each(["null", '"text"'])("over %s are rejected", (forEach) => {
    expect(parts(dynamic(forEach))).toEqual({ $unknown: null });
  });
});
