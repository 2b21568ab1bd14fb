import type { SourceFile } from "../source/source-file.js";
import type { TextEdit, TextRange } from "../source/text-range.js";
import type { Scalar } from "../values/value.js";

/** The plain words that YAML 1.1 does not read as strings. */
const YAML_WORDS = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

/**
 * Puts one literal in the place of another, in its quotes. Undefined where something else stands
 * there, such as an expression that comes to the value.
 */
export function replaceLiteral(
  file: SourceFile,
  range: TextRange,
  from: Scalar,
  to: Scalar,
): TextEdit | undefined {
  const written = file.text.slice(range.start, range.end);
  const [, quote = "", inner = ""] = /^(["']?)([\w.-]+)\1$/.exec(written) ?? [];
  if (inner.toLowerCase() !== String(from).toLowerCase()) return undefined;
  const newText = quote === "" ? plain(to) : `${quote}${String(to)}${quote}`;
  return { location: file.location(range), newText };
}

/** An entry of a mapping; lists are written as JSON has them, which YAML reads, too. */
export interface NewEntry {
  readonly name: string;
  readonly value: Scalar | readonly Readonly<Record<string, string>>[];
}

/** A value as YAML has it, without quotes where it is a string without them. */
export function plain(value: NewEntry["value"]): string {
  const isPlain = typeof value === "string" && /^[A-Za-z][\w-]*$/.test(value);
  return isPlain && !YAML_WORDS.test(value) ? value : JSON.stringify(value);
}
