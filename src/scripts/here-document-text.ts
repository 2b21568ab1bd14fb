import { runOf } from "./program-of.js";
import type { ShellCommand } from "./shell-script.js";

/** Files for people to read. */
const PROSE =
  /(?:^|\/)(?:motd|issue|issue\.net|banner|readme[^/]*|[^/]*\.(?:md|txt|log|rst|html?|adoc))$/i;

/**
 * The commands of a script without the lines of those here-documents that nobody runs: they are shown, or written
 * to files for people.
 */
export function withoutProse(
  commands: readonly ShellCommand[],
  text: string,
): readonly ShellCommand[] {
  const prose = new Set(
    commands
      .filter((command, index) => isProse(command, commands[index + 1], text))
      .map(({ words }) => words),
  );
  if (prose.size === 0) return commands;
  return commands.filter(
    ({ hereDocumentOf }) => hereDocumentOf === undefined || !prose.has(hereDocumentOf.words),
  );
}

function isProse(command: ShellCommand, next: ShellCommand | undefined, text: string): boolean {
  const { redirections, words, range } = command;
  if (!redirections.some(({ operator }) => /^<<-?$/.test(operator))) return false;
  const files = filesWrittenBy(command);
  if (files.length > 0) return files.every((file) => PROSE.test(file));
  const isShown = words.length === 1 && words[0]?.text === "cat" && next?.before !== "|";
  // `{ cat <<END …; } > file`, which hands on what it is given.
  if (/^[ \t]*(?:[})]|done|fi)[ \t]*(?:>|\|(?!\|))/m.test(text)) return false;
  // What a substitution takes may be run all the same.
  return isShown && !/[(`]\s*$/.test(text.slice(Math.max(0, range.start - 20), range.start));
}

/** The files that a command writes what it is given to, by redirection or as `tee`; not what goes to a pipe. */
export function filesWrittenBy({
  words,
  redirections,
}: Pick<ShellCommand, "words" | "redirections">): readonly string[] {
  const run = runOf(
    words,
    (word) => word,
    (name) => name === "tee",
  );
  const targets = redirections
    .filter(({ operator }) => /^1?(?:&>>?|>[>|]?)$/.test(operator))
    .map(({ target }) => target);
  if (run?.kind !== "program" || run.name !== "tee") return targets;
  const files = run.parameters.map((word) => word.text).filter((word) => !word.startsWith("-"));
  // `tee file > /dev/null`
  return files.length > 0 ? files : targets;
}
