import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a finding's identity is made of. No line numbers, so that edits above it leave it the same. */
export interface Identity {
  readonly ruleId: string;
  /** Relative to the git top level, with forward slashes. */
  readonly path: string;
  /** Of the resource; instance keys do not count. */
  readonly address: string;
  readonly option: string;
}

/** Hexadecimal SHA-256 over a finding's identity. */
export function fingerprint({ ruleId, path, address, option }: Identity): string {
  const identity = [ruleId, path, withoutInstanceKeys(address), option];
  return bytesToHex(sha256(utf8ToBytes(identity.join("\0"))));
}

/** `module.web[0].aws_instance.this["a"]` → `module.web.aws_instance.this`. */
function withoutInstanceKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "");
}
