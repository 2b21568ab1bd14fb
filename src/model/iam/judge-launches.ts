import { type AccessRequest, actionMatches } from "./evaluate-statement.js";
import { type ImdsKey, imdsKeys, speaksOf } from "./imds-keys.js";
import {
  instanceRequest,
  isAboutVolume,
  type LaunchCall,
  launchRequests,
  runInstances,
} from "./imds-requests.js";
import { instanceActions } from "./instance-actions.js";
import { type Beside, PolicyDecision } from "./policy-decision.js";
import type { PolicyStatement } from "./policy-document.js";
import {
  comparedAsText,
  firstOpenPart,
  type PolicyFault,
  whyMatched,
  whyNotMatched,
} from "./policy-fault.js";
import { describeText } from "./policy-text.js";

/** The keys of metadata options that a launch has. */
export const launchKeys = [imdsKeys.tokens, imdsKeys.hopLimit, imdsKeys.endpoint] as const;

/** All there are. */
const hopLimits = Array.from({ length: 64 }, (_, index) => index + 1);

/** A call, and what messages call it. */
interface NamedCall {
  readonly call: LaunchCall;
  readonly name: string;
}

/** What statements on one key are for. */
interface Purpose {
  readonly key: ImdsKey;
  /** Of each group at least one launch must be refused. */
  readonly refused: readonly (readonly NamedCall[])[];
  /** At least one of them must be let through. */
  readonly granted: readonly NamedCall[];
  readonly grantedName: string;
}

/** Whether statements on a launch's options do what they are for; one fault for each of their keys. */
export function launchFaults(
  all: readonly PolicyStatement[],
  beside: Beside,
): readonly PolicyFault[] {
  const judged = new Set<PolicyStatement>();
  return launchKeys.flatMap((key) => {
    const speaking = all.filter((statement) => speaksOf(statement, key));
    // What two options are asked of together is judged by the first of them.
    if (speaking.length === 0 || speaking.some((statement) => judged.has(statement))) return [];
    const launching = speaking.filter(isAboutLaunches);
    for (const statement of launching) judged.add(statement);
    if (launching.length === 0) return otherActions(speaking, key);
    return faultsOf(purposeOf(key, launching), launching, all, beside);
  });
}

/** Whether launches that leave the hop limit out pass a limit that others do not. */
export function hopAbsentFaults(all: readonly PolicyStatement[]): readonly PolicyFault[] {
  const key = imdsKeys.hopLimit;
  const speaking = all.filter((each) => speaksOf(each, key) && isAboutLaunches(each));
  if (speaking.length === 0) return [];
  const decision = new PolicyDecision(speaking, all);
  const calls = combinations(speaking, { httpPutResponseHopLimit: [64] });
  const isLimit = calls.some(({ call }) => decision.isBlocked(launchRequests(call)) === "yes");
  if (!isLimit) return [];
  const without = combinations(speaking, { httpPutResponseHopLimit: [undefined] });
  const passes = without.every(({ call }) => decision.isBlocked(launchRequests(call)) === "no");
  const [first] = without;
  const [statement] = speaking;
  if (!passes || first === undefined || statement === undefined) return [];
  const request = instanceRequest(first.call);
  return [
    { key, kind: "lets-through", request: first.name, ...whyNotMatched(statement, request, key) },
  ];
}

/** Whether the statements refuse every launch that may answer IMDSv1 requests. */
export function forcesTokens(all: readonly PolicyStatement[]) {
  const speaking = all.filter((each) => speaksOf(each, imdsKeys.tokens) && isAboutLaunches(each));
  const decision = new PolicyDecision(speaking, all);
  const isAllowList = decision.isAllowList;
  const { refused } = purposeOf(imdsKeys.tokens, speaking);
  const answers = refused.flat().map(({ call }) => decision.isBlocked(launchRequests(call)));
  const isForced = speaking.length > 0 && answers.every((answer) => answer === "yes");
  return { isForced, isAllowList, speaking };
}

/** Whether an action of the statement launches instances, or may. */
export function isAboutLaunches(statement: PolicyStatement): boolean {
  return actionMatches(statement, { action: runInstances, context: noContext }) !== "no";
}

/** Statements that are not about launches: on instances as they are, or on nothing that has the key. */
function otherActions(speaking: readonly PolicyStatement[], key: ImdsKey): readonly PolicyFault[] {
  const isAboutInstances = (statement: PolicyStatement) =>
    instanceActions.some(
      (action) => actionMatches(statement, { action, context: noContext }) !== "no",
    );
  return speaking
    .filter((statement) => !isAboutInstances(statement))
    .map(({ action }) => {
      const actions = action.texts.map(describeText).join(", ");
      return { kind: "other-actions", key, at: action.texts[0]?.origin ?? action.origin, actions };
    });
}

const noContext: AccessRequest["context"] = () => ({ state: "open", answer: "unknown" });

function purposeOf(key: ImdsKey, speaking: readonly PolicyStatement[]): Purpose {
  if (key === imdsKeys.tokens) {
    const httpTokens = ["optional", undefined] as const;
    // With the endpoint disabled nobody answers.
    const refused = combinations(speaking, { httpTokens }).filter(
      ({ call }) => call.httpEndpoint !== "disabled",
    );
    const granted = combinations(speaking, { httpTokens: ["required"] });
    return {
      key,
      refused: refused.map((call) => [call]),
      granted,
      grantedName: "every launch, even one with HttpTokens required",
    };
  }
  if (key === imdsKeys.hopLimit) {
    return {
      key,
      refused: [combinations(speaking, { httpPutResponseHopLimit: [64] })],
      granted: combinations(speaking, { httpPutResponseHopLimit: hopLimits }),
      grantedName: "every launch, whatever its HttpPutResponseHopLimit",
    };
  }
  const httpEndpoint = ["enabled", "disabled"] as const;
  return {
    key,
    refused: [combinations(speaking, { httpEndpoint }), ...whereEndpointIsRefused(speaking)],
    granted: combinations(speaking, { httpEndpoint }),
    grantedName: "every launch, whatever its HttpEndpoint",
  };
}

/** Where an enabled endpoint is refused, leaving it out must be too, since that enables it. */
function whereEndpointIsRefused(
  speaking: readonly PolicyStatement[],
): readonly (readonly NamedCall[])[] {
  const decision = new PolicyDecision(speaking, speaking);
  const enabled = combinations(speaking, { httpEndpoint: ["enabled"] });
  const isRefused = enabled.every(({ call }) => decision.isBlocked(launchRequests(call)) === "yes");
  return isRefused ? [combinations(speaking, { httpEndpoint: [undefined] })] : [];
}

function faultsOf(
  { key, refused, granted, grantedName }: Purpose,
  speaking: readonly PolicyStatement[],
  all: readonly PolicyStatement[],
  beside: Beside,
): readonly PolicyFault[] {
  const together = PolicyDecision.together(speaking, all, beside);
  // What others refuse is their affair, what they allow is not.
  const decision = new PolicyDecision(speaking, [...all, ...beside.statements]);
  const passes = ({ call }: NamedCall) => together.isBlocked(launchRequests(call));
  const blocked = ({ call }: NamedCall) => decision.isBlocked(launchRequests(call));
  const [statement] = speaking;
  if (statement === undefined) return [];
  const passing = refused.find((group) => group.every((call) => passes(call) === "no"))?.[0];
  if (passing !== undefined) {
    const request = instanceRequest(passing.call);
    const allowing = together.allowing(request);
    const cause =
      allowing === undefined
        ? whyNotMatched(statement, request, key)
        : whyMatched(allowing, request, key);
    return [{ kind: "lets-through", key, request: passing.name, ...cause }];
  }
  const [first] = granted;
  if (first !== undefined && granted.every((call) => blocked(call) === "yes")) {
    const requests = launchRequests(first.call);
    const [denying, request] = decision.denying(requests) ?? [
      statement,
      instanceRequest(first.call),
    ];
    const cause =
      decision.denying(requests) === undefined
        ? whyNotMatched(denying, request, key)
        : whyMatched(denying, request, key);
    return [{ kind: "refuses", key, request: needing(request, grantedName), ...cause }];
  }
  const isOpen =
    refused.some((group) => group.every((call) => passes(call) !== "yes")) ||
    granted.every((call) => blocked(call) !== "no");
  const open = isOpen ? firstOpenPart(speaking) : undefined;
  if (open !== undefined) return [{ kind: "undecided", key, reason: open.reason, at: open.origin }];
  if (isOpen && key === imdsKeys.hopLimit) return comparedAsText(speaking, key);
  return othersNotAllowed(decision, speaking, key);
}

/** Statements that allow a launch with everything it needs, of which nothing but the instance has the key. */
function othersNotAllowed(
  decision: PolicyDecision,
  speaking: readonly PolicyStatement[],
  key: ImdsKey,
): readonly PolicyFault[] {
  if (!decision.isAllowList) return [];
  const others = launchRequests({ httpTokens: "required" }).slice(1);
  const missing = others.find((request) => decision.isAllowed(request) === "no");
  const covering = speaking.find(
    ({ resource }) =>
      !resource.isNegated && resource.texts.some((text) => describeText(text) === "*"),
  );
  if (missing === undefined || covering === undefined) return [];
  const request = needing(missing, "every launch, even one with HttpTokens required");
  return [{ kind: "refuses", key, request, ...whyMatched(covering, missing, key) }];
}

/** All launches but those that can do without what a request is about. */
function needing(request: AccessRequest, launches: string): string {
  return isAboutVolume(request)
    ? launches.replace("every launch", "every launch with a volume")
    : launches;
}

/** The values of options that are tried. */
type Choices = {
  readonly [Option in keyof LaunchCall]?: readonly LaunchCall[Option][];
};

const choicesByKey = {
  [imdsKeys.tokens]: { httpTokens: ["required", "optional", undefined] },
  [imdsKeys.endpoint]: { httpEndpoint: [undefined, "enabled", "disabled"] },
  [imdsKeys.hopLimit]: { httpPutResponseHopLimit: [undefined, ...hopLimits] },
} satisfies Readonly<Partial<Record<ImdsKey, Choices>>>;

/** All launches with those options, with and without a template, and with any values of the others that count. */
function combinations(speaking: readonly PolicyStatement[], wanted: Choices): readonly NamedCall[] {
  const counting = launchKeys.filter((key) => speaking.some((each) => speaksOf(each, key)));
  const others = counting.reduce<Choices>((all, key) => ({ ...all, ...choicesByKey[key] }), {});
  // So that what is asked for is what changes first, and comes first.
  const choices: Choices = { ...others, ...wanted };
  let calls: readonly LaunchCall[] = [{}];
  for (const [option, values] of Object.entries({
    launchTemplate: [undefined, true],
    ...choices,
  })) {
    calls = values.flatMap((value) => calls.map((call) => ({ ...call, [option]: value })));
  }
  const named = new Set(Object.keys(choices));
  return calls.map((call) => ({ call, name: nameOf(call, named) }));
}

/** `a launch with HttpTokens optional that leaves HttpEndpoint out`. */
function nameOf(call: LaunchCall, counting: ReadonlySet<string>): string {
  const options = [
    ["HttpTokens", "httpTokens"],
    ["HttpEndpoint", "httpEndpoint"],
    ["HttpPutResponseHopLimit", "httpPutResponseHopLimit"],
  ] as const;
  const asked = options.filter(([, option]) => counting.has(option));
  const given = asked.flatMap(([name, option]) => {
    const value = call[option];
    return value === undefined ? [] : [`${name} ${value}`];
  });
  const without = asked.filter(([, option]) => call[option] === undefined).map(([name]) => name);
  return [
    "a launch",
    ...(call.launchTemplate === true ? ["from a launch template"] : []),
    ...(given.length === 0 ? [] : [`with ${given.join(", ")}`]),
    ...(without.length === 0 ? [] : [`that leaves ${without.join(" and ")} out`]),
  ].join(" ");
}
