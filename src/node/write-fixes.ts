import type { FixedText } from "../engine/fix-findings.js";
import { DiskFileSystem } from "./disk-file-system.js";
import { writeAtomically } from "./write-atomically.js";

/**
 * Writes texts that were fixed. A file that is another by now than the one that was read stays as it is.
 * Returns why files could not be written, one message each.
 */
export function writeFixes(changed: ReadonlyMap<string, FixedText>): readonly string[] {
  // Nothing that was read before counts.
  const disk = new DiskFileSystem();
  return [...changed].flatMap(([path, { before, after }]) => {
    const now = disk.read(path);
    if (!("text" in now) || now.text !== before) {
      return [`${path} has changed since it was read; its fixes were not made`];
    }
    const failure = writeAtomically(path, now.hasByteOrderMark === true ? `\uFEFF${after}` : after);
    return failure === undefined ? [] : [`Cannot write ${path}: ${failure}`];
  });
}
