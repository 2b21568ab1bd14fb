import fc from "fast-check";
import { expect, test } from "vitest";
import { entryValue, type Evaluated } from "../../../src/values/evaluated.js";
import { evaluateIn, evaluateTexts } from "./evaluate-texts.js";

const texts = ['"a"', '"b"', '"c"', '""', '"A"'];
const text = fc.constantFrom(...texts);
const value = fc.constantFrom(...texts, "null");
const list = fc.array(value, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`);
const bool = fc.constantFrom("true", "false");
const pattern = fc.constantFrom("^(a|b)$", "^a$", "^a?$", "^[ab]$", "a|b", "^(?:a|)$", "^a");
const count = fc.constantFrom("> 0", "== 1", "!= 0", ">= 1", "== 0", "!= 1");

const simple = fc.oneof(
  list.map((items) => `contains(${items}, var.x)`),
  fc
    .tuple(fc.constantFrom("==", "!="), value)
    .map(([operator, other]) => `var.x ${operator} ${other}`),
  bool,
  pattern.map((expected) => `can(regex("${expected}", var.x))`),
  fc
    .tuple(pattern, count)
    .map(([expected, many]) => `length(regexall("${expected}", var.x)) ${many}`),
  fc.tuple(text, text).map(([otherwise, other]) => `coalesce(var.x, ${otherwise}) == ${other}`),
  fc
    .tuple(list, text)
    .map(([items, otherwise]) => `contains(${items}, coalesce(var.x, ${otherwise}))`),
  list.map((items) => `can(index(${items}, var.x))`),
  fc.tuple(list, count).map(([items, place]) => `index(${items}, var.x) ${place}`),
  list.map((items) => `anytrue([for item in ${items} : item == var.x])`),
  list.map((items) => `alltrue([for item in ${items} : item != var.x])`),
);

const { condition } = fc.letrec<{ readonly condition: string }>((tie) => {
  const inner = tie("condition");
  return {
    condition: fc.oneof(
      { maxDepth: 4 },
      simple,
      inner.map((operand) => `!(${operand})`),
      fc
        .tuple(inner, fc.constantFrom("&&", "||"), inner)
        .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
      fc.tuple(inner, bool).map(([operand, otherwise]) => `try(${operand}, ${otherwise})`),
      fc.tuple(inner, bool).map(([operand, other]) => `(${operand}) == ${other}`),
      fc
        .tuple(fc.constantFrom("anytrue", "alltrue"), fc.array(inner, { maxLength: 3 }))
        .map(([name, operands]) => `${name}([${operands.join(", ")}])`),
    ),
  };
});

/** The values that are left, as they are written; undefined where any may be. */
function left(written: string): ReadonlySet<string> | undefined {
  const { resources, scenarios } = evaluateTexts({
    "main.tf": `
variable "x" {
  type = string
  validation {
    condition     = ${written}
    error_message = "No."
  }
}
resource "test" "it" {
  value = var.x
}
`,
  });
  const properties = resources[0]?.properties();
  const outcomes = scenarios.explore(() => {
    const found = properties?.state === "map" ? entryValue(properties, "value") : undefined;
    return found && valuesOf(found);
  });
  const all = outcomes.map(({ result }) => result);
  return all.includes(undefined) ? undefined : new Set(all.flatMap((values) => values ?? []));
}

function valuesOf(found: Evaluated): readonly string[] | undefined {
  if (found.state === "known") return [JSON.stringify(found.value)];
  if (found.state === "unset") return ["null"];
  return found.state === "unknown"
    ? found.possible?.map((possible) => JSON.stringify(possible))
    : undefined;
}

test("validation leaves every value with which it holds", () => {
  fc.assert(
    fc.property(condition, value, (written, candidate) => {
      const values = left(written);
      if (values === undefined) return;
      const given = `variable "x" {\n  type    = string\n  default = ${candidate}\n}\n`;
      const holds = evaluateIn({ "main.tf": given }, written);
      if (holds.value === true && holds.rejections.length === 0)
        expect(values).toContain(candidate);
    }),
    { numRuns: 500 },
  );
});
