const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of the text's UTF-8 bytes. Surrogates without their other half become U+FFFD, as in UTF-8. */
export function encodeBase64(text: string): string {
  const bytes = utf8(text);
  let encoded = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.slice(index, index + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    encoded += digit(bits >> 18) + digit(bits >> 12);
    encoded += second === undefined ? "=" : digit(bits >> 6);
    encoded += third === undefined ? "=" : digit(bits);
  }
  return encoded;
}

function digit(bits: number): string {
  return ALPHABET.charAt(bits & 63);
}

function utf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const isLoneSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    const point = isLoneSurrogate ? 0xfffd : codePoint;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), continuation(point));
    else if (point < 0x10000) {
      bytes.push(0xe0 | (point >> 12), continuation(point >> 6), continuation(point));
    } else {
      bytes.push(0xf0 | (point >> 18), continuation(point >> 12));
      bytes.push(continuation(point >> 6), continuation(point));
    }
  }
  return bytes;
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
