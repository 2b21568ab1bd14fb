import { utf8ToBytes } from "@noble/hashes/utils.js";

/** The UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return utf8ToBytes(text);
}

/** The text that bytes are in UTF-8, or undefined where they are none. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`);
  try {
    // The one strict decoder that every JavaScript has.
    return decodeURIComponent(escaped.join(""));
  } catch {
    return undefined;
  }
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes in Base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const digits: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.subarray(index, index + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    digits.push(
      ALPHABET.charAt(bits >> 18),
      ALPHABET.charAt((bits >> 12) & 63),
      second === undefined ? "=" : ALPHABET.charAt((bits >> 6) & 63),
      third === undefined ? "=" : ALPHABET.charAt(bits & 63),
    );
  }
  return digits.join("");
}

/** The bytes of a Base64 text, or undefined. Line ends in it are skipped, as Go does. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/[\r\n]/g, "");
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return undefined;
  const padding = digits.length - digits.replace(/=+$/, "").length;
  const bytes = new Uint8Array((digits.length / 4) * 3 - padding);
  for (let index = 0; index < digits.length; index += 4) {
    const group = digits.slice(index, index + 4).replaceAll("=", "A");
    const bits = Array.from(group).reduce((sum, digit) => sum * 64 + ALPHABET.indexOf(digit), 0);
    const start = (index / 4) * 3;
    // What lies beyond the end is padding and falls away.
    bytes[start] = bits >> 16;
    bytes[start + 1] = (bits >> 8) & 255;
    bytes[start + 2] = bits & 255;
  }
  return bytes;
}
