import type { SourceFile } from "../../../source/source-file.js";
import type { TextRange } from "../../../source/text-range.js";
import { decodeEscapes } from "../../json/json-string.js";

/** The text of an expression as native syntax has it, also if it stands within a string of JSON. */
export function expressionText({ path, text }: SourceFile, { start, end }: TextRange): string {
  const written = text.slice(start, end);
  return path.endsWith(".json") ? decodeEscapes(written, () => undefined) : written;
}
