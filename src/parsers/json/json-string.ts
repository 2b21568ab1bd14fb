const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Where a string ends, and what its content needs. */
export interface StringEnd {
  /** Offset behind the closing quote, or of the line's end where there is none. */
  readonly end: number;
  readonly isClosed: boolean;
  readonly hasEscapes: boolean;
  /** Offset of the first control character, which JSON forbids in strings. */
  readonly controlCharacter?: number;
}

/** Finds the end of the string whose opening quote stands at `start`. Strings end with their line at the latest. */
export function findStringEnd(text: string, start: number): StringEnd {
  const quote = text.charCodeAt(start);
  let hasEscapes = false;
  let controlCharacter: number | undefined;
  let position = start + 1;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === quote) return stringEnd(position + 1, true, hasEscapes, controlCharacter);
    if (code === NEWLINE || code === CARRIAGE_RETURN || Number.isNaN(code)) break;
    if (code === BACKSLASH) {
      hasEscapes = true;
      const escaped = text.charCodeAt(position + 1);
      if (escaped !== NEWLINE && escaped !== CARRIAGE_RETURN && !Number.isNaN(escaped)) position++;
    } else if (code < 0x20) {
      controlCharacter ??= position;
    }
    position++;
  }
  // The comma behind a string left open most likely separates, so it stays outside.
  let end = text.slice(start + 1, position).trimEnd().length;
  if (text[start + end] === ",") end--;
  return stringEnd(start + 1 + end, false, hasEscapes, controlCharacter);
}

function stringEnd(
  end: number,
  isClosed: boolean,
  hasEscapes: boolean,
  controlCharacter: number | undefined,
): StringEnd {
  return controlCharacter === undefined
    ? { end, isClosed, hasEscapes }
    : { end, isClosed, hasEscapes, controlCharacter };
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([^]?))/g;

/**
 * Text of a string's content. Escapes that JSON does not know are kept as they
 * are and told to `reportInvalid`, with their offset in `content` and length.
 */
export function decodeEscapes(
  content: string,
  reportInvalid: (offset: number, length: number) => void,
): string {
  return content.replace(
    ESCAPE,
    (escape: string, hex: string | undefined, character: string | undefined, offset: number) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      const decoded = SIMPLE_ESCAPES.get(character ?? "");
      if (decoded === undefined) reportInvalid(offset, escape.length);
      return decoded ?? escape;
    },
  );
}

/**
 * For each code unit of the text that `decodeEscapes` makes of a string's content, and for its end,
 * the offset in `content` at which it is written.
 */
export function offsetsInContent(content: string): readonly number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const { 0: escape, index } of content.matchAll(ESCAPE)) {
    while (at < index) offsets.push(at++);
    // An escape stands for one code unit; one that JSON does not know was kept as it is.
    const length = decodeEscapes(escape, () => undefined).length;
    for (let unit = 0; unit < length; unit++) offsets.push(length === 1 ? at : at + unit);
    at += escape.length;
  }
  while (at <= content.length) offsets.push(at++);
  return offsets;
}
