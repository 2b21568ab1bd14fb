import { statSync } from "node:fs";

/** Whether there is a directory at an absolute path, be it behind a link. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
