import type { SourceFile } from "../../../source/source-file.js";
import type { TextRange } from "../../../source/text-range.js";
import { decodeEscapes } from "../../json/json-string.js";

const jsonSyntax = /\.(?:tf|tofu|tfvars)\.json$/;

/**
 * The text at a range. Of a file in Terraform's JSON syntax without the escapes of strings, so that an
 * expression within one reads as it does in native syntax.
 */
export function expressionText({ path, text }: SourceFile, { start, end }: TextRange): string {
  const written = text.slice(start, end);
  return jsonSyntax.test(path) ? decodeEscapes(written, () => undefined) : written;
}
