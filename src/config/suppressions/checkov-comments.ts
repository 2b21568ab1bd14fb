import type { TextRange } from "../../source/text-range.js";
import type { Element } from "./file-structure.js";
import type { PeerIds } from "./peer-ids.js";
import type { Surroundings } from "./surroundings.js";
import type { WrittenSuppression } from "./written-suppression.js";

/** https://github.com/bridgecrewio/checkov/blob/main/checkov/common/util/consts.py and its enums */
const directive =
  /(?:checkov|bridgecrew|cortex):skip= *([A-Za-z_\d-]+(?:,[A-Za-z_\d-]+)*)(?::([^\n]*))?/;

/**
 * `checkov:skip=CKV_AWS_79:reason` in the body of a resource or module call, which it covers. Above the
 * block checkov does not see it, nor do we.
 * https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
 */
export function checkovComments(
  surroundings: Surroundings,
  peerIds: PeerIds,
): readonly WrittenSuppression[] {
  const { path } = surroundings.file;
  return surroundings.structure.comments.flatMap(({ text, range, comment }) => {
    const [, ids = "", reason = ""] = directive.exec(text) ?? [];
    const element = ids === "" ? undefined : surroundings.declaredAround(comment);
    if (element === undefined || !isInBody(comment, element, surroundings)) return [];
    const ruleIds = peerIds.matching(["checkov"], (id) => ids.split(",").includes(id));
    if (ruleIds.length === 0) return [];
    return {
      source: "checkov",
      ruleIds,
      scope: "element",
      path,
      covers: element.range,
      location: { path, range },
      ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    };
  });
}

/** Of HCL, checkov does not look at the lines of the braces. */
function isInBody(comment: TextRange, { range }: Element, surroundings: Surroundings): boolean {
  if (surroundings.structure.isIndented) return true;
  const line = surroundings.lineOf(comment.start);
  return line > surroundings.lineOf(range.start) && line < surroundings.lineOf(range.end);
}
