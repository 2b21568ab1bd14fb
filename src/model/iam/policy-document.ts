import type { Origin } from "../../values/origin.js";
import type { Ternary } from "../../values/ternary.js";
import type { UnknownReason, Value } from "../../values/value.js";
import type { LaunchResource } from "../launch-resource.js";
import type { LaunchSpecification } from "../launch-specification.js";
import type { WrongWord } from "./wrong-word.js";
import type { PolicyText } from "./policy-text.js";

/**
 * An IAM policy document of a resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  /** A service control policy grants nothing; it says what may be granted. A declarative one has no statements. */
  readonly kind: "identity-policy" | "service-control-policy" | "declarative-policy";
  readonly resource: LaunchResource;
  readonly exists: () => Ternary;
  /** In the scenario of the moment. */
  readonly read: () => PolicyStatements;
  /** One group for each principal or target it is attached to, one where none is known; it is in each of them. */
  readonly groups: () => readonly PolicyGroup[];
  /** What its deployment launches. */
  readonly launches: () => readonly LaunchSpecification[];
  /** What is wrong with texts on instance metadata that are no JSON, so that AWS refuses them. */
  readonly malformed: () => readonly MalformedText[];
  /** Of a declarative policy: what is misspelt. */
  readonly wrongWords?: () => readonly WrongWord[];
}

/** A text that is no JSON. */
export interface MalformedText {
  /** What is wrong: a clause. */
  readonly message: string;
  readonly at: Origin;
}

/** The documents that count together for one principal or target. */
export interface PolicyGroup {
  readonly documents: readonly PolicyDocument[];
  /** Permissions boundaries of the principal: what they deny counts, and they grant nothing. */
  readonly limits: readonly PolicyDocument[];
  /** Others of the deployment, which may be attached to the same. */
  readonly perhaps: readonly PolicyDocument[];
}

/** What a document says. */
export interface PolicyStatements {
  readonly statements: readonly PolicyStatement[];
  /** Why there may be more statements than these, or other ones. */
  readonly open?: OpenPart;
}

/** Why something is not known, and where. */
export interface OpenPart {
  readonly reason: UnknownReason;
  readonly origin: Origin;
}

/** One statement. */
export interface PolicyStatement {
  readonly origin: Origin;
  readonly effect: Value<string>;
  readonly action: PolicyElement;
  readonly resource: PolicyElement;
  /** All of them must hold. */
  readonly conditions: readonly PolicyCondition[];
  /** Why there may be more conditions than these. */
  readonly open?: OpenPart;
}

/** `Action`, `NotAction`, `Resource` or `NotResource`: what a statement is about. */
export interface PolicyElement {
  readonly name: string;
  readonly isNegated: boolean;
  readonly texts: readonly PolicyText[];
  /** Why there may be more texts than these. */
  readonly open?: OpenPart;
  readonly origin: Origin;
}

/** `"StringEquals": { "ec2:MetadataHttpTokens": ["required"] }`. */
export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly PolicyText[];
  /** Why there may be more values than these. */
  readonly open?: OpenPart;
  readonly origin: Origin;
}
