import type { Location } from "../source/text-range.js";
import type { OriginStep } from "../values/origin.js";
import type { Fix } from "./fix.js";
import type { Severity } from "./severity.js";

/** A result of the run: a rule is violated, or cannot be decided. */
export interface Finding {
  readonly ruleId: string;
  /** SARIF's words: violated, or not enough information to decide. */
  readonly kind: "fail" | "open";
  readonly severity: Severity;
  /** What is wrong, on what, and why it matters; in one clause. */
  readonly message: string;
  /** What to write at `location`, in one clause; open results have none. */
  readonly advice?: string;
  /** Which of the rule's messages it is. */
  readonly messageId: string;
  /** Where to change something. */
  readonly location: Location;
  /** The resource at fault; the first of `resources`. */
  readonly resource: FindingResource;
  /** Every resource that the same place makes wrong. */
  readonly resources: readonly FindingResource[];
  /** The scenario in which it holds, behind "when"; absent where it holds in all. */
  readonly when?: string;
  /** From the place of use to the deciding place, which is `location`. */
  readonly chain: readonly ChainStep[];
  /** Further places that take part, such as the option that makes an instance type matter. */
  readonly related: readonly RelatedLocation[];
  /** Of an open result: every rule that hangs on the same unknown, `ruleId` among them. */
  readonly decides: readonly string[];
  /** The edits that put it right; absent where none are certain. */
  readonly fix?: Fix;
  /** Hexadecimal SHA-256 over rule, file, address without instance keys, option, and `open` if it is. */
  readonly fingerprint: string;
}

/** A resource by name. */
export interface FindingResource {
  readonly address: string;
  readonly type: string;
  readonly location: Location;
  /** The path of the CDK construct it was synthesised from. */
  readonly construct?: string;
  /** The headers of the module calls, or the names of the nested stacks, that lead there, the innermost last. */
  readonly calls?: readonly Location[];
}

/** One place on the way from the option to what decides it. */
export interface ChainStep {
  readonly step: OriginStep;
  /** A clause such as "variable tokens defaults to "optional"". */
  readonly message: string;
  readonly location: Location;
}

/** A further place with what it has to do with the finding. */
export interface RelatedLocation {
  readonly message: string;
  readonly location: Location;
}
