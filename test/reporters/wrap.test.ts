import { describe, expect, it } from "vitest";
import { hang, wrap } from "../../src/reporters/text/wrap.js";

describe("wrap", () => {
  it.each([
    ["", 40, [""]],
    ["one line", Infinity, ["one line"]],
    ["exactly twenty cells", 20, ["exactly twenty cells"]],
    ["exactly twenty-one ce", 20, ["exactly twenty-one", "ce"]],
    [
      "a https://example.com/longer-than-the-line b",
      20,
      ["a", "https://example.com/longer-than-the-line", "b"],
    ],
    [
      "two  blanks stay two  where no line ends",
      22,
      ["two  blanks stay two", "where no line ends"],
    ],
    ["漢字漢字漢字 漢字漢字漢字", 20, ["漢字漢字漢字", "漢字漢字漢字"]],
  ])("breaks %j at %d", (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it("gives words room in a terminal that has none", () => {
    expect(wrap("some words in it", -3)).toEqual(["some words in it"]);
  });
});

it("hangs further lines below the first", () => {
  expect(hang("the first line and the second", "  ", 24)).toBe(
    "  the first line and\n    the second",
  );
});
