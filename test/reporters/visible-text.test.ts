import { describe, expect, it } from "vitest";
import { makeVisible, toJsonText } from "../../src/reporters/visible-text.js";

describe("invisible characters", () => {
  it.each([
    ["letters of any script", "größe 日本語 עברית 🔒", "größe 日本語 עברית 🔒"],
    ["line endings and tabs", "a\r\n\tb", "a\\r\\n\\tb"],
    ["escape sequences", "\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["the one-byte control sequence introducer", "\u009b31m", "\\u{9b}31m"],
    ["bell, backspace, delete", "\u0007\b\u007f", "\\u{7}\\u{8}\\u{7f}"],
    ["bidi overrides", "\u202eabc\u202c", "\\u{202e}abc\\u{202c}"],
    ["bidi isolates", "\u2066abc\u2069\u200f", "\\u{2066}abc\\u{2069}\\u{200f}"],
    ["zero-width characters", "a\u200b\u200d\ufeffb", "a\\u{200b}\\u{200d}\\u{feff}b"],
    ["line separators", "a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"],
    ["tag characters", "\u{e0041}", "\\u{e0041}"],
    ["half a surrogate pair", "a\ud83db", "a\\u{d83d}b"],
  ])("shows %s", (_name, text, expected) => {
    expect(makeVisible(text)).toBe(expected);
  });

  it("are escaped in JSON, which means the same", () => {
    const value = { "k\u202e": ["\u001b[2J", "\u2028", "\u{e0041}", "日本語🔒", "\ud83d", "a\nb"] };
    const text = toJsonText(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toContain('"k\\u202e"');
    expect(text).toContain('"\\udb40\\udc41"');
    expect(text).toContain('"日本語🔒"');
  });
});
