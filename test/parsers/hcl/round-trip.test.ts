import fc from "fast-check";
import { expect, test } from "vitest";
import { parseHcl, parseHclExpression } from "../../../src/parsers/hcl/parse-hcl.js";
import { arbitraryBody, arbitraryExpression } from "./arbitrary-tree.js";
import { printBody, printExpression } from "./print-tree.js";
import { findRangeProblems, withoutRanges } from "./syntax-nodes.js";

test("an expression printed and parsed is the same", () => {
  fc.assert(
    fc.property(arbitraryExpression, fc.nat(), (tree, seed) => {
      const { expression, errors } = parseHclExpression(printExpression(tree, seed));
      expect(errors).toEqual([]);
      expect(findRangeProblems(expression)).toEqual([]);
      expect(withoutRanges(expression)).toEqual(tree);
    }),
    { numRuns: 2000 },
  );
});

test("a body printed and parsed is the same", () => {
  fc.assert(
    fc.property(arbitraryBody, fc.nat(), (tree, seed) => {
      const { body, errors } = parseHcl(printBody(tree, seed));
      expect(errors).toEqual([]);
      expect(findRangeProblems(body)).toEqual([]);
      expect(withoutRanges(body)).toEqual(tree);
    }),
    { numRuns: 1000 },
  );
});
