import fc from "fast-check";
import { expect, test } from "vitest";
import { terraformText } from "../../src/config/terraform-text.js";
import { evaluateIn } from "../parsers/terraform/evaluate-texts.js";

test("a string is given as it is", () => {
  expect(terraformText('${a} "b"')).toBe('${a} "b"');
});

test("anything else is an expression that means the same", () => {
  // Texts beyond ASCII are normalized by Terraform.
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("${a}", "%{if}", "$${", "\b\f\n\\", '"', "\u2028"),
  );
  const scalar = fc.oneof(text, fc.integer(), fc.boolean());
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(text, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, (inner) => {
      const given = [inner];
      expect(evaluateIn({}, terraformText(given)).value).toEqual(given);
    }),
  );
});
