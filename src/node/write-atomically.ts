import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "pathe";
import { describeFailure } from "./system-error.js";

/**
 * Writes a whole file or nothing: into a temporary file beside it, which then takes its place, its
 * mode and, where that is allowed, its owner. A link stays one, its target is written; what must not be
 * written is not replaced either; what is no regular file (`/dev/stdout`) is written to. Directories that
 * are not there are made. Returns why it failed, or undefined.
 */
export function writeAtomically(path: string, text: string): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) replace(path, text, undefined);
    else if (stats.isFile()) {
      accessSync(path, constants.W_OK);
      replace(realpathSync(path), text, stats);
    } else writeFileSync(path, text);
    return undefined;
  } catch (error) {
    return describeFailure(error);
  }
}

function replace(path: string, text: string, before: Stats | undefined): void {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  // A file that is there by that name is somebody else's, and stays.
  const file = openSync(temporary, "wx", before?.mode);
  try {
    try {
      writeFileSync(file, text);
      if (before !== undefined) keepOwnerAndMode(file, before);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The mode that a file is opened with is narrowed by the process's mask; changing the owner takes bits of it away. */
function keepOwnerAndMode(file: number, { uid, gid, mode }: Stats): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give files away; whoever may write this one may own it.
  }
  fchmodSync(file, mode & 0o7777);
}
