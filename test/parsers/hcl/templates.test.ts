import { describe, expect, test } from "vitest";
import {
  parseHcl,
  parseHclExpression,
  parseHclTemplate,
} from "../../../src/parsers/hcl/parse-hcl.js";
import { sketchExpression, sketchParts } from "./sketch-tree.js";

/** Sketch of what is between the quotes of a valid quoted template. */
function sketchQuoted(text: string): string {
  const { expression, errors } = parseHclExpression(text);
  expect(errors).toEqual([]);
  return sketchExpression(expression).slice(1, -1);
}

/** Sketch of a valid heredoc with these lines, which starts with `<<` or `<<-`. */
function sketchHeredoc(marker: "<<EOT" | "<<-EOT", ...lines: readonly string[]): string {
  const { body, errors } = parseHcl(`a = ${[marker, ...lines, "EOT"].join("\n")}\n`);
  expect(errors).toEqual([]);
  const [attribute] = body.attributes;
  return attribute === undefined ? "" : sketchExpression(attribute.value).slice(1, -1);
}

describe("quoted templates", () => {
  test.each([
    ['""', ""],
    ['"a b"', "a b"],
    ['"\\n\\r\\t\\"\\\\"', '⏎␍⇥"\\'],
    ['"\\u00e9\\U0001F600"', "é😀"],
    ['"$ $$ % %% { }"', "$ $$ % %% { }"],
    ['"$${a} %%{a}"', "${a} %{a}"],
    ['"$$${a}"', "$${a}"],
    ['"${a}"', "${a}"],
    ['"x${a}y"', "x|${a}|y"],
    ['"%${a}$"', "%|${a}|$"],
    ['"${a}${b}"', "${a}|${b}"],
    ['"${"${a}"}"', '${"${a}"}'],
    ['"${{a = 1}}"', '${{"a"=1}}'],
    ['"${\n a\n}"', "${a}"],
    ['"# no comment // /* */"', "# no comment // /* */"],
  ])("%s", (text, expected) => {
    expect(sketchQuoted(text)).toBe(expected);
  });
});

describe("directives", () => {
  test.each([
    ['"%{ if a }b%{ endif }"', "%{if a: b: }"],
    ['"%{if a}b%{else}c%{endif}"', "%{if a: b: c}"],
    ['"%{ if a }%{ endif }"', "%{if a: : }"],
    ['"x%{ for v in c }${v},%{ endfor }y"', "x|%{for v in c: ${v}|,}|y"],
    ['"%{ for k, v in c }%{ if v }${k}%{ endif }%{ endfor }"', "%{for k,v in c: %{if v: ${k}: }}"],
  ])("%s", (text, expected) => {
    expect(sketchQuoted(text)).toBe(expected);
  });
});

describe("trim markers", () => {
  test.each([
    ['"x  ${~ a ~}  y"', "x|${a}|y"],
    ['"  ${a ~}  "', "  |${a}|"],
    ['"x\\n ${~ a ~} \\t\\n y"', "x|${a}|y"],
    ['"${a ~}  $${b}"', "${a}|${b}"],
    ['"x\u00a0\u2003${~ a}"', "x|${a}"],
    ['"%{ if a ~} b %{~ else ~} c %{~ endif ~} d"', "%{if a: b: c}|d"],
  ])("%s", (text, expected) => {
    expect(sketchQuoted(text)).toBe(expected);
  });

  test("take white space of one line only", () => {
    const lines = ["a ", "  ${~ b ~}  ", "", "  c"];
    expect(sketchHeredoc("<<EOT", ...lines)).toBe("a ⏎|${b}|⏎  c⏎");
  });
});

describe("heredocs", () => {
  test.each([
    [[], ""],
    [["a", "  b"], "a⏎  b⏎"],
    [["", ""], "⏎⏎"],
    [['\\n "x" $${a} %%{'], '\\n "x" ${a} %{⏎'],
    [["EOT x", "xEOT"], "EOT x⏎xEOT⏎"],
    [["a ${b", "} c"], "a |${b}| c⏎"],
    [["${a}EOT"], "${a}|EOT⏎"],
    [["%{ if a }", "b", "%{ endif }"], "%{if a: ⏎b⏎: }|⏎"],
    [["${<<X", "a", "X", "}"], '${"a⏎"}|⏎'],
  ])("%j", (lines, expected) => {
    expect(sketchHeredoc("<<EOT", ...lines)).toBe(expected);
  });

  test("end at a marker that is indented and has blanks behind it", () => {
    const { body, errors } = parseHcl("a = <<E\nx\n \tE \nb = 1\n");
    expect(errors).toEqual([]);
    expect(body.attributes.map((attribute) => attribute.name.name)).toEqual(["a", "b"]);
  });

  test("keep CRLF", () => {
    const { body, errors } = parseHcl("a = <<E\r\n x\r\nE\r\n");
    expect(errors).toEqual([]);
    expect(body.attributes[0]?.value).toMatchObject({ parts: [{ value: " x\r\n" }] });
  });
});

describe("dedent of `<<-`", () => {
  test.each([
    ["takes the smallest indentation", ["    a", "  b"], "  a⏎b⏎"],
    ["counts any white space as one", ["\t\ta", "   b"], "a⏎ b⏎"],
    ["leaves blank lines alone", ["    a", "", "  ", "    b"], "a⏎⏎  ⏎b⏎"],
    ["sees a sequence behind blanks", ["    ${a}", "      b"], "|${a}|⏎  b⏎"],
    ["sees a sequence at the start", ["${a}", "  b"], "${a}|⏎  b⏎"],
    ["does not look behind sequences", ["    ${a}    b", "      c"], "|${a}|    b⏎  c⏎"],
    ["takes lines that `~` joins as one", ["    a ${b ~}", "    c", "    d"], "a |${b}|    c⏎d⏎"],
    ["counts what `~` left", ["    ${~ a}", "    b"], "|${a}|⏎    b⏎"],
    ["keeps escapes", ["    $${a}", "      b"], "${a}⏎  b⏎"],
  ])("%s", (_name, lines, expected) => {
    expect(sketchHeredoc("<<-EOT", ...lines)).toBe(expected);
  });

  test("does not count the marker", () => {
    const { body } = parseHcl("a = <<-E\n    x\n  E\n");
    expect(body.attributes[0]?.value).toMatchObject({ parts: [{ value: "x\n" }] });
  });
});

describe("whole texts", () => {
  test.each([
    ["", ""],
    ['a\n"b" \\n $${c}', 'a⏎"b" \\n ${c}'],
    ["a ${b} c", "a |${b}| c"],
    ["${a}}", "${a}|}"],
    ["<<E\nx\nE\n", "<<E⏎x⏎E⏎"],
    ["${a ~}  \n  \n b", "${a}|  ⏎ b"],
    ["%{ for v in c ~}\n${v}\n%{ endfor ~}\n", "%{for v in c: |${v}|⏎}|"],
    ["\ufeffa", "a"],
    // HCL's lexer loses its way at a lone carriage return.
    ["a\r${b}", "a␍${b}"],
  ])("%j", (text, expected) => {
    const { parts, errors } = parseHclTemplate(text);
    expect(errors).toEqual([]);
    expect(sketchParts(parts)).toBe(expected);
  });

  test("ranges can point into a bigger file", () => {
    const { parts } = parseHclTemplate("a ${b}", { offset: 100 });
    expect(parts).toMatchObject([
      { range: { start: 100, end: 102 } },
      { range: { start: 102, end: 106 }, expression: { range: { start: 104, end: 105 } } },
    ]);
  });
});
