import { expect, test } from "vitest";
import { ruleExamples } from "../../src/data/rule-examples.generated.js";
import { rules } from "../../src/rules/index.js";

test.each(rules.map(({ id }) => id))("%s has an example that it reports", (id) => {
  const example = ruleExamples[id];
  expect(Object.keys(example?.files ?? {}).length).toBeGreaterThan(0);
  expect(example?.output).toContain(id);
  expect(example?.files).not.toEqual(example?.passing);
});
