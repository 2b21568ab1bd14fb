import type { FixedText } from "../engine/fix-findings.js";
import { DiskFileSystem } from "./disk-file-system.js";
import { leadsOutside } from "./leads-outside.js";
import { writeAtomically } from "./write-atomically.js";

/** What became of fixes. */
export interface WrittenFixes {
  /** The texts that files have now, by path. */
  readonly written: ReadonlyMap<string, string>;
  /** Why others were not written, one message each. */
  readonly complaints: readonly string[];
}

/**
 * Writes texts that were fixed. A file that is another by now than the one that was read stays as it is, and
 * so does what links lead to outside the tree, whose absolute directory is given.
 */
export function writeFixes(
  changed: ReadonlyMap<string, FixedText>,
  rootDirectory: string,
): WrittenFixes {
  // Nothing that was read before counts.
  const disk = new DiskFileSystem();
  const written = new Map<string, string>();
  const complaints: string[] = [];
  for (const [path, text] of changed) {
    const complaint = writeFix(path, text, disk, rootDirectory);
    if (complaint === undefined) written.set(path, text.after);
    else complaints.push(complaint);
  }
  return { written, complaints };
}

/** Why it could not be written; undefined where it was. */
function writeFix(
  path: string,
  { before, after }: FixedText,
  disk: DiskFileSystem,
  rootDirectory: string,
): string | undefined {
  const now = disk.read(path);
  if (!("text" in now) || now.text !== before) {
    return `${path} has changed since it was read; its fixes were not made`;
  }
  if (leadsOutside(path, rootDirectory)) {
    return `${path} leads to a file outside ${rootDirectory}; its fixes were not made`;
  }
  const failure = writeAtomically(path, now.hasByteOrderMark === true ? `\uFEFF${after}` : after);
  return failure === undefined ? undefined : `Cannot write ${path}: ${failure}`;
}
