import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { relative } from "pathe";
import type { FixedText } from "../../engine/fix-findings.js";

/** Changes of files as one unified diff that `git apply` and `patch -p1` take, paths relative to a directory. */
export function describeChanges(
  changed: ReadonlyMap<string, FixedText>,
  directory: string,
): string {
  return [...changed]
    .map(([path, { before, after }]) => {
      const name = relative(directory, path);
      return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
        headerOptions: FILE_HEADERS_ONLY,
      });
    })
    .join("");
}
