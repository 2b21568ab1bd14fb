import { gunzipSync } from "fflate";
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from "../../../source/bytes.js";
import { failure, success } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { madeString, neverKnown, notSupported } from "./made-value.js";
import { overScalars, scalarFunction } from "./scalar-function.js";
import type { TerraformFunction } from "./terraform-function.js";
import { textEncoding } from "./text-encoding.js";

/** What unpacks to more bytes is not unpacked: AWS takes 16 KiB of user data. */
const LARGEST_UNPACKED = 4 * 1024 * 1024;

/** https://developer.hashicorp.com/terraform/language/functions/base64decode */
const base64decode = scalarFunction(["string"], (encoded) => {
  const bytes = decodeBase64(encoded);
  if (bytes === undefined) return failure("failed to decode base64 data");
  return decodeUtf8(bytes) ?? failure("the decoded data is not valid UTF-8");
});

/** https://opentofu.org/docs/language/functions/base64gunzip/, which only OpenTofu has. */
export const base64gunzip = overScalars(["string"], ([encoded], call) => {
  const bytes = decodeBase64(encoded);
  if (bytes === undefined) return failure("failed to decode base64 data");
  if (!isGzip(bytes)) return failure("failed to gunzip bytestream");
  // The last eight bytes are the checksum and the size of what was packed.
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - TRAILER);
  const size = trailer.getUint32(4, true);
  if (size > LARGEST_UNPACKED) return notSupported("unpacking that much", call);
  const unpacked = unpack(bytes);
  if (unpacked === undefined) return failure("failed to read gunzip raw data");
  // Several parts one after the other; Terraform's kin unpack all of them.
  if (unpacked.length !== size) return notSupported("gzip data of several parts", call);
  if (checksum(unpacked) !== trailer.getUint32(0, true)) return failure("invalid checksum");
  const text = decodeUtf8(unpacked);
  if (text === undefined) return notSupported("unpacking what is not text", call);
  return success(madeString(text, call.origin));
});

/** Sizes of what stands before and behind the packed bytes. https://datatracker.ietf.org/doc/html/rfc1952 */
const HEADER = 10;
const TRAILER = 8;

function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER + TRAILER && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpack(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

/** CRC-32, which fflate does not verify. https://datatracker.ietf.org/doc/html/rfc1952#section-8 */
function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** https://developer.hashicorp.com/terraform/language/functions/textencodebase64 */
const textencodebase64 = overScalars(["string", "string"], ([text, name], call) => {
  const encoding = textEncoding(name);
  if (encoding === undefined) return notSupported(`character encoding ${name}`, call);
  const bytes = encoding.encode(text);
  if (bytes === undefined) return failure(`the string cannot be represented in ${name}`);
  return success(madeString(encodeBase64(bytes), call.origin));
});

/** https://developer.hashicorp.com/terraform/language/functions/textdecodebase64 */
const textdecodebase64 = overScalars(["string", "string"], ([encoded, name], call) => {
  const encoding = textEncoding(name);
  if (encoding === undefined) return notSupported(`character encoding ${name}`, call);
  const bytes = decodeBase64(encoded);
  if (bytes === undefined) return failure("failed to decode base64 data");
  const text = encoding.decode(bytes);
  // Terraform takes the replacement character for a sign of trouble, even where it is meant.
  if (text?.includes("\uFFFD") !== false) return failure(`the data is not defined for ${name}`);
  return success(madeString(text, call.origin));
});

const toBase64 = scalarFunction(["string"], (text) => encodeBase64(encodeUtf8(text)));

/** https://developer.hashicorp.com/terraform/language/functions/base64encode, whose result says what it spells. */
const base64encode: TerraformFunction = (parameters, call) => {
  const result = toBase64(parameters, call);
  const [text] = parameters;
  if (!result.ok || text === undefined) return result;
  const { value } = result;
  const isText = value.state === "known" || value.state === "unknown";
  return isText ? success({ ...value, composition: { kind: "base64", text } }) : result;
};

const unknownBecause = "it depends on how one compressor packs to the last byte";
const neverPacked = neverKnown("base64gzip", 1, unknownBecause);

/** https://developer.hashicorp.com/terraform/language/functions/base64gzip: what it packs is known nonetheless. */
const base64gzip: TerraformFunction = Object.assign(
  ((parameters, call) => {
    const result = neverPacked(parameters, call);
    const [text] = parameters;
    if (!result.ok || result.value.state !== "unknown" || text === undefined) return result;
    return success({ ...result.value, composition: { kind: "base64", text } });
  }) satisfies TerraformFunction,
  { unknownBecause },
);

/** The functions that make or read Base64. */
export const base64Functions: FunctionTable = {
  base64decode,
  base64encode,
  base64gzip,
  textdecodebase64,
  textencodebase64,
};
