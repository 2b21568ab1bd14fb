import { isUtf8 } from "node:buffer";
import {
  type Dirent,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname, normalize } from "pathe";
import { isErrno } from "./system-error.js";
import type { DirectoryEntry, FileSystem, ReadResult } from "../source/file-system.js";

/** Larger files are not read: no template comes near it, and a text of that size stops an editor. */
const LARGEST_FILE = 32 * 1024 * 1024;

/** Plans in JSON hold all attributes of all resources, and are read in parts. */
const LARGEST_JSON = 256 * 1024 * 1024;

const OPEN_BRACE = 0x7b;

const byteOrderMark = "\uFEFF";

/** The machine's file system. Each file and directory is read once and remembered. */
export class DiskFileSystem implements FileSystem {
  readonly #files = new Map<string, ReadResult>();
  readonly #directories = new Map<string, readonly DirectoryEntry[]>();

  /** Text of a file, decoded from UTF-8 without its byte order mark, or why there is none. */
  read(path: string): ReadResult {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const result = readText(path);
    this.#files.set(path, result);
    return result;
  }

  /** Reads a file, and what its directory holds, anew when next asked for. */
  forget(path: string): void {
    this.#files.delete(path);
    this.#directories.delete(dirname(path));
  }

  /** Entries sorted by name; none for what is not a readable directory. */
  list(directory: string): readonly DirectoryEntry[] {
    const known = this.#directories.get(directory);
    if (known !== undefined) return known;
    const entries = readEntries(directory);
    this.#directories.set(directory, entries);
    return entries;
  }
}

function readText(path: string): ReadResult {
  try {
    return decodeText(readFileSync(path));
  } catch (error) {
    return { error: isErrno(error, "ENOENT") ? "absent" : "unreadable" };
  }
}

/** The text of a file's bytes, decoded from UTF-8 without its byte order mark, or why there is none. */
export function decodeText(bytes: Buffer): ReadResult {
  const largest = bytes[0] === OPEN_BRACE ? LARGEST_JSON : LARGEST_FILE;
  if (bytes.length > largest) return { error: "too-large" };
  if (!isUtf8(bytes) || bytes.includes(0)) return { error: "not-text", guess: guessText(bytes) };
  const text = bytes.toString("utf8");
  return text.startsWith(byteOrderMark)
    ? { text: text.slice(1), hasByteOrderMark: true }
    : { text };
}

/** What PowerShell and old editors write: UTF-16, else some encoding with one byte for each character. */
function guessText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return isUtf16 ? bytes.toString("utf16le", 2) : bytes.toString("latin1");
}

function readEntries(directory: string): readonly DirectoryEntry[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .map((entry) => describe(directory, entry))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function describe(directory: string, entry: Dirent): DirectoryEntry {
  const { name } = entry;
  if (!entry.isSymbolicLink()) return { name, kind: kindOf(entry) };
  try {
    const leadsTo = normalize(realpathSync(`${directory}/${name}`));
    return { name, kind: kindOf(statSync(leadsTo)), leadsTo };
  } catch {
    // It leads nowhere, or round in circles.
    return { name, kind: "other" };
  }
}

function kindOf(entry: Dirent | Stats): DirectoryEntry["kind"] {
  if (entry.isFile()) return "file";
  return entry.isDirectory() ? "directory" : "other";
}
