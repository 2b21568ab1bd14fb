import type { Origin } from "../../values/origin.js";
import type { UnknownReason } from "../../values/value.js";
import type { LaunchResource } from "../launch-resource.js";
import { type AccessRequest, actionMatches, resourceMatches } from "./evaluate-statement.js";
import { conditionHolds } from "./evaluate-condition.js";
import { type ImdsKey, isOn, speaksOf, spellings } from "./imds-keys.js";
import type {
  OpenPart,
  PolicyCondition,
  PolicyElement,
  PolicyStatement,
} from "./policy-document.js";
import { describeText } from "./policy-text.js";

/** Why a policy cannot do what its conditions on instance metadata are for. */
export type PolicyFault = {
  readonly key: ImdsKey;
  /** The part of the policy that is the reason. */
  readonly at: Origin;
  /** The resource of the same deployment that shows it. */
  readonly launch?: LaunchResource;
} & (
  | {
      /** The request is let through that the condition is against, or refused though it is what the condition wants. */
      readonly kind: "lets-through" | "refuses";
      /** The request that shows it, as messages name it. */
      readonly request: string;
      /** Why, as a clause. */
      readonly cause: string;
    }
  /** No action of the statement has the key in its requests. */
  | { readonly kind: "other-actions"; readonly actions: string }
  /** No request has a key of that name. */
  | { readonly kind: "unknown-key"; readonly written: string }
  /** A number is compared as a text, in a spelling that nobody documents. */
  | { readonly kind: "compared-as-text"; readonly operator: string }
  /** IAM has no such operator. */
  | { readonly kind: "unknown-operator"; readonly operator: string }
  | { readonly kind: "undecided"; readonly reason: UnknownReason }
);

/** A part of a policy, and why it decides as it does. */
export interface Cause {
  readonly at: Origin;
  readonly cause: string;
}

/** Why a statement on `key` is not about a request that it is meant for. */
export function whyNotMatched(
  statement: PolicyStatement,
  request: AccessRequest,
  key: ImdsKey,
): Cause {
  if (actionMatches(statement, request) === "no") {
    const cause = `${statement.action.name} does not cover ${request.action ?? ""}`;
    return { at: statement.action.origin, cause };
  }
  if (resourceMatches(statement, request) === "no") {
    const { name } = statement.resource;
    const cause = `${name} does not cover the instance, which alone has ${spellings[key]}`;
    return { at: placeOf(statement.resource), cause };
  }
  const failing = statement.conditions.find(
    (condition) => conditionHolds(condition, request.context(condition.key.toLowerCase())) === "no",
  );
  const condition = failing ?? conditionOn(statement, key);
  const cause = `${describeCondition(condition)} does not hold for it`;
  return { at: condition?.origin ?? statement.origin, cause };
}

/** Why a statement on `key` is about a request that it is not meant for. */
export function whyMatched(
  statement: PolicyStatement,
  request: AccessRequest,
  key: ImdsKey,
): Cause {
  const resource = request.resource?.split("/")[0];
  if (resource !== undefined && resource !== "instance") {
    const cause = `the ${resource} of a launch never has ${spellings[key]}`;
    return { at: placeOf(statement.resource), cause };
  }
  const condition = conditionOn(statement, key);
  if (condition === undefined) {
    const cause = `${statement.action.name} is allowed without a condition on ${spellings[key]}`;
    return { at: placeOf(statement.action), cause };
  }
  return { at: condition.origin, cause: `${describeCondition(condition)} holds for it` };
}

/** The first part of the statements that is not known for a reason of ours. */
export function firstOpenPart(statements: readonly PolicyStatement[]): OpenPart | undefined {
  for (const { effect, action, resource, conditions, open } of statements) {
    if (effect.state === "unknown") return effect;
    const parts = [action, resource, ...conditions];
    const found = open ?? parts.map(openPart).find((part) => part !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A condition that compares a number on `key` as text, which hangs on how AWS spells it. */
export function comparedAsText(
  statements: readonly PolicyStatement[],
  key: ImdsKey,
): readonly PolicyFault[] {
  const found = statements
    .flatMap(({ conditions }) => conditions)
    .find((each) => isOn(each, key) && /^(?:for\w+:)?string/i.test(each.operator));
  return found === undefined
    ? []
    : [{ kind: "compared-as-text", key, at: found.origin, operator: found.operator }];
}

/** A condition as messages name it: `StringEquals ec2:MetadataHttpTokens "optional"`. */
function describeCondition(condition: PolicyCondition | undefined): string {
  if (condition === undefined) return "the statement";
  const values = condition.values.map((value) => JSON.stringify(describeText(value)));
  return `${condition.operator} ${condition.key} ${values.join(", ")}`;
}

function conditionOn(statement: PolicyStatement, key: ImdsKey): PolicyCondition | undefined {
  return speaksOf(statement, key)
    ? statement.conditions.find((condition) => isOn(condition, key))
    : undefined;
}

/** The only text of an element, else the element. */
function placeOf({ texts, origin }: PolicyElement): Origin {
  const [only, ...others] = texts;
  return only === undefined || others.length > 0 ? origin : only.origin;
}

function openPart({
  texts = [],
  values = [],
  open,
}: Partial<Pick<PolicyElement, "texts" | "open"> & Pick<PolicyCondition, "values">>):
  OpenPart | undefined {
  if (open !== undefined) return open;
  for (const { reason, origin } of [...texts, ...values]) {
    if (reason !== undefined) return { reason, origin };
  }
  return undefined;
}
