import { expect, test } from "vitest";
import { evaluateTexts } from "./evaluate-texts.js";

function rejectedIn(expression: string): readonly string[] {
  const evaluated = evaluateTexts({
    "main.tf": `
variable "stage" {
  type = string
}
locals {
  tokens = { prod = "required", dev = "optional" }
}
resource "test" "it" {
  value = ${expression}
}
`,
  });
  evaluated.scenarios.explore(() => evaluated.read("value"));
  return evaluated.skipped().filter((message) => message.includes("rejects"));
}

test.each(["local.tokens[var.stage]", "lookup(local.tokens, var.stage)"])(
  "that a key may be none of those that are there is no mistake: %s",
  (expression) => {
    expect(rejectedIn(expression)).toEqual([]);
  },
);

test.each(['local.tokens["test"]', "{}[var.stage]", 'lookup(local.tokens, "test")'])(
  "that it can be none of them is one: %s",
  (expression) => {
    expect(rejectedIn(expression)).toHaveLength(1);
  },
);
