import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { encodeBase64, encodeUtf8 } from "../../../source/bytes.js";
import { failure } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { decidedWhenRun, neverKnown } from "./made-value.js";
import { scalarFunction } from "./scalar-function.js";

/** What each hash function makes of a text's UTF-8, also of a file's (see `filesystem.ts`). */
export const digests = {
  base64sha256: (text: string) => encodeBase64(sha256(encodeUtf8(text))),
  base64sha512: (text: string) => encodeBase64(sha512(encodeUtf8(text))),
  md5: (text: string) => bytesToHex(md5(encodeUtf8(text))),
  sha1: (text: string) => bytesToHex(sha1(encodeUtf8(text))),
  sha256: (text: string) => bytesToHex(sha256(encodeUtf8(text))),
  sha512: (text: string) => bytesToHex(sha512(encodeUtf8(text))),
};

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** https://datatracker.ietf.org/doc/html/rfc4122#appendix-C */
const namespaces: ReadonlyMap<string, string> = new Map([
  ["dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
  ["url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"],
  ["oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"],
  ["x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"],
]);

/**
 * A UUID in the usual form, as a URN, between braces (or whatever else), or as digits alone.
 * https://pkg.go.dev/github.com/google/uuid#Parse
 */
function uuidDigits(text: string): string | undefined {
  if (/^[0-9a-f]{32}$/i.test(text)) return text;
  const uuid = text.length === 38 ? text.slice(1, -1) : text.replace(/^urn:uuid:/i, "");
  return uuidPattern.test(uuid) ? uuid : undefined;
}

/** https://developer.hashicorp.com/terraform/language/functions/uuidv5 */
const uuidv5 = scalarFunction(["string", "string"], (space, name) => {
  const namespace = namespaces.get(space) ?? uuidDigits(space);
  if (namespace === undefined) return failure(`"${space}" is no namespace`);
  const prefix = hexToBytes(namespace.replaceAll("-", ""));
  const hash = sha1(Uint8Array.of(...prefix, ...encodeUtf8(name)));
  // Version and variant, at the places that RFC 4122 gives them.
  const bytes = hash.slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
});

/**
 * Hash and crypto functions. Those that draw random numbers are decided when Terraform runs.
 * https://developer.hashicorp.com/terraform/language/functions#hash-and-crypto-functions
 */
export const hashFunctions: FunctionTable = {
  base64sha256: scalarFunction(["string"], digests.base64sha256),
  base64sha512: scalarFunction(["string"], digests.base64sha512),
  bcrypt: decidedWhenRun("bcrypt", 2, "it draws a random salt"),
  md5: scalarFunction(["string"], digests.md5),
  rsadecrypt: neverKnown("rsadecrypt", 2, "it reads a private key, which we do not touch"),
  sha1: scalarFunction(["string"], digests.sha1),
  sha256: scalarFunction(["string"], digests.sha256),
  sha512: scalarFunction(["string"], digests.sha512),
  uuid: decidedWhenRun("uuid", 0, "it draws a random number"),
  uuidv5,
};
