/** A finding that a fixture announces. Lines and columns are zero-based, columns in UTF-16 code units. */
export interface ExpectedFinding {
  readonly line: number;
  readonly column: number;
  /** Absent for `<-`, which marks only where the finding starts. */
  readonly endColumn?: number;
  readonly kind: string;
  readonly ruleId: string;
  readonly messageId: string;
  /** Undefined where the finding must hold in all scenarios. */
  readonly when?: string;
}

/**
 * `# ^^^^ fail rule-id message-id when …` below the line it speaks of, or `# <- fail …`, which marks
 * the column of the comment itself.
 */
const annotation = /^(\s*)#(\s*)(\^+|<-) (fail|open) (\S+) (\S+)(?: when (.+))?$/;

/** Reads the findings that comments in a fixture announce, in source order. */
export function readAnnotations(text: string): readonly ExpectedFinding[] {
  const expected: ExpectedFinding[] = [];
  let line = -1;
  for (const [number, content] of text.split(/\r?\n/).entries()) {
    const match = annotation.exec(content);
    if (match === null) {
      line = number;
      continue;
    }
    const [, indent = "", gap = "", mark = "", kind = "", ruleId = "", messageId = "", when] =
      match;
    const column = mark === "<-" ? indent.length : indent.length + 1 + gap.length;
    expected.push({
      line,
      column,
      ...(mark === "<-" ? {} : { endColumn: column + mark.length }),
      kind,
      ruleId,
      messageId,
      ...(when === undefined ? {} : { when }),
    });
  }
  return expected;
}
