/** How many characters, blanks not counted, a line's hash looks ahead. */
const WINDOW = 100;
const FACTOR = 37;
/** What the character that leaves the window was multiplied by. */
const LEAVING_FACTOR = BigInt.asUintN(64, BigInt(FACTOR) ** BigInt(WINDOW));
/** Stands for the end of the file, `WINDOW` zeros behind it. */
const END_OF_FILE = 0xffff;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

/**
 * The `primaryLocationLineHash` of every line, as GitHub's own action computes it to recognise an
 * alert in the next run; a differing value makes it warn, a missing one makes alerts double.
 * https://github.com/github/codeql-action/blob/main/src/fingerprints.ts
 *
 * A line's hash is a polynomial, modulo 2^64, over the 100 UTF-16 code units from its start on,
 * where blanks are skipped and every line ending counts as a line feed; behind the colon stands how
 * many lines up to here have that hash.
 *
 * The hash of a window is the difference of two prefix hashes, so that each character costs two
 * multiplications of numbers that stay exact, and only a line costs arithmetic with BigInt.
 */
export function lineHashes(text: string): readonly string[] {
  const lines = new WindowHashes();
  let isLineStart = true;
  let afterCarriageReturn = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text.charCodeAt(offset);
    if (unit === SPACE || unit === TAB || (afterCarriageReturn && unit === LINE_FEED)) {
      afterCarriageReturn = false;
      continue;
    }
    afterCarriageReturn = unit === CARRIAGE_RETURN;
    const character = afterCarriageReturn ? LINE_FEED : unit;
    lines.add(character, isLineStart);
    isLineStart = character === LINE_FEED;
  }
  lines.add(END_OF_FILE, isLineStart);
  for (let padding = 0; padding < WINDOW; padding += 1) lines.add(0, false);
  return countRepetitions(lines.hashes);
}

/** Hashes the windows that begin at line starts, in one pass. */
class WindowHashes {
  readonly hashes: bigint[] = [];
  /** The prefix hash of everything added, in two halves of 32 bits: doubles hold both times 37. */
  #high = 0;
  #low = 0;
  #length = 0;
  /** Of lines whose window is not full yet: the length and the prefix hash at their start. */
  readonly #pending: { readonly start: number; readonly prefix: bigint }[] = [];

  add(character: number, isLineStart: boolean): void {
    if (isLineStart) this.#pending.push({ start: this.#length, prefix: this.#prefix() });
    const low = this.#low * FACTOR + character;
    this.#high = (this.#high * FACTOR + Math.floor(low / 2 ** 32)) >>> 0;
    this.#low = low >>> 0;
    this.#length += 1;
    const [oldest] = this.#pending;
    if (oldest === undefined || this.#length - oldest.start < WINDOW) return;
    this.#pending.shift();
    this.hashes.push(BigInt.asUintN(64, this.#prefix() - oldest.prefix * LEAVING_FACTOR));
  }

  #prefix(): bigint {
    return (BigInt(this.#high) << 32n) | BigInt(this.#low);
  }
}

function countRepetitions(hashes: readonly bigint[]): readonly string[] {
  const counts = new Map<bigint, number>();
  return hashes.map((hash) => {
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return `${hash.toString(16)}:${count}`;
  });
}
