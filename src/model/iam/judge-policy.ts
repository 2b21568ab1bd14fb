import { equals, not, or } from "../../values/ternary.js";
import { conditionOperator } from "./condition-operator.js";
import {
  type AccessRequest,
  actionMatches,
  conditionsHold,
  isDenied,
} from "./evaluate-statement.js";
import {
  type ImdsKey,
  imdsKeys,
  isMisspelt,
  speaksOf,
  speaksOfImds,
  spellings,
} from "./imds-keys.js";
import {
  launchRequests,
  modifyDefaults,
  modifyOptions,
  modifyTokensRequest,
  requestDeliveredBy,
} from "./imds-requests.js";
import { launchFaults } from "./judge-launches.js";
import { alone, type Beside, PolicyDecision } from "./policy-decision.js";
import type { PolicyStatement, PolicyStatements } from "./policy-document.js";
import {
  comparedAsText,
  firstOpenPart,
  type PolicyFault,
  whyMatched,
  whyNotMatched,
} from "./policy-fault.js";
import { describeText } from "./policy-text.js";

/**
 * Why a document cannot do what its conditions on instance metadata are for, found by asking what it says to
 * the requests they are about, together with what counts beside it. Nothing where it has no such conditions.
 */
export function policyFaults(
  { statements, open }: PolicyStatements,
  beside: Beside = alone,
): readonly PolicyFault[] {
  const written = statements.flatMap(spellingFaults);
  if (written.length > 0) return written;
  const faults = [
    ...launchFaults(statements, beside),
    ...deliveryFaults(statements, beside),
    ...modificationFaults(statements, beside),
  ];
  const unread = open ?? beside.open;
  if (unread === undefined) return faults;
  // What other statements refuse is not let through; what one refuses, no other grants.
  return faults.map((fault) =>
    fault.kind === "lets-through"
      ? { kind: "undecided", key: fault.key, at: unread.origin, reason: unread.reason }
      : fault,
  );
}

/** Names that IAM does not know, or that no request has. */
function spellingFaults({ conditions }: PolicyStatement): readonly PolicyFault[] {
  return conditions.flatMap((condition): readonly PolicyFault[] => {
    const { key: written, operator, origin: at } = condition;
    const key = Object.values(imdsKeys).find((each) => each === written.toLowerCase());
    if (isMisspelt(condition)) return [{ kind: "unknown-key", key: meant(written), at, written }];
    if (key === undefined || conditionOperator(operator) !== undefined) return [];
    return [{ kind: "unknown-operator", key, at, operator }];
  });
}

/** The key that a misspelt one most likely means. */
function meant(written: string): ImdsKey {
  const name = written.toLowerCase();
  if (name.startsWith("ec2:attribute/")) return imdsKeys.newTokens;
  if (name.includes("hop")) return imdsKeys.hopLimit;
  if (name.includes("endpoint")) return imdsKeys.endpoint;
  return name.includes("role") ? imdsKeys.roleDelivery : imdsKeys.tokens;
}

/** Statements on what delivered the credentials must refuse version 1 and nothing else. */
function deliveryFaults(all: readonly PolicyStatement[], beside: Beside): readonly PolicyFault[] {
  const key = imdsKeys.roleDelivery;
  const speaking = all.filter((statement) => speaksOf(statement, key));
  const denying = speaking.filter(({ effect }) => equals(effect, "Allow") === "no");
  const allowing = speaking.filter(({ effect }) => equals(effect, "Deny") === "no");
  const byVersion1 = requestDeliveredBy(1);
  const byVersion2 = requestDeliveredBy(2);
  const byOthers = requestDeliveredBy(undefined);
  const elsewhere = [...beside.statements, ...beside.limits].filter((each) => speaksOf(each, key));
  // Another document of the same principal refuses what this one does not.
  const isClosed = isDenied(elsewhere, byVersion1) === "yes";
  const faults: PolicyFault[] = [];
  const [deny] = denying;
  const isRefused = (request: AccessRequest) =>
    or(...denying.map((statement) => conditionsHold(statement, request)));
  if (deny !== undefined) {
    const [one, two, others] = [byVersion1, byVersion2, byOthers].map(isRefused);
    const name = two === "yes" ? "a request with credentials delivered by IMDSv2" : OTHERS;
    const request = two === "yes" ? byVersion2 : byOthers;
    if (one === "no") {
      if (isClosed) return [];
      faults.push(letsThrough(key, VERSION_1, whyNotMatched(deny, byVersion1, key)));
    } else if (two === "yes" || others === "yes") {
      const by = denying.find((each) => conditionsHold(each, request) === "yes") ?? deny;
      faults.push(refuses(key, name, whyMatched(by, request, key)));
    } else if (one === "unknown" || two === "unknown" || others === "unknown") {
      faults.push(...undecided(key, denying));
    }
  }
  for (const allow of allowing) {
    const [one, two] = [byVersion1, byVersion2].map((request) => conditionsHold(allow, request));
    if (one === "yes") {
      if (isClosed) continue;
      faults.push(letsThrough(key, VERSION_1, whyMatched(allow, byVersion1, key)));
    } else if (two === "no") {
      const name = "a request with credentials delivered by IMDSv2";
      faults.push(refuses(key, name, whyNotMatched(allow, byVersion2, key)));
    } else if (one === "unknown" || two === "unknown") {
      faults.push(...undecided(key, [allow]));
    }
  }
  return faults;
}

const VERSION_1 = "a request with credentials delivered by IMDSv1";
const OTHERS = "every request whose credentials no instance was given";

/** Statements on what HttpTokens is changed to must refuse `optional` and let `required` through. */
function modificationFaults(
  all: readonly PolicyStatement[],
  beside: Beside,
): readonly PolicyFault[] {
  const key = imdsKeys.newTokens;
  const speaking = all.filter((statement) => speaksOf(statement, key));
  const [first] = speaking;
  if (first === undefined) return [];
  const about = [modifyOptions, modifyDefaults].filter((action) =>
    speaking.some((each) => actionMatches(each, modifyTokensRequest("optional", action)) !== "no"),
  );
  if (about.length === 0) {
    const actions = first.action.texts.map(describeText).join(", ");
    const at = first.action.texts[0]?.origin ?? first.action.origin;
    return [{ kind: "other-actions", key, at, actions }];
  }
  const launch = launchRequests({ httpTokens: "required" });
  const stopped = new PolicyDecision(speaking, []).denying(launch);
  if (stopped !== undefined)
    return [refuses(key, "every launch, whatever its HttpTokens", whyMatched(...stopped, key))];
  const decision = new PolicyDecision(speaking, [...all, ...beside.statements]);
  const together = PolicyDecision.together(speaking, all, beside);
  return about.slice(0, 1).flatMap((action) => {
    const toOptional = modifyTokensRequest("optional", action);
    const toRequired = modifyTokensRequest("required", action);
    const optional = together.isBlocked([toOptional]);
    const required = decision.isBlocked([toRequired]);
    const allowing = decision.allowing(toOptional);
    if (optional === "no") {
      const cause =
        allowing === undefined
          ? whyNotMatched(first, toOptional, key)
          : whyMatched(allowing, toOptional, key);
      return [letsThrough(key, `${action} with HttpTokens optional`, cause)];
    }
    if (required === "yes") {
      const denying = decision.denying([toRequired])?.[0];
      const cause =
        denying === undefined
          ? whyNotMatched(first, toRequired, key)
          : whyMatched(denying, toRequired, key);
      return [refuses(key, `${action} with HttpTokens required`, cause)];
    }
    return optional === "unknown" || required === "unknown" ? undecided(key, speaking) : [];
  });
}

/** Whether the statements keep anybody from making tokens optional; `unknown` where that cannot be said. */
export function refusesOptOut(statements: readonly PolicyStatement[], isAllowList: boolean) {
  const isStopped = deniesChange(statements, modifyOptions);
  if (!isAllowList) return isStopped;
  const request = modifyTokensRequest("optional");
  return or(isStopped, not(new PolicyDecision(statements, statements).isAllowed(request)));
}

/**
 * Whether the statements deny making tokens optional by that action. What denies much else under a condition
 * of another kind, such as all that the root user does, is not against it.
 */
export function deniesChange(statements: readonly PolicyStatement[], action: string) {
  return isDenied(statements.filter(isAgainstChanges), modifyTokensRequest("optional", action));
}

function isAgainstChanges(statement: PolicyStatement): boolean {
  const { action, conditions } = statement;
  if (conditions.length === 0 || speaksOfImds(statement)) return true;
  return action.texts.some((text) => /^ec2:modifyinstancemeta/i.test(describeText(text)));
}

type Shown = { readonly at: PolicyFault["at"]; readonly cause: string };

function letsThrough(key: ImdsKey, request: string, cause: Shown): PolicyFault {
  return { kind: "lets-through", key, request, ...cause };
}

function refuses(key: ImdsKey, request: string, cause: Shown): PolicyFault {
  return { kind: "refuses", key, request, ...cause };
}

function undecided(key: ImdsKey, statements: readonly PolicyStatement[]): readonly PolicyFault[] {
  const open = firstOpenPart(statements);
  return open === undefined
    ? key === imdsKeys.roleDelivery
      ? comparedAsText(statements, key)
      : []
    : [{ kind: "undecided", key, reason: open.reason, at: open.origin }];
}

/** What to write for conditions on a key to do what they are for, as an order. */
export function adviceFor(key: ImdsKey): string {
  const name = spellings[key];
  switch (key) {
    case imdsKeys.tokens:
      return `deny ec2:RunInstances on arn:aws:ec2:*:*:instance/* with StringNotEquals ${name} "required"`;
    case imdsKeys.hopLimit:
      return `deny ec2:RunInstances on arn:aws:ec2:*:*:instance/* with NumericGreaterThan ${name}`;
    case imdsKeys.endpoint:
      return `deny ec2:RunInstances on arn:aws:ec2:*:*:instance/* with a condition on ${name} that only what you do not want meets`;
    case imdsKeys.roleDelivery:
      return `deny with NumericLessThan ${name} "2.0"`;
    case imdsKeys.newTokens:
      return `deny ec2:ModifyInstanceMetadataOptions on arn:aws:ec2:*:*:instance/* with StringNotEquals ${name} "required" and Null ${name} "false"`;
  }
}
