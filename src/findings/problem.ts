import type { Origin } from "../values/origin.js";
import type { UnknownReason } from "../values/value.js";
import type { ProposedFix } from "./fix.js";

/** What a rule yields. */
export type Problem<MessageId extends string = string> =
  Failure<MessageId> | OpenQuestion<MessageId>;

/** The rule is violated. */
export interface Failure<MessageId extends string> extends ProblemBase<MessageId> {
  readonly kind: "fail";
  /** What would put it right, where that is certain. */
  readonly fix?: ProposedFix | undefined;
  /** It counts only if it holds in every scenario in which the resource exists. */
  readonly mustAlwaysHold?: true;
}

/** There is not enough information to decide. */
export interface OpenQuestion<MessageId extends string> extends ProblemBase<MessageId> {
  readonly kind: "open";
  /** Why; fills the placeholder `{reason}`. An invalid value is reported elsewhere and leaves no open result. */
  readonly reason: UnknownReason;
}

interface ProblemBase<MessageId extends string> {
  readonly message: MessageId;
  /** Fills the message's placeholders. */
  readonly data?: Readonly<Record<string, string>>;
  /** The deciding end of the chain is where to change something, and where the finding stands. */
  readonly at: Origin;
  /** What it is about, in the model's spelling (`httpTokens`); part of the finding's identity. */
  readonly option: string;
  /** Further places that take part. */
  readonly related?: readonly RelatedOrigin[];
}

/** A further place, and what it has to do with the problem. */
export interface RelatedOrigin {
  readonly message: string;
  readonly origin: Origin;
}
