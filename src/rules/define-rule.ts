import type { ComparedTool } from "../findings/peer-tool.js";
import type { Problem } from "../findings/problem.js";
import type { Severity } from "../findings/severity.js";
import type { AccountDefaults } from "../model/account-defaults.js";
import type { DeclaredProperty } from "../model/declared-property.js";
import type { DeclaredSuppression } from "../model/declared-suppression.js";
import type { Image } from "../model/image.js";
import type { PolicyDocument } from "../model/iam/policy-document.js";
import type { NeededFacts } from "../model/launch-fact.js";
import type { LaunchSpecification } from "../model/launch-specification.js";
import type { LaunchResource } from "../model/launch-resource.js";

/**
 * What a rule is about: an IMDS that is open (`exposure`), a template that AWS will reject
 * (`validity`), or one that works for reasons it does not state (`hygiene`).
 */
export type RuleCategory = "exposure" | "validity" | "hygiene";

/** What a rule can look at, by the name of its `subject`. */
export interface RuleSubjects {
  /** What EC2 launches instances from, with what is inherited; of what is deployed. */
  readonly "launch-specification": LaunchSpecification;
  /** The same of modules, as their defaults alone would have it. */
  readonly "module-defaults": LaunchSpecification;
  /** The same of what another value of one parameter or variable would give. */
  readonly "other-values": LaunchSpecification;
  /** One property as it is written, beside what CloudFormation takes there. */
  readonly property: DeclaredProperty;
  /** What an account or an organization sets for instances that say nothing. */
  readonly "account-defaults": AccountDefaults;
  /** What a policy of IAM or of an organization says, with those it counts together with. */
  readonly "policy-document": PolicyDocument;
  /** An image that is registered. */
  readonly image: Image;
  /** A suppression of ours for one rule. */
  readonly suppression: DeclaredSuppression;
}

/** The name of what a rule looks at. */
export type RuleSubject = keyof RuleSubjects;

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
  /** Of a rule on launches: what a type of resource must be able to say of these; else the rule does not apply. */
  readonly needs?: NeededFacts;
  /** Rules whose failures at the same place say it all. */
  readonly yieldsTo?: readonly string[];
  readonly severity: Severity;
  /** It runs only where somebody asks for it, with `--rule` or in a stricter configuration. */
  readonly isOffByDefault?: true;
  /** Of such a rule: the preset `strict` does not ask for it either. */
  readonly isOffInStrict?: true;
  /** What the control is called in benchmarks: `FSBP EC2.8`, `CIS AWS 5.0.0 5.7`, `PCI DSS 4.0.1 2.2.6`. */
  readonly controls?: readonly string[];
  /** What other tools' rules of the same meaning are called, by tool: `checkov` → `CKV_AWS_79`. */
  readonly peers?: Readonly<Partial<Record<ComparedTool, readonly string[]>>>;
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
  /** What can be set of it, by name. */
  readonly options?: RuleOptionDefinitions;
}

/** A number that somebody can set, as a JSON Schema. */
export interface IntegerOption {
  readonly type: "integer";
  readonly description: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  /** What the preset `strict` sets it to. */
  readonly strict?: number;
}

/** What can be set of a rule beside its severity, by name. */
export type RuleOptionDefinitions = Readonly<Record<string, IntegerOption>>;

/** The values that options have. */
export type RuleOptions<Definitions extends RuleOptionDefinitions = RuleOptionDefinitions> = {
  readonly [Name in keyof Definitions]: number;
};

/** A rule that the engine can run on one kind of subject. Rules are stateless and never throw. */
export interface RuleOn<Subject extends RuleSubject> extends RuleMetadata {
  readonly subject: Subject;
  /** Yields what is wrong with one subject, in the scenario of the moment. */
  check(this: void, subject: RuleSubjects[Subject]): Iterable<Problem>;
  /** The same rule with other values for its options; absent where it has none. */
  readonly withOptions?: (options: RuleOptions) => RuleOn<Subject>;
}

/** Any rule; `subject` says what its `check` takes. */
export type Rule = { readonly [Subject in RuleSubject]: RuleOn<Subject> }[RuleSubject];

/** A rule as it is written: only message ids that exist can be reported. */
export interface RuleDefinition<
  Subject extends RuleSubject,
  Messages extends RuleMessages,
  Options extends RuleOptionDefinitions,
> extends RuleMetadata {
  readonly subject: Subject;
  readonly messages: Messages;
  readonly options?: Options;
  check(
    this: void,
    subject: RuleSubjects[Subject],
    options: RuleOptions<Options>,
  ): Iterable<Problem<keyof Messages & string>>;
}

/** Makes a rule of its definition, so that a misspelt message id does not compile. */
export function defineRule<
  Subject extends RuleSubject,
  const Messages extends RuleMessages,
  const Options extends RuleOptionDefinitions = RuleOptionDefinitions,
>(definition: RuleDefinition<Subject, Messages, Options>): RuleOn<Subject> {
  const { check, options, ...metadata } = definition;
  const bind = (values: RuleOptions): RuleOn<Subject> => {
    const all = { ...defaultsOf(options), ...values } as RuleOptions<Options>;
    return {
      ...metadata,
      ...(options === undefined ? {} : { options, withOptions: bind }),
      check: (subject) => check(subject, all),
    };
  };
  return bind({});
}

function defaultsOf(options: RuleOptionDefinitions = {}): RuleOptions {
  return Object.fromEntries(
    Object.entries(options).map(([name, definition]) => [name, definition.default]),
  );
}
