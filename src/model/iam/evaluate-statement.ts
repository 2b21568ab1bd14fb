import { satisfies, and, not, or, type Ternary } from "../../values/ternary.js";
import { conditionHolds, type ContextValue } from "./evaluate-condition.js";
import type { PolicyElement, PolicyStatement } from "./policy-document.js";
import { inLowerCase, matchesPattern, type PolicyText } from "./policy-text.js";

/**
 * One thing that IAM decides: an action on one resource. A call such as RunInstances is several of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface AccessRequest {
  /** Undefined stands for one that each statement is about. */
  readonly action?: string;
  /** `instance/i-0abc`, without what goes before it in the ARN; undefined for one that each statement is about. */
  readonly resource?: string;
  /** Whether the ARN names an account: images and snapshots have none. */
  readonly hasAccount?: boolean;
  /** What the request has for a key, whose name is in lower case. */
  readonly context: (key: string) => ContextValue;
}

/** Whether a statement is about the request: its action, its resource, and all conditions hold. */
export function statementMatches(statement: PolicyStatement, request: AccessRequest): Ternary {
  return and(
    actionMatches(statement, request),
    resourceMatches(statement, request),
    conditionsHold(statement, request),
  );
}

/** Whether the action is one that the statement is about, in any case. */
export function actionMatches({ action }: PolicyStatement, request: AccessRequest): Ternary {
  const name = request.action?.toLowerCase();
  if (name === undefined) return "yes";
  return elementMatches(action, (text) => matchesPattern(inLowerCase(text), name));
}

/**
 * Whether the resource is one that the statement is about. The request is made in the partition, Region
 * and account that a statement names, so that these never tell.
 */
export function resourceMatches({ resource }: PolicyStatement, request: AccessRequest): Ternary {
  const { resource: name, hasAccount = true } = request;
  if (name === undefined) return "yes";
  const arn = `arn:aws:ec2:us-east-1:${hasAccount ? "111122223333" : ""}:${name}`;
  return elementMatches(resource, (text) =>
    matchesPattern(resource.isNegated ? text : withoutPlace(text, hasAccount), arn),
  );
}

/** Whether all conditions of the statement hold. */
export function conditionsHold(statement: PolicyStatement, request: AccessRequest): Ternary {
  const answers = statement.conditions.map((condition) =>
    conditionHolds(condition, request.context(condition.key.toLowerCase())),
  );
  return and(...answers, ...(statement.open === undefined ? [] : ["unknown" as const]));
}

/** Whether a Deny of one of the statements is about the request: it then counts more than any Allow. */
export function isDenied(statements: readonly PolicyStatement[], request: AccessRequest): Ternary {
  return anyMatches(statements, "Deny", request);
}

/** Whether an Allow of one of the statements is about the request. */
export function isAllowed(statements: readonly PolicyStatement[], request: AccessRequest): Ternary {
  return anyMatches(statements, "Allow", request);
}

function anyMatches(
  statements: readonly PolicyStatement[],
  effect: "Allow" | "Deny",
  request: AccessRequest,
): Ternary {
  return or(
    ...statements.map((statement) => {
      const isEffect = satisfies(statement.effect, (written) => written === effect);
      return isEffect === "no" ? "no" : and(isEffect, statementMatches(statement, request));
    }),
  );
}

function elementMatches(
  { texts, isNegated, open }: PolicyElement,
  matches: (text: PolicyText) => Ternary,
): Ternary {
  const isAmong = or(...texts.map(matches), ...(open === undefined ? [] : ["unknown" as const]));
  return isNegated ? not(isAmong) : isAmong;
}

/** The ARN's pattern for any partition, Region and, where there is one, account; what is left out stays so. */
function withoutPlace(text: PolicyText, hasAccount: boolean): PolicyText {
  const sections: (string | undefined)[][] = [[]];
  for (const piece of text.pieces) {
    const [first, ...others] = piece?.split(":") ?? [undefined];
    sections.at(-1)?.push(first);
    for (const other of others) sections.push([other]);
  }
  if (sections.length < 6) return text;
  const [scheme = [], , service = [], region = [], account = [], ...rest] = sections;
  const anywhere = [
    scheme,
    ["*"],
    service,
    isEmpty(region) ? region : ["*"],
    isEmpty(account) || !hasAccount ? account : ["*"],
    ...rest,
  ];
  const pieces = anywhere.flatMap((section, index) => (index === 0 ? section : [":", ...section]));
  return { ...text, pieces };
}

function isEmpty(section: readonly (string | undefined)[]): boolean {
  return section.every((piece) => piece === "");
}
