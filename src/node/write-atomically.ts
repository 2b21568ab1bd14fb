import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "pathe";
import { describeFailure } from "./system-error.js";

/**
 * Writes a whole file or nothing: into a temporary file beside it, which then takes its place and
 * its mode. A link stays one, its target is written; what is no regular file (`/dev/stdout`) is
 * written to. Directories that are not there are made. Returns why it failed, or undefined.
 */
export function writeAtomically(path: string, text: string): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) replace(path, text, undefined);
    else if (stats.isFile()) replace(realpathSync(path), text, stats.mode);
    else writeFileSync(path, text);
    return undefined;
  } catch (error) {
    return describeFailure(error);
  }
}

function replace(path: string, text: string, mode: number | undefined): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, "w", mode);
    try {
      writeFileSync(file, text);
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
