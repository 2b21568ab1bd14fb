import type { Origin } from "../values/origin.js";

/** What a rule yields. */
export interface Problem<MessageId extends string = string> {
  /**
   * `fail`: the rule is violated. `open`: there is not enough information to decide (SARIF's words).
   */
  readonly kind: "fail" | "open";
  readonly message: MessageId;
  /** Fills the message's placeholders. */
  readonly data?: Readonly<Record<string, string>>;
  /** The deciding end of the chain is where to change something, and where the finding stands. */
  readonly at: Origin;
  /** The option in question, in the model's spelling; part of the finding's identity. */
  readonly option: string;
  /** Further places that take part. */
  readonly related?: readonly Origin[];
}
