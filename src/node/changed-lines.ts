/** Lines of one file, one-based, `end` behind the last. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
};

/**
 * The lines that a diff added or replaced, by path as git has it. Takes what
 * `git diff --unified=0 --src-prefix=a/ --dst-prefix=b/` prints; what was only taken out has no lines.
 * https://git-scm.com/docs/diff-format#generate_patch_text_with_p
 */
export function changedLines(diff: string): ReadonlyMap<string, readonly LineSpan[]> {
  const spans = new Map<string, LineSpan[]>();
  let current: LineSpan[] = [];
  // Lines of a hunk are counted, since their text may look like a header.
  let left = 0;
  for (const line of diff.split("\n")) {
    const [, removed = "1", start = "", added = "1"] =
      /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(left > 0 ? "" : line) ?? [];
    if (start !== "") {
      left = Number(removed) + Number(added);
      if (added !== "0") current.push({ start: Number(start), end: Number(start) + Number(added) });
    } else if (left > 0) {
      if (/^[-+]/.test(line)) left -= 1;
    } else if (line.startsWith("+++ ")) {
      current = [];
      const path = destinationOf(line.slice("+++ ".length));
      if (path !== undefined) spans.set(path, current);
    }
  }
  return spans;
}

/** Behind a path with blanks git puts a tab. A file that is gone is `/dev/null`. */
function destinationOf(written: string): string | undefined {
  const path = written.startsWith('"') ? unquote(written) : written.replace(/\t$/, "");
  return path.startsWith("b/") ? path.slice(2) : undefined;
}

/** Paths with quotes, backslashes or control characters are quoted as in C. */
function unquote(quoted: string): string {
  const bytes: number[] = [];
  const part = /\\([0-7]{3}|.)|[^"\\]+/gu;
  for (const [text, escape] of quoted.slice(1).matchAll(part)) {
    if (escape === undefined) bytes.push(...Buffer.from(text));
    else if (/^[0-7]{3}$/.test(escape)) bytes.push(parseInt(escape, 8));
    else bytes.push(ESCAPES[escape] ?? escape.charCodeAt(0));
  }
  return Buffer.from(bytes).toString("utf8");
}
