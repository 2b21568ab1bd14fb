import type { Problem } from "../findings/problem.js";
import type { Severity } from "../findings/severity.js";
import type { LaunchResource, LaunchSpecification } from "../model/launch-specification.js";

/**
 * What a rule is about: an IMDS that is open (`exposure`), a template that AWS will reject
 * (`validity`), or one that works for reasons it does not state (`hygiene`).
 */
export type RuleCategory = "exposure" | "validity" | "hygiene";

/**
 * What a rule looks at: the launch specifications of what is deployed, or those of modules as their
 * defaults alone would have them.
 */
export type RuleSubject = "launch-specification" | "module-defaults";

/** One thing a rule can say. Both parts are clauses, and may have `{placeholder}`s. */
export interface RuleMessage {
  /** What is wrong, on what, and why it matters. */
  readonly says: string;
  /** What to write, as an order; open questions have none. */
  readonly advice?: string;
}

/** What a rule can say, by id. */
export type RuleMessages = Readonly<Record<string, RuleMessage>>;

/** Everything about a rule but how it checks; docs, SARIF and the command line read it. */
export interface RuleMetadata {
  /** Kebab-case; also the file's, the fixtures' and the docs page's name. */
  readonly id: string;
  readonly subject: RuleSubject;
  /** The languages it has something to say on; by default all. */
  readonly dialects?: readonly LaunchResource["dialect"][];
  /** Rules whose failures at the same place say it all. */
  readonly yieldsTo?: readonly string[];
  readonly severity: Severity;
  readonly category: RuleCategory;
  /** The release it came with. */
  readonly since: string;
  /** One sentence that says what must hold. */
  readonly summary: string;
  /** Markdown: why it matters. */
  readonly rationale: string;
  /** Markdown: when the rule cannot tell. */
  readonly undecided: string;
  /** https://nvd.nist.gov/vuln-metrics/cvss score of an exposure, 0.1 to 10. */
  readonly securitySeverity?: number;
  /** https://cwe.mitre.org numbers. */
  readonly cwe?: readonly number[];
  readonly sources: readonly string[];
  readonly messages: RuleMessages;
}

/** A rule that the engine can run. Rules are stateless and never throw. */
export interface Rule extends RuleMetadata {
  /** Yields what is wrong with one launch specification, in the scenario of the moment. */
  check(this: void, launch: LaunchSpecification): Iterable<Problem>;
}

/** A rule as it is written: only message ids that exist can be reported. */
export interface RuleDefinition<Messages extends RuleMessages> extends RuleMetadata {
  readonly messages: Messages;
  check(this: void, launch: LaunchSpecification): Iterable<Problem<keyof Messages & string>>;
}

/** Makes a rule of its definition, so that a misspelt message id does not compile. */
export function defineRule<const Messages extends RuleMessages>(
  definition: RuleDefinition<Messages>,
): Rule {
  return definition;
}
