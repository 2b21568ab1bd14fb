import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonOutline, openJsonOutline } from "../../../src/parsers/json/json-outline.js";

function open(text: string): JsonOutline {
  const opened = openJsonOutline(text);
  if ("error" in opened) throw new Error(opened.error.message);
  return opened.root;
}

/** Everything an outline says, read level by level. */
function read(outline: JsonOutline): unknown {
  switch (outline.kind) {
    case "scalar":
      return outline.scalar();
    case "array":
      return outline.items().map(read);
    case "object": {
      const members = [...outline.members()].map(([key, { value }]) => [key, read(value)] as const);
      return Object.fromEntries(members);
    }
  }
}

describe("an outline of JSON", () => {
  test("says what JSON.parse says, however the text is laid out", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, 2, "\t"), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(read(open(text))).toEqual(JSON.parse(text));
        expect(open(text).errors).toEqual([]);
      }),
    );
  });

  test("knows where keys and values stand", () => {
    const text = ' { "a" : [ 1 , { "b\\n\\"" : "x" } ] , "c" : null } ';
    const root = open(text);
    const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    const list = root.members().get("a");
    expect(list && cut(list.key)).toBe('"a"');
    expect(list?.value.items().map(({ range }) => cut(range))).toEqual([
      "1",
      '{ "b\\n\\"" : "x" }',
    ]);
    const inner = list?.value.items()[1]?.members().get('b\n"');
    expect(inner && cut(inner.key)).toBe('"b\\n\\""');
    expect(root.member("c")?.scalar()).toBeNull();
    expect(root.member("d")).toBeUndefined();
  });

  test("picks members without reading the others", () => {
    const picked = open('{"a": 1, "ab": 2, "b": {"a": 3}, "a": 4}').pick("a", "b", "c");
    expect(picked.a?.scalar()).toBe(4);
    expect(picked.b?.text).toBe('{"a": 3}');
    expect(picked.c).toBeUndefined();
  });

  test.each([
    ["", 0],
    ['{"a": [1, 2', 11],
    ['{"a": "b', 8],
    ['{"a": {"b": 1}', 14],
  ])("tells where %j ends early", (text, offset) => {
    const opened = openJsonOutline(text);
    expect("error" in opened && opened.error).toMatchObject({
      code: "syntax",
      range: { start: offset, end: offset },
    });
  });

  test("tells of text behind the value", () => {
    const opened = openJsonOutline('{"a": 1} {"b": 2}');
    expect("error" in opened && opened.error.range).toEqual({ start: 9, end: 17 });
  });

  test.each([
    ['{"a" 1}', 1],
    ['{"a": 1 "b": 2}', 8],
    ["[1 2]", 3],
    ["[1,]", 3],
    ['{"a": 1,}', 8],
    ['{"a": tru}', 6],
    ['{"a": "\\x"}', 7],
    ["{a: 1}", 1],
  ])("tells what is wrong with %j once it is read", (text, offset) => {
    const root = open(text);
    read(root);
    expect(root.errors.map(({ range }) => range.start)).toEqual([offset]);
  });

  test("never throws", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"', "\\", "a", "1", " ", "\n")),
        (parts) => {
          const opened = openJsonOutline(parts.join(""));
          if ("root" in opened) read(opened.root);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
