import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { stdin } from "node:process";

/** Everything on standard input, as text without a byte order mark; undefined if it is no UTF-8. */
export function readStandardInput(): string | undefined {
  const bytes = readFileSync(stdin.fd);
  return isUtf8(bytes) ? bytes.toString("utf8").replace(/^\ufeff/, "") : undefined;
}
