import { dirname, relative } from "pathe";
import { gitTopLevel } from "./git-top-level.js";

/**
 * The tree that files belong to: the git top level of the working directory if all of them lie in it,
 * else their own. Without git it is the working directory, if they lie in it, else the nearest
 * directory that holds them all.
 */
export function rootDirectoryOf(files: readonly string[], workingDirectory: string): string {
  const own = gitTopLevel(workingDirectory);
  const [first] = files;
  if (own !== undefined && files.every((file) => isInside(own, file))) return own;
  if (first === undefined) return own ?? workingDirectory;
  const shared = files.map((file) => dirname(file)).reduce(nearestCommon);
  return gitTopLevel(shared) ?? (isInside(workingDirectory, shared) ? workingDirectory : shared);
}

function nearestCommon(left: string, right: string): string {
  let common = left;
  while (common !== right && !isInside(common, right)) common = dirname(common);
  return common;
}

function isInside(directory: string, path: string): boolean {
  return !relative(directory, path).startsWith("..");
}
