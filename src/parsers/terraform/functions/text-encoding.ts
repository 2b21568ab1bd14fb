import { decodeUtf8, encodeUtf8 } from "../../../source/bytes.js";

/** Turns text into bytes and back; undefined where something cannot be represented. */
export interface TextEncoding {
  encode(text: string): Uint8Array | undefined;
  decode(bytes: Uint8Array): string | undefined;
}

/** Characters 0x80 to 0x9F of windows-1252; a space stands for one that is not defined. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

const utf8: TextEncoding = { encode: encodeUtf8, decode: decodeUtf8 };
const windows1252 = singleByte((byte) => {
  const character = byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charAt(byte - 0x80) : undefined;
  return character === " " ? undefined : (character ?? String.fromCharCode(byte));
});

/** With all of IANA's names for them. https://www.iana.org/assignments/character-sets */
const encodings: readonly (readonly [TextEncoding, string])[] = [
  [utf8, "UTF-8 csUTF8"],
  [utf16("little"), "UTF-16LE csUTF16LE"],
  [utf16("big"), "UTF-16BE csUTF16BE"],
  [{ encode: withByteOrderMark, decode: decodeByMark }, "UTF-16 csUTF16"],
  [
    singleByte((byte) => String.fromCharCode(byte)),
    "ISO-8859-1 ISO_8859-1 ISO_8859-1:1987 iso-ir-100 latin1 l1 IBM819 CP819 csISOLatin1",
  ],
  [windows1252, "windows-1252 cswindows1252"],
  [
    singleByte((byte) => (byte < 0x80 ? String.fromCharCode(byte) : undefined)),
    "US-ASCII iso-ir-6 ANSI_X3.4-1968 ANSI_X3.4-1986 ISO_646.irv:1991 ISO646-US us IBM367 cp367 csASCII",
  ],
];

const encodingsByName: ReadonlyMap<string, TextEncoding> = new Map(
  encodings.flatMap(([encoding, names]) =>
    names.split(" ").map((name) => [name.toLowerCase(), encoding]),
  ),
);

/** The encoding of that name, or undefined: we have those that the Web and Windows use. */
export function textEncoding(name: string): TextEncoding | undefined {
  return encodingsByName.get(name.toLowerCase());
}

function singleByte(characterOf: (byte: number) => string | undefined): TextEncoding {
  return {
    encode: (text) => {
      const allBytes = Array.from({ length: 256 }, (_, byte) => byte);
      const byteOf = new Map(allBytes.map((byte) => [characterOf(byte), byte]));
      const bytes = Array.from(text, (character) => byteOf.get(character));
      const known = bytes.filter((byte) => byte !== undefined);
      return known.length < bytes.length ? undefined : Uint8Array.from(known);
    },
    decode: (bytes) => {
      const characters = Array.from(bytes, characterOf);
      return characters.includes(undefined) ? undefined : characters.join("");
    },
  };
}

function utf16(order: "little" | "big"): TextEncoding {
  const [low, high] = order === "little" ? [0, 1] : [1, 0];
  return {
    encode: (text) => {
      const bytes = new Uint8Array(2 * text.length);
      for (let index = 0; index < text.length; index += 1) {
        const unit = text.charCodeAt(index);
        bytes[2 * index + low] = unit & 255;
        bytes[2 * index + high] = unit >> 8;
      }
      return bytes;
    },
    decode: (bytes) => {
      if (bytes.length % 2 !== 0) return undefined;
      const units: number[] = [];
      for (let index = 0; index < bytes.length; index += 2) {
        units.push((bytes[index + low] ?? 0) | ((bytes[index + high] ?? 0) << 8));
      }
      const text = units.map((unit) => String.fromCharCode(unit)).join("");
      return /\p{Surrogate}/u.test(text) ? undefined : text;
    },
  };
}

const bigEndian = utf16("big");
const littleEndian = utf16("little");

function withByteOrderMark(text: string): Uint8Array | undefined {
  return bigEndian.encode(`\uFEFF${text}`);
}

function decodeByMark(bytes: Uint8Array): string | undefined {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  const text = isLittle || isBig ? bytes.subarray(2) : bytes;
  return (isLittle ? littleEndian : bigEndian).decode(text);
}
