import { describe, expect, it } from "vitest";
import { firstLine, oneBasedRange } from "../../src/reporters/positions.js";
import { SourceFile } from "../../src/source/source-file.js";

const file = new SourceFile("/a", "one\r\n🔒two\nthree");
const files = new Map([[file.path, file]]);
const at = (start: number, end: number) => ({ path: "/a", range: { start, end } });

describe("positions", () => {
  it("count lines and columns from one, in UTF-16 code units", () => {
    expect(oneBasedRange(files, at(0, 3))).toEqual({
      start: { line: 1, column: 1 },
      end: { line: 1, column: 4 },
    });
    expect(oneBasedRange(files, at(7, 16))).toEqual({
      start: { line: 2, column: 3 },
      end: { line: 3, column: 6 },
    });
  });

  it("are those of an empty file where the report does not have it", () => {
    const start = { line: 1, column: 1 };
    const missing = { path: "/b", range: { start: 7, end: 9 } };
    expect(oneBasedRange(files, missing)).toEqual({ start, end: start });
  });

  it("are cut at the end of the first line", () => {
    expect(firstLine(files, at(1, 16))).toEqual({
      line: 0,
      text: "one",
      startColumn: 1,
      endColumn: 3,
    });
    expect(firstLine(files, at(4, 7))).toMatchObject({ line: 0, startColumn: 3, endColumn: 3 });
    expect(firstLine(files, at(5, 7))).toMatchObject({ line: 1, startColumn: 0, endColumn: 2 });
  });
});
