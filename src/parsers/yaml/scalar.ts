import type { ScalarNode } from "./syntax-tree.js";

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...spellings("yes", "true", "on").map((text) => [text, true] as const),
  ...spellings("no", "false", "off").map((text) => [text, false] as const),
]);

const NULLS: ReadonlySet<string> = new Set(["", "~", ...spellings("null")]);

/** Integers with the base of each; underscores may stand between digits. */
const INTEGERS: readonly (readonly [RegExp, number])[] = [
  [/^[-+]?(0|[1-9][\d_]*)$/, 10],
  [/^[-+]?0([0-7_]+)$/, 8],
  [/^[-+]?0x([\da-fA-F_]+)$/, 16],
  [/^[-+]?0b([01_]+)$/, 2],
];
const FLOAT = /^[-+]?(?:(?:0|[1-9][\d_]*)(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?$/;

/**
 * What a scalar means. JSON's numbers, `true`, `false` and `null` mean the same
 * in the YAML that CloudFormation reads, so one function serves both.
 *
 * CloudFormation reads YAML 1.1 without timestamps
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html),
 * and what people have observed is what SnakeYAML 1.x does:
 * - `yes`, `no`, `on` and `off` are booleans, `y` and `n` are not
 *   (https://ljmc.bearblog.dev/yaml-booleans-in-cloudformation-templates/);
 * - `0300` is octal and becomes 192
 *   (https://dev.classmethod.jp/articles/how-to-identify-numerical-values-in-cfn-yaml-template/),
 *   while `0o300` is a string as in every YAML 1.1 parser
 *   (https://github.com/adrienverge/yamllint/pull/354);
 * - dates stay strings (https://github.com/gristlabs/yaml-cfn/issues/8).
 *
 * Strings, that is text as written, stay: numbers with leading zeros that are not
 * octal, and integers that JavaScript cannot hold exactly. They are account IDs,
 * which CloudFormation itself would garble: 012345678901 becomes 1.2345678901E10
 * (https://www.skyarch.net/blog/cloudformation-yaml-%e3%81%ab%e3%81%a4%e3%81%84%e3%81%a6).
 * So do `1:30`, on which sources contradict each other, `.inf` and `.nan`.
 *
 * A local tag (`!Ref 1`) makes its scalar a string; `!!str`, `!!int`, `!!float`,
 * `!!bool` and `!!null` say the type, and are ignored where the text does not fit.
 */
export function typedScalar(node: ScalarNode): string | number | boolean | null {
  const { text } = node;
  switch (node.tag) {
    case undefined:
      return node.style === "plain" ? typedPlain(text) : text;
    case "tag:yaml.org,2002:int":
    case "tag:yaml.org,2002:float":
      return readNumber(text) ?? text;
    case "tag:yaml.org,2002:bool":
      return BOOLEANS.get(text) ?? text;
    case "tag:yaml.org,2002:null":
      return NULLS.has(text) ? null : text;
    default:
      return text;
  }
}

function typedPlain(text: string): string | number | boolean | null {
  if (NULLS.has(text)) return null;
  return BOOLEANS.get(text) ?? readNumber(text) ?? text;
}

/** Undefined for texts that are no number, or none that JavaScript can hold. */
function readNumber(text: string): number | undefined {
  // Most texts are words.
  if (!/^[-+.\d]/.test(text)) return undefined;
  for (const [pattern, base] of INTEGERS) {
    const digits = pattern.exec(text)?.[1];
    if (digits === undefined) continue;
    const size = parseInt(digits.replaceAll("_", ""), base);
    return Number.isSafeInteger(size) ? size * (text.startsWith("-") ? -1 : 1) : undefined;
  }
  if (!FLOAT.test(text)) return undefined;
  const number = Number(text.replaceAll("_", ""));
  return Number.isFinite(number) ? number : undefined;
}

function spellings(...words: readonly string[]): readonly string[] {
  return words.flatMap((word) => {
    const capitalized = word.charAt(0).toUpperCase() + word.slice(1);
    return [word, capitalized, word.toUpperCase()];
  });
}
