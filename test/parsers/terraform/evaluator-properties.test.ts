import fc from "fast-check";
import { expect, test } from "vitest";
import { entryValue } from "../../../src/values/evaluated.js";
import { evaluateTexts, plainValue, unknownValue } from "./evaluate-texts.js";

/** Variables without a value, and all values they can have. */
const variables = {
  flag: ["true", "false"],
  word: ['"a"', '"b"', "null"],
} as const;

const declarations = `
variable "flag" {
  type     = bool
  nullable = false
}
variable "word" {
  type = string
  validation {
    condition     = var.word == null || contains(["a", "b"], var.word)
    error_message = "a or b"
  }
}
`;

const { expression } = fc.letrec<
  Readonly<Record<"condition" | "collection" | "expression", string>>
>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      "true",
      "false",
      "var.flag",
      'var.word == "a"',
      "var.word != null",
      "can(var.word.x)",
      "can({ x = 1 }.x)",
    ),
    fc
      .tuple(tie("expression"), fc.constantFrom("==", "!="), tie("expression"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie("condition").map((operand) => `!${operand}`),
  ),
  collection: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("[]", '["a", "b"]', "{ x = 1 }", "{ x = var.word }", "var.word[*]"),
    fc
      .tuple(tie("condition"), tie("expression"))
      .map(([condition, item]) => `(${condition} ? [${item}] : [])`),
    fc
      .tuple(tie("collection"), tie("expression"))
      .map(([collection, item]) => `[for part in ${collection} : [part, ${item}]]`),
  ),
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("1", '"a"', "null", "var.word", "var.flag"),
    fc
      .tuple(tie("condition"), tie("expression"), tie("expression"))
      .map(([condition, left, right]) => `(${condition} ? ${left} : ${right})`),
    fc
      .tuple(tie("expression"), tie("expression"))
      .map(([first, second]) => `try(${first}.x, ${second})`),
    fc
      .tuple(tie("expression"), tie("expression"))
      .map(([first, second]) => `coalesce(${first}, ${second}, "z")`),
    tie("expression").map((part) => `"<\${${part}}>"`),
    tie("collection").map((collection) => `length(${collection})`),
    tie("collection").map((collection) => `try(${collection}[0], "none")`),
    fc
      .tuple(tie("expression"), tie("expression"))
      .map(([first, second]) => `{ x = ${first}, y = ${second} }.x`),
    fc
      .tuple(tie("condition"), tie("expression"))
      .map(([condition, item]) => `merge({ x = "own" }, ${condition} ? { x = ${item} } : {}).x`),
  ),
}));

interface Result {
  readonly value: unknown;
  /** Whether only variables were decided on, so that some deployment comes to just this. */
  readonly isReached: boolean;
}

/** What the argument `value` of `test.it` comes to in each scenario. */
function outcomes(text: string, values = ""): readonly Result[] {
  const evaluated = evaluateTexts({
    "main.tf": `${declarations}\n${text}`,
    "terraform.tfvars": values,
  });
  const resource = evaluated.resources.find(({ address }) => address.endsWith("test.it"));
  const results = evaluated.scenarios.explore(() => {
    const properties = resource?.properties();
    const value = properties?.state === "map" ? entryValue(properties, "value") : undefined;
    return value === undefined ? unknownValue : plainValue(value);
  });
  return results.map(({ result, decisions }) => ({
    value: result,
    isReached: decisions.every(({ leaves }) => leaves !== undefined),
  }));
}

const asResource = (value: string) => `resource "test" "it" {\n  value = ${value}\n}\n`;

/** Whether a value with unknowns in it can turn out to be the other one. */
function allows(open: unknown, concrete: unknown): boolean {
  if (isUnknown(open)) return true;
  if (
    typeof open !== "object" ||
    open === null ||
    typeof concrete !== "object" ||
    concrete === null
  ) {
    return Object.is(open, concrete);
  }
  const [parts, others] = [Object.entries(open), Object.entries(concrete)];
  const concreteParts = new Map<string, unknown>(others);
  return (
    parts.length === others.length &&
    parts.every(([key, part]) => concreteParts.has(key) && allows(part, concreteParts.get(key)))
  );
}

function isUnknown(value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(unknownValue);
}

const assignments = variables.flag.flatMap((flag) =>
  variables.word.map((word) => `flag = ${flag}\nword = ${word}\n`),
);

test("scenarios allow whatever a deployment can come to, and nothing certain that it cannot", () => {
  fc.assert(
    fc.property(expression, (value) => {
      const open = outcomes(asResource(value));
      const concrete = assignments.flatMap((values) => {
        const results = outcomes(asResource(value), values);
        expect(results).toHaveLength(1);
        return results.map((result) => result.value);
      });
      for (const result of concrete) {
        // What is rejected when all is known says nothing.
        if (isUnknown(result)) continue;
        expect(open.some((candidate) => allows(candidate.value, result))).toBe(true);
      }
      for (const candidate of open) {
        if (isUnknown(candidate.value) || !candidate.isReached) continue;
        const isPossible = (result: unknown) =>
          isUnknown(result) || allows(candidate.value, result);
        expect(concrete.some(isPossible)).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

const throughModule = (body: string) => `
variable "flag" {}
variable "word" {}
${body}
`;

test("an expression is the same by whatever way it comes", () => {
  fc.assert(
    fc.property(expression, fc.constantFrom(...assignments), (value, values) => {
      const direct = outcomes(asResource(value), values);
      fc.pre(!JSON.stringify(direct).includes("$unknown"));
      const throughLocal = `locals {\n  way = ${value}\n}\n${asResource("local.way")}`;
      expect(outcomes(throughLocal, values)).toEqual(direct);
      const throughObject = `locals {\n  way = { deep = [${value}] }\n}\n${asResource("local.way.deep[0]")}`;
      expect(outcomes(throughObject, values)).toEqual(direct);
      const evaluated = evaluateTexts({
        "main.tf": `${declarations}\nmodule "way" {\n  source = "./way"\n  value  = ${value}\n}\n${asResource("module.way.value")}`,
        "way/main.tf": 'variable "value" {}\noutput "value" {\n  value = var.value\n}\n',
        "terraform.tfvars": values,
      });
      expect(evaluated.read("value")).toEqual(direct[0]?.value);
      const inModule = evaluateTexts({
        "main.tf": `${declarations}\nmodule "way" {\n  source = "./way"\n  flag   = var.flag\n  word   = var.word\n}\n`,
        "way/main.tf": throughModule(asResource(value)),
        "terraform.tfvars": values,
      });
      expect(inModule.read("value", "module.way.test.it")).toEqual(direct[0]?.value);
    }),
    { numRuns: 100 },
  );
});

test("any text in a module is evaluated without throwing", () => {
  const fragment = fc.constantFrom(
    "var.x",
    "local.y",
    "each.value",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "=",
    "?",
    ":",
    "...",
    "[*]",
    ".*",
    '"',
    "${",
    "%{ if ",
    "%{ endif }",
    "<<EOT\n",
    "\nEOT\n",
    "for",
    "in",
    "null",
    "-",
    "!",
    "\n",
    " ",
    "module.m.o",
    "test.it[0].id",
    "try(",
    "dynamic",
    "content",
    "count",
    "for_each",
    "1",
    '"a"',
    ",",
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 14 }), (fragments) => {
      const text = fragments.join("");
      const evaluated = evaluateTexts({
        "main.tf": `variable "x" {}\nlocals {\n  y = ${text}\n}\nresource "test" "it" {\n  count = ${text}\n  a = ${text}\n  dynamic "b" {\n    for_each = ${text}\n    content {\n      c = ${text}\n    }\n  }\n}\nmodule "m" {\n  source = "./m"\n  v = ${text}\n}\n`,
        "m/main.tf": 'variable "v" {}\noutput "o" {\n  value = var.v\n}\n',
      });
      for (const resource of evaluated.resources) {
        const properties = resource.properties();
        evaluated.scenarios.explore(() => [resource.exists(), plainValue(properties)]);
      }
    }),
    { numRuns: 300 },
  );
});
