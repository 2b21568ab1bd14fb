import type { Script } from "../../model/script.js";
import { decodeBase64, decodeUtf8 } from "../../source/bytes.js";
import { lineOffsets } from "../../source/line-offsets.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import { HOLE } from "../../scripts/metadata-address.js";
import { gunzipSync } from "fflate";
import type { Evaluated, Piece } from "../../values/evaluated.js";
import type { SourceOf } from "../composed-text.js";
import { escapedOffsets, scalarOffsets } from "../scalar-offsets.js";

/** In bytes, unpacked. */
const LARGEST_SCRIPT = 1024 * 1024;

/** A part of a script, and where it is written. */
interface ScriptPart {
  readonly text: string;
  readonly location: Location;
  /** Of what is written as it is: from which character of what stands there. */
  readonly offset?: number;
}

/** A part with the stretch of the whole script that it makes. */
interface PlacedPart extends ScriptPart {
  readonly range: TextRange;
}

/**
 * The scripts that a property holds, in Base64 or not: one, or one for each part of a MIME archive; none
 * where nothing of it is known. `name` is what messages call them.
 */
export function scriptsIn(value: Evaluated, name: string, sourceOf: SourceOf): readonly Script[] {
  return documentsIn(value).flatMap((document) => {
    const script = scriptIn(document, name, sourceOf);
    return script === undefined ? [] : [script, ...encodedParts(script), ...encodedFiles(script)];
  });
}

/**
 * The parts of a written MIME archive that are in Base64, as scripts of their own, at the part.
 * https://cloudinit.readthedocs.io/en/latest/explanation/format.html#mime-multi-part-archive
 */
function encodedParts({ name, text, locate }: Script): readonly Script[] {
  if (!/^Content-Type:\s*multipart\//im.test(text)) return [];
  const part =
    /^Content-Transfer-Encoding:\s*base64\s*$(?:\r?\n.+)*\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/gim;
  return [...text.matchAll(part)].flatMap(({ index, 0: all, 1: encoded = "" }): Script[] => {
    const decoded = decode(encoded);
    const end = index + all.trimEnd().length;
    const range = { start: index + all.length - encoded.length, end };
    return decoded === undefined ? [] : [{ name, text: decoded, locate: () => locate(range) }];
  });
}

/**
 * The files that a cloud-config writes from Base64, packed or not, as scripts of their own, at the content.
 * https://docs.cloud-init.io/en/latest/reference/modules.html#write-files
 */
function encodedFiles({ name, text, locate }: Script): readonly Script[] {
  if (!/^\s*#cloud-config\b/m.test(text)) return [];
  const content =
    /(\bcontent["']?[ \t]*:[ \t]*(?:!!binary[ \t]*)?(?:[|>][-+]?[ \t]*\r?\n[ \t]*)?["']?)([A-Za-z0-9+/]{16,}={0,2}(?:\r?\n[ \t]+[A-Za-z0-9+/]+={0,2}(?=[ \t]*\r?$))*)/gm;
  const marks = [...text.matchAll(/^[ \t]*- /gm)].map(({ index }) => index);
  return [...text.matchAll(content)].flatMap(
    ({ index, 1: key = "", 2: encoded = "" }): Script[] => {
      const start = index + key.length;
      if (!key.includes("!!binary") && !isEncoded(itemAround(text, index, marks))) return [];
      const decoded = decode(encoded);
      const range = { start, end: start + encoded.length };
      return decoded === undefined ? [] : [{ name, text: decoded, locate: () => locate(range) }];
    },
  );
}

/** The item of a list that holds what stands there; items start at the marks. */
function itemAround(text: string, offset: number, marks: readonly number[]): string {
  const start = marks.findLast((mark) => mark <= offset) ?? 0;
  return text.slice(
    start,
    marks.find((mark) => mark > offset),
  );
}

function isEncoded(item: string): boolean {
  return /\bencoding["']?\s*:\s*["']?(?:gz(?:ip)?\+)?b(?:ase)?64\b/.test(item);
}

function documentsIn(value: Evaluated): readonly Evaluated[] {
  if (value.state !== "known" && value.state !== "unknown") return [value];
  switch (value.composition?.kind) {
    case "base64":
      return documentsIn(value.composition.text);
    case "archive":
      return value.composition.parts().flatMap(documentsIn);
    case "pieces":
      return [value, ...encodedPieces(value.composition.pieces)];
    default:
      return [value];
  }
}

/** What a text has in Base64 that an expression made: `content: ${base64encode(file("id.sh"))}`. */
function encodedPieces(pieces: readonly Piece[]): readonly Evaluated[] {
  return pieces.flatMap(({ value }) => {
    if (isEncodedPiece(value)) return documentsIn(value);
    if (value.state !== "known" && value.state !== "unknown") return [];
    return value.composition?.kind === "pieces" ? encodedPieces(value.composition.pieces) : [];
  });
}

function isEncodedPiece(value: Evaluated): boolean {
  return (
    (value.state === "known" || value.state === "unknown") && value.composition?.kind === "base64"
  );
}

function scriptIn(value: Evaluated, name: string, sourceOf: SourceOf): Script | undefined {
  const parts = partsOf(value, sourceOf);
  if (parts.every(({ text }) => text === HOLE || text === "")) return undefined;
  let text = "";
  const placed = parts.map((part): PlacedPart => {
    const start = text.length;
    text += part.text;
    return { ...part, range: { start, end: text.length } };
  });
  return { name, text, locate: (range) => locate(range, placed, sourceOf) };
}

function partsOf(value: Evaluated, sourceOf: SourceOf): readonly ScriptPart[] {
  if (value.state !== "known" && value.state !== "unknown") return [];
  const { location } = value.origin;
  const { composition } = value;
  const encoded = value.state === "known" ? decode(String(value.value)) : undefined;
  if (encoded !== undefined && composition?.kind !== "base64") return [{ text: encoded, location }];
  switch (composition?.kind) {
    case "base64":
      return partsOf(composition.text, sourceOf);
    case "pieces":
      return composition.pieces.flatMap(({ isWritten, offset = 0, value: piece }) => {
        // What is in Base64 is a script of its own.
        if (isEncodedPiece(piece)) return [{ text: HOLE, location: piece.origin.location }];
        if (!isWritten) return partsOf(piece, sourceOf);
        const { origin } = piece;
        const text = piece.state === "known" ? String(piece.value) : HOLE;
        return [{ text, location: origin.location, offset }];
      });
    case "file": {
      const file = sourceOf(composition.path);
      if (file !== undefined) return [ofFile(file)];
      break;
    }
    case "archive":
    case "packed":
    case "encoded":
    case undefined:
  }
  if (value.state === "unknown") return [{ text: HOLE, location }];
  const text = String(value.value);
  // What comes from elsewhere is written there; a literal where it stands.
  const { from } = value.origin;
  return [{ text, location: from?.location ?? location, offset: 0 }];
}

function ofFile(file: SourceFile): ScriptPart {
  const location = file.location({ start: 0, end: file.text.length });
  return { text: file.text, location, offset: 0 };
}

/** The text that a long enough Base64 spells, packed or not. */
function decode(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(text)) return undefined;
  const bytes = decodeBase64(text.trim());
  return bytes === undefined ? undefined : decodeUtf8(unpacked(bytes));
}

/** cloud-init takes user data in gzip; what is none, or broken, stays as it is. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes.length < 18) return bytes;
  // The size that it claims, which no user data exceed by much.
  const size = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
  if (size > LARGEST_SCRIPT) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    return bytes;
  }
}

/** From where the first character stands to where the last one does, or the part that holds the first. */
function locate(
  { start, end }: TextRange,
  parts: readonly PlacedPart[],
  sourceOf: SourceOf,
): Location {
  const first = parts.find(({ range }) => range.start <= start && start < range.end) ?? parts[0];
  if (first === undefined) return { path: "", range: { start: 0, end: 0 } };
  const last = parts.find(({ range }) => range.start < end && end <= range.end) ?? first;
  const { path } = first.location;
  const from = offsetsOf(first, sourceOf)?.[start - first.range.start];
  if (from === undefined) return first.location;
  const stop = Math.min(end, first.range.end) - first.range.start;
  const to =
    last.location.path === path
      ? offsetsOf(last, sourceOf)?.[end - last.range.start]
      : offsetsOf(first, sourceOf)?.[stop];
  return { path, range: { start: from, end: to !== undefined && to > from ? to : from } };
}

function offsetsOf(
  { text, location, offset }: ScriptPart,
  sourceOf: SourceOf,
): readonly number[] | undefined {
  const source = offset === undefined ? undefined : sourceOf(location.path);
  if (source === undefined || offset === undefined) return undefined;
  const { range } = location;
  if (/\.(?:tf|tofu)\.json$/.test(location.path)) {
    return escapedOffsets(text, source.text, range);
  }
  // Terraform says where the very text stands, CloudFormation where the scalar that has it.
  if (!/\.(?:ya?ml|json|template|config)$/.test(location.path)) {
    return lineOffsets(text, source.text, range);
  }
  return scalarOffsets(text, source.text, range, offset) ?? lineOffsets(text, source.text, range);
}
