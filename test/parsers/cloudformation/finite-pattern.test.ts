import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textsOfPattern } from "../../../src/parsers/cloudformation/finite-pattern.js";

describe("the texts of a pattern", () => {
  it.each<[pattern: string, texts: readonly string[]]>([
    ["required", ["required"]],
    ["required|optional", ["required", "optional"]],
    ["^(required|optional)$", ["required", "optional"]],
    ["^required$|^optional$", ["required", "optional"]],
    ["(?:dev|prod)-(?:a|b)", ["dev-a", "dev-b", "prod-a", "prod-b"]],
    ["[dt]ev", ["dev", "tev"]],
    ["(yes|no)?", ["yes", "no", ""]],
    ["t2\\.micro", ["t2.micro"]],
    ["a|a", ["a"]],
    ["", [""]],
  ])("are listed: %s", (pattern, texts) => {
    expect(textsOfPattern(pattern)).toEqual(texts);
  });

  it.each([
    "a*",
    "a+",
    "a{2}",
    ".",
    "[a-z]",
    "[^a]",
    "\\d",
    "(?i)a",
    "(?=a)a",
    "(a",
    "a)",
    "[",
    "\\",
    "a??",
    "a?+",
    "^^a",
    "a$b",
    "(^a)",
    "x$?",
    "[abcdefghi][abcdefghi]",
  ])("are not a list, or not one that we follow: %s", (pattern) => {
    expect(textsOfPattern(pattern)).toBeUndefined();
  });

  it("are those that match the whole pattern, and no others", () => {
    const piece = fc.constantFrom("a", "b", "(a|b)", "(?:ab|c)", "[ab]", "c?", "(b|)?", "\\.");
    const sequence = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
    const pattern = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((all) => all.join("|"));
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[abc.]{0,5}$/), (source, text) => {
        const texts = textsOfPattern(source);
        fc.pre(texts !== undefined);
        expect(texts.includes(text)).toBe(new RegExp(`^(?:${source})$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });
});
