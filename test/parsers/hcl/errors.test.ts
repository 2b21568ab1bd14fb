import { describe, expect, test } from "vitest";
import {
  parseHcl,
  parseHclExpression,
  parseHclTemplate,
} from "../../../src/parsers/hcl/parse-hcl.js";

/** The text with the first error's range between « and », and its message. */
function showError(text: string): readonly (string | undefined)[] {
  const [error] = parseHcl(text).errors;
  if (error === undefined) return [text];
  const { start, end } = error.range;
  const marked = `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
  return [marked, error.message];
}

/** Each row is a text with « and » where its only error must be, and the message. */
function testErrors(rows: readonly (readonly [string, string])[]): void {
  test.each(rows)("%j: %s", (marked, message) => {
    const text = marked.replaceAll(/[«»]/g, "");
    expect(showError(text)).toEqual([marked, message]);
    expect(parseHcl(text).errors).toHaveLength(1);
  });
}

describe("attributes and blocks", () => {
  testErrors([
    ["a«»", "expected `=`, `{` or a label behind `a`, found the end of the text"],
    ["a«.»b = 1\n", "expected `=`, `{` or a label behind `a`, found `.`"],
    ["a =«» \n", "expected an expression, found the end of the line"],
    ["a «:» 1\n", "attributes are set with `=`, not `:`"],
    ['«"»a" = 1\n', "expected the name of an attribute or block, found a string"],
    ["«1» = 2\n", "expected the name of an attribute or block, found `1`"],
    ["a = 1 «b» = 2\n", "expected a new line, found `b`"],
    ["a = 1«,»\n", "expected a new line, found `,`"],
    ['a = "x" «}»\n', "expected a new line, found `}`"],
    ["a b«»\n", "expected `{`, found the end of the line"],
    ["a b «=» 1\n", "expected `{`, found `=`"],
    ['a "b«${c}»" {}\n', "labels cannot contain `${…}` or `%{…}`"],
    ["a {} «b» {}\n", "expected a new line, found `b`"],
    ["«}»\n", "no block is open that this `}` could close"],
    ["a {«»\n", "missing `}` for the block that starts on line 1"],
    ["a {\n  b {\n    c = 1«»\n}\n", "missing `}` for the block that starts on line 2"],
    ["a {\n  b = 1 «}»\n", "expected a new line, found `}`"],
    [
      "a { b = 1«»\n}\n",
      "expected `}` right behind the only attribute of a one-line block, found the end of the line",
    ],
    [
      "a { b = 1«,» c = 2 }\n",
      "expected `}` right behind the only attribute of a one-line block, found `,`",
    ],
    ["a { «b {}» }\n", "a block written on one line cannot contain another; start a new line here"],
  ]);
});

describe("characters", () => {
  testErrors([
    ["a = 1«;»\n", "there is no `;` in HCL; start a new line instead"],
    ["a = «'»b'\n", "strings take double quotes, not single ones"],
    ["a = «`»b`\n", "strings take double quotes, not backquotes"],
    ["a = b «&» c\n", "there is no operator `&`; did you mean `&&`?"],
    ["a = b «|» c\n", "there is no operator `|`; did you mean `||`?"],
    ["a = «~»b\n", "there is no operator `~`; did you mean `!`?"],
    ["a = «@»\n", "expected an expression, found `@`"],
    ["a = b«\u00a0»+ c\n", "expected a new line, found `\u00a0`"],
    ["a = 1«\r»b = 2\n", "a carriage return may only stand before a line feed"],
    ["a = 1\n«/* b»\nc = 2\n", "missing `*/` at the end of the comment"],
    [
      "a = «<<» E\n",
      "a heredoc starts with `<<` or `<<-` and a name, with nothing behind them on the line",
    ],
  ]);
});

describe("expressions", () => {
  testErrors([
    ["a = b +«»\n", "expected an expression, found the end of the line"],
    ["a = !«»\n", "expected an expression, found the end of the line"],
    ["a = («)»\n", "expected an expression, found `)`"],
    ["a = (b«»\n", "missing `)` at the end of the expression in parentheses"],
    ["a = (b «c»)\n", "expected `)`, found `c`"],
    [
      "a = b ? c«»\n",
      "expected `:` and a value for when the condition is false, found the end of the line",
    ],
    ["a = b ? «:» c\n", "expected an expression, found `:`"],
    ["a = b.«»\n", "expected a name behind `.`, found the end of the line"],
    ["a = b.«.»c\n", "expected a name behind `.`, found `.`"],
    ["a = b.*.c.«*»\n", "expected a name behind `.`, found `*`"],
    ["a = b.«0.1»\n", "one index cannot follow another so; write `[0][1]`"],
    ["a = b.«0.1.2»\n", "`0.1.2` is no index"],
    ["a = b[«]»\n", "expected an expression, found `]`"],
    ["a = b[1 «2»]\n", "expected `]`, found `2`"],
    ["a = b[* «1»]\n", "expected `]`, found `1`"],
    ["a = «10.11.10.12»\n", "`10.11.10.12` is not a number"],
    ["a = 0«x10»\n", "expected a new line, found `x10`"],
    ["a = b::c«»\n", "expected `(` behind the name of a function, found the end of the line"],
    ["a = b::«(»c)\n", "expected the name of a function behind `::`, found `(`"],
    ["a = f(b «c»)\n", "expected `,` or `)`, found `c`"],
    ["a = f(b...«,» c)\n", "expected `)` behind `...`, found `,`"],
    ["a = f(b«»\n", "missing `)` at the end of the call"],
  ]);
});

describe("lists, objects and `for`", () => {
  testErrors([
    ["a = [b «c»]\n", "expected `,` or `]`, found `c`"],
    ["a = [«,»]\n", "expected an expression, found `,`"],
    ["a = [\n  b,«»\n", "missing `]` for the list that starts on line 1"],
    ["a = {b = 1 «c» = 2}\n", "expected `,`, `}` or a new line, found `c`"],
    ["a = {b«}»\n", "expected `=` behind the key, found `}`"],
    ["a = {b = «}»\n", "expected an expression, found `}`"],
    ["a = {b = 1\n«,» c = 2}\n", "expected an expression, found `,`"],
    ["a = {\n  b = 1«»\n", "missing `}` for the object that starts on line 1"],
    ["a = {for «=» 1}\n", "expected the name of a variable, found `=`"],
    ["a = [for b «c» : d]\n", "expected `in`, found `c`"],
    ["a = [for b in c«]»\n", "expected `:` behind what `for` goes through, found `]`"],
    ["a = [for b in c : b«...»]\n", "expected `]`, found `...`"],
    ["a = [for b in c : b «=>» b]\n", "expected `]`, found `=>`"],
    ["a = {for b in c : b«}»\n", "expected `=>`, found `}`"],
  ]);
});

describe("templates", () => {
  testErrors([
    ['a = "b«»\n', 'missing `"` at the end of the string'],
    ['a = "${b«»\n', "missing `}` at the end of the interpolation"],
    ['a = "${b«» c}"\n', "missing `}` at the end of the interpolation"],
    ['a = "${«}»"\n', "expected an expression, found `}`"],
    ['a = "«\\d»"\n', "unknown escape sequence `\\d`"],
    ['a = "«\\u»12"\n', "`\\u` must be followed by 4 hexadecimal digits"],
    ['a = "«\\uD800»"\n', "`\\uD800` is not a Unicode character"],
    ['a = "«\\U00110000»"\n', "`\\U00110000` is not a Unicode character"],
    ['a = "b«\r»c"\n', "a carriage return may only stand before a line feed"],
    ['a = "%{ «x» }"\n', "expected `if`, `else`, `endif`, `for` or `endfor`, found `x`"],
    ['a = "«%{ if b }»"\n', "missing `%{ endif }` for this `%{ if }`"],
    ['a = "«%{ endif }»"\n', "`%{ endif }` without a directive that it belongs to"],
    ['a = "%{ if b }«%{ for c in d }»%{ endif }"\n', "missing `%{ endfor }` for this `%{ for }`"],
    ['a = "%{ for in «b» }%{ endfor }"\n', "expected `in`, found `b`"],
    ['a = "%{ endif«» b }"\n', "missing `}` at the end of the directive"],
    ["a = «<<»E\nb\n", "missing `E` on a line of its own to end the heredoc"],
    ["a = <<E\nb\nE«»", "missing line ending behind `E`, which ends the heredoc"],
    ["a = «<<E» \nb\nE\n", "nothing may stand behind `<<E` on its line, not even blanks"],
    ["a = <<E\nb«\r»c\nE\n", "a carriage return may only stand before a line feed"],
  ]);
});

test("expressions and templates have an end", () => {
  expect(parseHclExpression("a b").errors).toMatchObject([
    { message: "expected the end of the expression, found `b`", range: { start: 2, end: 3 } },
  ]);
  expect(parseHclExpression("").errors).toMatchObject([
    { message: "expected an expression, found the end of the text" },
  ]);
  expect(parseHclTemplate("a ${b").errors).toMatchObject([
    { message: "missing `}` at the end of the interpolation", range: { start: 5, end: 5 } },
  ]);
});

test("errors come in the order of the text", () => {
  const starts = parseHcl('a = 1\nb {\n  c = "\\q"\n  a =\n  c = 2\n}\na = 2\n').errors.map(
    (error) => error.range.start,
  );
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(starts).toHaveLength(4);
});
