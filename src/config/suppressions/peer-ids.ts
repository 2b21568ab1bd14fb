import type { PeerTool } from "../../findings/peer-tool.js";
import type { RuleMetadata } from "../../rules/define-rule.js";

/** Which rules of ours mean the same as other tools' rules. */
export class PeerIds {
  readonly #rules: readonly RuleMetadata[];

  constructor(rules: readonly RuleMetadata[]) {
    this.#rules = rules;
  }

  /** The rules of ours that have an id of one of the tools which is accepted. */
  matching(tools: readonly PeerTool[], accepts: (id: string) => boolean): readonly string[] {
    return this.#rules
      .filter(({ peers = {} }) => tools.some((tool) => peers[tool]?.some(accepts) === true))
      .map(({ id }) => id);
  }
}
