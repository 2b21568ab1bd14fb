import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a finding's identity is made of. No line numbers, so that edits above it leave it the same. */
export interface Identity {
  readonly ruleId: string;
  readonly kind: "fail" | "open";
  /** Relative to the git top level, with forward slashes. */
  readonly path: string;
  /** Of the resource; instance keys do not count. */
  readonly address: string;
  readonly option: string;
}

/**
 * Hexadecimal SHA-256 over a finding's identity. An open result that turns into a failure is another
 * finding; the failure's is the one that has no kind in it.
 */
export function fingerprint({ ruleId, kind, path, address, option }: Identity): string {
  const parts = [ruleId, path, withoutInstanceKeys(address), option];
  return hash(kind === "fail" ? parts : [...parts, kind]);
}

/**
 * Of findings with the same identity, such as two overrides of one group, the one with this number,
 * counted from 1. The first keeps the fingerprint it has alone.
 */
export function numberedFingerprint(first: string, number: number): string {
  return number === 1 ? first : hash([first, String(number)]);
}

function hash(parts: readonly string[]): string {
  return bytesToHex(sha256(utf8ToBytes(parts.join("\0"))));
}

/** `module.web[0].aws_instance.this["a"]` → `module.web.aws_instance.this`. */
function withoutInstanceKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "");
}
