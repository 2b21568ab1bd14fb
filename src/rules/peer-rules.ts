import type { RuleMetadata } from "./define-rule.js";

/** Other tools' rules of the same meaning, each as `checkov CKV_AWS_79`. */
export function peerRules(peers: NonNullable<RuleMetadata["peers"]>): readonly string[] {
  return Object.entries(peers).flatMap(([tool, ids]) => ids.map((id) => `${tool} ${id}`));
}
