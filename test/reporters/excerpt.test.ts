import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstLine } from "../../src/reporters/positions.js";
import { displayWidth } from "../../src/reporters/text/display-width.js";
import { excerptOf } from "../../src/reporters/text/excerpt.js";
import { SourceFile } from "../../src/source/source-file.js";

/** What stands above the carets: the excerpt with its range between `«` and `»`. */
function excerpt(text: string, start: number, end: number): string {
  const file = new SourceFile("/a", text);
  const files = new Map([[file.path, file]]);
  const shown = excerptOf(firstLine(files, { path: "/a", range: { start, end } }));
  const marked = cellsOf(shown.text).slice(shown.start, shown.start + shown.width);
  return [
    cellsOf(shown.text).slice(0, shown.start).join(""),
    `«${marked.join("")}»`,
    cellsOf(shown.text)
      .slice(shown.start + shown.width)
      .join(""),
  ].join("");
}

/** One entry a terminal cell; the second cell of a wide character is empty. */
function cellsOf(text: string): readonly string[] {
  return Array.from(text).flatMap((character) => {
    const width = displayWidth(character);
    return width === 2 ? [character, ""] : width === 0 ? [] : [character];
  });
}

describe("source excerpts", () => {
  it.each<[name: string, text: string, start: number, end: number, expected: string]>([
    ["a range", "key: value # x", 5, 10, "key: «value» # x"],
    ["the first of several lines", "a: {  \n  b: c\n}\n", 3, 15, "a: «{»"],
    ["an empty range", "key:\n", 4, 4, "key:«»"],
    ["a range within the line ending", "key:\r\nb", 5, 6, "key:«»"],
    ["tabs before and in the range", "\ta\tb", 1, 4, "    «a    b»"],
    ["wide characters", "日本: 値", 4, 5, "日本: «値»"],
    ["combining characters", "e\u0301: x", 4, 5, "e: «x»"],
    ["invisible characters", "\u202ea: \u0007b", 3, 6, "\\u{202e}a:« \\u{7}b»"],
    ["trailing blanks left out", "a: b   ", 0, 1, "«a»: b"],
  ])("shows %s", (_name, text, start, end, expected) => {
    expect(excerpt(text, start, end)).toBe(expected);
  });

  it("cuts long lines around the range", () => {
    const line = `${"a".repeat(500)}KEY${"b".repeat(500)}`;
    expect(excerpt(line, 500, 503)).toBe(`…${"a".repeat(40)}«KEY»${"b".repeat(67)}…`);
    expect(excerpt(line, 0, 3)).toBe(`«aaa»${"a".repeat(107)}…`);
    expect(excerpt(line, 1000, 1003)).toBe(`…${"b".repeat(107)}«bbb»`);
    expect(excerpt(line, 500, 1003)).toBe(`…${"a".repeat(40)}«KEY${"b".repeat(67)}»…`);
  });

  it("fits into what room a terminal has, down to a few words", () => {
    const unit = fc.constantFrom("a", "\t", "日", "🔒", " ", "\u202e");
    const line = fc.string({ unit, maxLength: 300 });
    fc.assert(
      fc.property(line, fc.nat(300), fc.integer({ min: 1, max: 200 }), (text, start, room) => {
        const file = new SourceFile("/a", text);
        const range = { start, end: start + 5 };
        const line = firstLine(new Map([[file.path, file]]), { path: file.path, range });
        const shown = excerptOf(line, room);
        expect(displayWidth(shown.text)).toBeLessThanOrEqual(Math.max(room, 30));
        expect(shown.start + shown.width).toBeLessThanOrEqual(displayWidth(shown.text) + 1);
      }),
    );
  });

  it("marks at least one cell within a line of bounded length, and splits no character", () => {
    const unit = fc.constantFrom("a", "\t", "日", "🔒", " ", "\u202e");
    const line = fc.string({ unit, maxLength: 300 });
    fc.assert(
      fc.property(line, fc.nat(400), fc.nat(400), (text, one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const file = new SourceFile("/a", text);
        const files = new Map([[file.path, file]]);
        const shown = excerptOf(firstLine(files, { path: "/a", range: { start, end } }));
        expect(shown.width).toBeGreaterThan(0);
        expect(shown.text.length).toBeLessThan(1200);
        const isWhole = (offset: number) => (text.codePointAt(offset - 1) ?? 0) <= 0xffff;
        if (isWhole(start) && isWhole(end)) expect(shown.text).not.toContain("\\u{d");
      }),
    );
  });
});
