/** One file in the difference of two trees. Paths are as git has them. */
export interface FileDifference {
  /** Where it is now; of a file that is gone, where it was. */
  readonly path: string;
  /** Where it was, if it has moved. */
  readonly from?: string;
  /** The blob with its text before; undefined where there was no file. */
  readonly before?: string;
  /** Whether there is a file now. */
  readonly exists: boolean;
}

/** Links and submodules have no text of their own. */
const isFileMode = (mode: string) => mode.startsWith("100");

/**
 * Reads what `git diff --raw -z --no-abbrev` prints.
 * https://git-scm.com/docs/diff-format#_raw_output_format
 */
export function readRawDiff(output: string): readonly FileDifference[] {
  const parts = output.split("\0");
  const differences: FileDifference[] = [];
  for (let index = 0; index + 1 < parts.length;) {
    const [oldMode = "", newMode = "", before = "", , status = ""] = (parts[index] ?? "")
      .replace(/^:/, "")
      .split(" ");
    const hasMoved = /^[RC]/.test(status);
    const first = parts[index + 1] ?? "";
    const path = hasMoved ? (parts[index + 2] ?? "") : first;
    index += hasMoved ? 3 : 2;
    differences.push({
      path,
      ...(status.startsWith("R") ? { from: first } : {}),
      ...(isFileMode(oldMode) ? { before } : {}),
      exists: isFileMode(newMode),
    });
  }
  return differences;
}
