import fc from "fast-check";
import { expect, test } from "vitest";
import { CST, Lexer } from "yaml";
import { dataStructure } from "../../../src/config/suppressions/data-structure.js";
import { readSuppressions } from "../../../src/config/suppressions/read-suppressions.js";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import { rules } from "../../../src/rules/index.js";
import { SourceFile } from "../../../src/source/source-file.js";
import { yamlFixtures } from "../../parsers/yaml/fixtures.js";
import { damaged, wellFormedYaml, yamlSoup } from "../../parsers/yaml/yaml-arbitraries.js";

/** The comments that the lexer of `yaml` finds; the text of each without its marks. */
function commentsByLexer(text: string): readonly string[] {
  return [...new Lexer().lex(text)]
    .filter((lexeme) => CST.tokenType(lexeme) === "comment")
    .map((comment) => comment.replace(/^[\s#*/]*/, "").replace(/(?:\s|\*\/)+$/, ""))
    .filter((said) => said !== "");
}

function comments(text: string): readonly string[] {
  const { comments: found } = dataStructure(new SourceFile("/a.yaml", text), () => parseTolerantly);
  return found.map(({ text: said }) => said.replace(/^[\s#*/]*/, ""));
}

const fixtures = yamlFixtures("well-formed").filter(({ text }) => !isTakenForJson(text));

test.each(fixtures.map(({ name, text }) => [name, text] as const))(
  "finds the comments of %s",
  (_name, text) => {
    expect(comments(text)).toEqual(commentsByLexer(text));
  },
);

/** Templates that begin with a brace are read as JSON, which has none. */
function isTakenForJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

test("finds those of any well-formed text", () => {
  fc.assert(
    fc.property(wellFormedYaml, (text) => {
      fc.pre(!isTakenForJson(text));
      fc.pre(parseYaml(text).errors.length === 0);
      expect(comments(text)).toEqual(commentsByLexer(text));
    }),
  );
});

test("never throws, and points at what it read", () => {
  const words = fc.constantFrom(
    "# imdslint-ignore-file require-imdsv2 -- a",
    "imdslint-ignore-next-line",
    "# checkov:skip=CKV_AWS_79",
    "# trivy:ignore:*",
    "# kics-scan ignore-block",
    "Metadata: {imdslint: {ignore: [{rule: require-imdsv2}]}}",
  );
  const text = fc
    .array(fc.oneof(words, yamlSoup, damaged(wellFormedYaml)), { maxLength: 6 })
    .map((parts) => parts.join("\n"));
  fc.assert(
    fc.property(
      text,
      fc.constantFrom("/a.yaml", "/a.tf", "/a.tf.json", "/a.json"),
      (read, path) => {
        const file = new SourceFile(path, read);
        const { own, foreign } = readSuppressions([file], {
          settings: {},
          rules,
          loadTolerantYaml: () => parseTolerantly,
        });
        const ranges = [
          ...own.map(({ location }) => location.range),
          ...foreign.map(({ covers }) => covers),
        ];
        for (const { start, end } of ranges) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(read.length);
        }
        for (const { text: said, location, outcome } of own) {
          if (outcome.kind === "unreadable" || path.endsWith("json")) continue;
          const { start, end } = location.range;
          expect(said.endsWith(read.slice(start, end).replace(/^"|"$/g, ""))).toBe(true);
        }
      },
    ),
  );
});
