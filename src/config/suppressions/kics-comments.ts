import type { PeerIds } from "./peer-ids.js";
import type { CommentLine } from "./file-structure.js";
import type { Surroundings } from "./surroundings.js";
import type { WrittenSuppression } from "./written-suppression.js";

/**
 * `kics-scan ignore`, `disable=<ids>` and `enable=<ids>` in the comments a file begins with;
 * `kics-scan ignore-block` and `ignore-line` before what they cover. All but `disable` name no query.
 * https://docs.kics.io/latest/running-kics/#using_commands_on_scanned_files_as_comments
 */
export function kicsComments(
  surroundings: Surroundings,
  peerIds: PeerIds,
): readonly WrittenSuppression[] {
  const beginning = surroundings.nextText(startOf(surroundings.file.text));
  const commands = surroundings.structure.comments.flatMap((line) => {
    const [, name, list = ""] = /^kics-scan\s+([a-z-]+)(?:=(.*))?$/.exec(line.text) ?? [];
    const ids = new Set(list.split(",").map((id) => id.trim().toLowerCase()));
    const isAtBeginning = line.comment.start < beginning;
    return name === undefined ? [] : [{ line, name, ids, isAtBeginning }];
  });
  const whole = { scope: "file", covers: surroundings.whole } as const;
  // Where a query is both enabled and disabled, it is enabled.
  const isEnabled = (id: string) =>
    commands.some(
      ({ name, ids, isAtBeginning }) => name === "enable" && isAtBeginning && ids.has(id),
    );
  return commands.flatMap(({ line, name, ids, isAtBeginning }) => {
    const wildcard = `kics-scan ${name}`;
    switch (name) {
      case "ignore":
        return isAtBeginning ? silence(line, whole, () => true, wildcard) : [];
      case "disable":
        return isAtBeginning ? silence(line, whole, (id) => ids.has(id) && !isEnabled(id)) : [];
      case "enable":
        return isAtBeginning ? silence(line, whole, (id) => !isEnabled(id), wildcard) : [];
      case "ignore-line":
        return silence(line, lineBelow(line, surroundings), () => true, wildcard);
      case "ignore-block":
        return silence(line, blockBelow(line, surroundings), () => true, wildcard);
      default:
        return [];
    }
  });

  function silence(
    { range }: CommentLine,
    target: Target | undefined,
    accepts: (id: string) => boolean,
    wildcard?: string,
  ): readonly WrittenSuppression[] {
    const ruleIds = peerIds.matching(["kics"], (id) => accepts(id.toLowerCase()));
    if (target === undefined || ruleIds.length === 0) return [];
    const { path } = surroundings.file;
    const location = { path, range };
    const names = wildcard === undefined ? {} : { wildcard };
    return [{ source: "kics", ruleIds, ...target, path, location, ...names }];
  }
}

type Target = Pick<WrittenSuppression, "scope" | "covers">;

/** KICS wants `---` before the comments on a whole YAML document. */
function startOf(text: string): number {
  return /^(?:\s|#.*)*---/.exec(text)?.[0].length ?? 0;
}

function lineBelow({ comment }: CommentLine, surroundings: Surroundings): Target {
  return { scope: "line", covers: surroundings.lineRange(surroundings.lineBelow(comment)) };
}

function blockBelow({ comment }: CommentLine, surroundings: Surroundings): Target | undefined {
  const next = surroundings.nextText(comment.end);
  const element = surroundings.structure.elements.find(({ range }) => range.start === next);
  return element === undefined ? undefined : { scope: "element", covers: element.range };
}
