import type { TextRange } from "../../../source/text-range.js";

/** One `Name=Value`. */
export interface KeyValuePair {
  readonly name: string;
  readonly value: string;
  /** Of the value, quotes included. */
  readonly range: TextRange;
}

/** Pairs, and the first stretch that is none. */
export interface KeyValuePairs {
  readonly pairs: readonly KeyValuePair[];
  readonly surplus?: TextRange;
}

const PAIR =
  /(?:ParameterKey=(?<key>[A-Za-z\d]+),(?:ParameterValue=|(?<previous>UsePreviousValue=))|(?<name>[A-Za-z\d]+)=)(?<value>(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])*)/gs;

/**
 * Reads `Name=Value` pairs with white space between them, as AWS's command lines take them:
 * `Name="with spaces"`, and the long form `ParameterKey=Name,ParameterValue=Value`. A line that
 * starts with `#` is a comment.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference-sam-deploy.html
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/
 */
export function readPairs(text: string): KeyValuePairs {
  const code = text.replace(/^[ \t]*#.*$/gm, (comment) => " ".repeat(comment.length));
  const pairs: KeyValuePair[] = [];
  let end = 0;
  let surplus: TextRange | undefined;
  const note = (until: number): void => {
    const between = code.slice(end, until);
    const start = end + between.length - between.trimStart().length;
    if (between.trim() !== "") surplus ??= { start, end: start + between.trim().length };
  };
  for (const match of code.matchAll(PAIR)) {
    const { key, name = key ?? "", value = "", previous } = match.groups ?? {};
    note(match.index);
    end = match.index + match[0].length;
    if (previous !== undefined) continue;
    pairs.push({ name, value: unquote(value), range: { start: end - value.length, end } });
  }
  note(code.length);
  return surplus === undefined ? { pairs } : { pairs, surplus };
}

/** The one pair that an argument of the command line is: all behind `=` is the value, spaces too. */
export function readArgument(text: string): Omit<KeyValuePair, "range"> | undefined {
  const [, key, long, name = key, short] =
    /^(?:ParameterKey=([A-Za-z\d]+),ParameterValue=(.*)|([A-Za-z\d]+)=(.*))$/s.exec(text) ?? [];
  return name === undefined ? undefined : { name, value: long ?? short ?? "" };
}

function unquote(text: string): string {
  return text.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/gs, (_, double, single, escaped) => {
    if (typeof double === "string") return double.replace(/\\(.)/gs, "$1");
    return String(single ?? escaped);
  });
}
