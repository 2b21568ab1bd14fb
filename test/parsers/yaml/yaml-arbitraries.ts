import fc from "fast-check";

/** Marks, spaces and words of YAML in any order: mostly broken. */
export const yamlSoup = fc
  .array(
    fc.constantFrom(
      ...Array.from("[]{},:-?&*!|>%@`#'\"\\~=<"),
      ...["a", "b: ", "- ", "? ", ": ", "&a ", "*a", "!!str ", "!Ref ", "|\n", ">-\n", "<<: "],
      ...["\n", "\n  ", "\r\n", "\r", "\t", " ", "---\n", "...\n", "%YAML 1.2\n"],
      ...["\ufeff", "\0", "\u{1f680}", "\ud800"],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

/** The text with one stretch replaced, as by a slip of the keyboard. */
export function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const inserted = fc.oneof(
    fc.constant(""),
    yamlSoup.map((soup) => soup.slice(0, 3)),
  );
  return fc.tuple(text, fc.nat(), fc.nat(5), inserted).map(([whole, at, removed, insertion]) => {
    const start = at % (whole.length + 1);
    return whole.slice(0, start) + insertion + whole.slice(start + removed);
  });
}

/** A node written at an indentation; starts with what separates it from the key or dash before it. */
type Written = (indentation: number) => string;

const word = fc.constantFrom(
  "a",
  "required",
  "x-1",
  "10.0.0.0/16",
  "yes",
  "012",
  "arn:aws",
  "ä",
  "b#c",
);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(" "));
const indented = (lines: readonly string[], indentation: number): string =>
  lines.map((line) => (line === "" ? "" : " ".repeat(indentation) + line)).join("\n");

const tag = fc.constantFrom("", "", "", " !Ref", " !Sub", " !!str", " &x", " !GetAtt &y", " !");
const comment = fc.constantFrom("", "", "", " # why", "   ", "\n", "\n  # why\n");

/** Lines that go on must stand deeper than any key here. */
const deep = " ".repeat(24);

const flowScalar = fc.oneof(
  words.filter((text) => !text.includes(": ")),
  fc.string({ maxLength: 8 }).map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    `"\\x41\\u00e9 \\\n${deep}b"`,
    `"a\n\n${deep}b"`,
    `'a\n${deep}b'`,
    `a\n${deep}b`,
    "''",
    '"\\t"',
  ),
);

const blockScalar = fc
  .record({
    indicator: fc.constantFrom("|", ">"),
    chomping: fc.constantFrom("", "-", "+"),
    comment: fc.constantFrom("", " # why", "  "),
    lines: fc.array(fc.constantFrom("a", "b c", "", "  deeper", "# no comment", "x: y", "ends  "), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ indicator, chomping, comment, lines }): Written => {
    // The first line sets the indentation, so it must not be deeper than the rest.
    const first = lines.findIndex((line) => line !== "");
    const safe = lines.map((line, index) => (index === first ? line.trimStart() : line));
    return (indentation) =>
      ` ${indicator}${chomping}${comment}\n${indented(safe, indentation + 2)}`;
  });

const flowNode = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    flowScalar,
    fc.array(tie("node"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .uniqueArray(fc.tuple(word, tie("node")), { maxLength: 3, selector: ([key]) => key })
      .map((pairs) => `{ ${pairs.map(([key, value]) => `${key}: ${value}`).join(" , ")} }`),
  ),
})).node;

const blockNode = fc.letrec<{ node: Written }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.tuple(tag, flowNode).map(
      ([tag, text]): Written =>
        () =>
          `${tag} ${text}`,
    ),
    fc.tuple(tag, blockScalar).map(
      ([tag, write]): Written =>
        (at) =>
          tag + write(at),
    ),
    fc.tuple(tag, words, words).map(
      ([tag, first, second]): Written =>
        (at) =>
          `${tag} ${first}\n${indented([second], at + 3)}`,
    ),
    tag.map(
      (tag): Written =>
        () =>
          tag === " !" ? "" : tag,
    ),
    fc
      .tuple(
        tag,
        fc.uniqueArray(words, { minLength: 1, maxLength: 4 }),
        comment,
        fc.array(tie("node"), { minLength: 4, maxLength: 4 }),
      )
      .map(([tag, keys, comment, values]): Written => (at) => {
        const lines = keys.map(
          (key, index) => `${" ".repeat(at + 2)}${key}:${values[index]?.(at + 2) ?? ""}`,
        );
        return `${tag}${comment.trimEnd()}\n${lines.join("\n")}`;
      }),
    fc
      .tuple(tag, fc.constantFrom(0, 2), fc.array(tie("node"), { minLength: 1, maxLength: 3 }))
      .map(([tag, deeper, items]): Written => (at) => {
        const lines = items.map((write) => `${" ".repeat(at + deeper)}-${write(at + deeper)}`);
        return `${tag}\n${lines.join("\n")}`;
      }),
  ),
})).node;

/** Well-formed YAML in every style; aliases are left out, which makes ranges nest. */
export const wellFormedYaml = fc
  .tuple(
    fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
    fc.array(blockNode, { minLength: 4, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([keys, values, isWindows]) => {
    const text = keys.map((key, index) => `${key}:${values[index]?.(0) ?? ""}\n`).join("");
    return isWindows ? text.replaceAll("\n", "\r\n") : text;
  });
