import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readShell } from "../../src/scripts/shell-commands.js";

/** What another reader of shell scripts has in a text. `scripts/record-shell` writes these. */
interface RecordedCase {
  readonly text: string;
  readonly commands: readonly {
    readonly words: readonly {
      readonly text: string;
      readonly start: number;
      readonly end: number;
    }[];
    readonly redirections?: readonly { readonly operator: string; readonly target: string }[];
  }[];
  readonly functions?: readonly {
    readonly name: string;
    readonly start: number;
    readonly end: number;
  }[];
}

const directory = new URL("../../fixtures/oracle/shell/", import.meta.url);

const recorded = readdirSync(directory).map((name) => {
  const { cases } = JSON.parse(readFileSync(new URL(name, directory), "utf8")) as {
    readonly cases: readonly RecordedCase[];
  };
  return [name.replace(".json", ""), cases] as const;
});

/** The same of ours; what stands in here-documents is commands for us alone. */
function read(text: string): RecordedCase {
  const { commands, functions } = readShell(text);
  return {
    text,
    commands: commands
      .filter(({ hereDocumentOf }) => hereDocumentOf === undefined)
      .map(({ words, redirections }) => ({
        words: words.map(({ text: word, range }) => ({ text: word, ...range })),
        ...(redirections.length === 0 ? {} : { redirections }),
      })),
    ...(functions.length === 0
      ? {}
      : { functions: functions.map(({ name, body }) => ({ name, ...body })) }),
  };
}

test("enough is recorded to compare with", () => {
  expect(recorded.flatMap(([, cases]) => cases).length).toBeGreaterThanOrEqual(250);
});

describe.each(recorded)(
  "commands, words and redirections are those of mvdan/sh: %s",
  (_, cases) => {
    test.each(cases.map((each) => [JSON.stringify(each.text), each] as const))("%s", (__, each) => {
      expect(read(each.text)).toEqual(each);
    });
  },
);

describe("any text", () => {
  const fragments = fc.constantFrom(
    ..."$( $(( ${ ` \" ' \\ \n \r\n <<EOF <<-'E' EOF E ( ) (( )) { } ; ;; & && | || # [[ ]] < > <( case in esac if then fi for do done f() function =( A= $' @( ".split(
      " ",
    ),
    " ",
    "\n",
    "\t",
    "\f",
    "\u2028",
    "a",
    "😀",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fragments, { maxLength: 60 }).map((all) => all.join("")),
    fc.array(fragments, { maxLength: 60 }).map((all) => all.join(" ")),
  );

  test("is read without an error, its words in order, apart and within it", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { commands, functions } = readShell(text);
        for (const { words, range, redirections } of commands) {
          expect(words.length).toBeGreaterThan(0);
          expect(range).toEqual({
            start: words[0]?.range.start,
            end: words.at(-1)?.range.end,
          });
          let last = 0;
          for (const word of words) {
            expect(word.range.start).toBeGreaterThanOrEqual(last);
            expect(word.range.end).toBeGreaterThan(word.range.start);
            expect(word.range.end).toBeLessThanOrEqual(text.length);
            last = word.range.end;
          }
          for (const { operator } of redirections) expect(operator).toMatch(/[<>]/);
        }
        for (const { body } of functions) {
          expect(body.start).toBeLessThanOrEqual(body.end);
          expect(body.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("that stands behind a script changes nothing of it", () => {
    const script = "a 'b' $(c)\nf() { d; }\n";
    const own = readShell(script);
    fc.assert(
      fc.property(texts, (text) => {
        const { commands } = readShell(script + text);
        expect(commands.filter(({ range }) => range.end < script.length)).toEqual(own.commands);
      }),
    );
  });
});

test.each([
  ["$((", "substitutions"],
  ["((", "arithmetic"],
  ["$(", "open substitutions"],
  ["`", "backquotes"],
  ['"', "quotes"],
  ['"$(', "quotes around substitutions"],
  ["${a:-", "parameters"],
  ["'", "apostrophes"],
  ["cat <<A\n", "here-documents without an end"],
  ["cat <<A\nA\n", "here-documents"],
  ["case a in b) ", "cases"],
  ["f() { ", "functions"],
  ["( ", "groups"],
  ["@(", "patterns"],
  ["A=(", "arrays"],
  ["[[ ", "tests"],
  ["A=$A$A\n", "variables that name themselves"],
])("many of %j cost no more than their number: %s", (fragment) => {
  // What read them more than once or twice would take minutes.
  const { commands } = readShell(fragment.repeat(100_000));
  expect(commands.length).toBeLessThanOrEqual(100_000);
});
