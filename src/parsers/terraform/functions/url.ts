import { decodeUtf8, encodeUtf8 } from "../../../source/bytes.js";
import { failure, success } from "./function-result.js";
import { madeString, notSupported } from "./made-value.js";
import { overScalars, scalarFunction } from "./scalar-function.js";

/** https://developer.hashicorp.com/terraform/language/functions/urlencode */
export const urlencode = scalarFunction(["string"], (text) =>
  Array.from(encodeUtf8(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(character)) return character;
    return character === " " ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join(""),
);

/** https://opentofu.org/docs/language/functions/urldecode/, which only OpenTofu has. */
export const urldecode = overScalars(["string"], ([encoded], call) => {
  if (/%(?![0-9A-Fa-f]{2})/.test(encoded)) return failure("invalid URL escape");
  const bytes: number[] = [];
  for (const [part] of encoded.replaceAll("+", " ").matchAll(/%..|[^%]+/gs)) {
    if (part.startsWith("%")) bytes.push(Number.parseInt(part.slice(1), 16));
    else bytes.push(...encodeUtf8(part));
  }
  const text = decodeUtf8(Uint8Array.from(bytes));
  if (text === undefined) return notSupported("decoding what is not text", call);
  return success(madeString(text, call.origin));
});
