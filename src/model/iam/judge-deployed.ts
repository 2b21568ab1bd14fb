import { equals } from "../../values/ternary.js";
import { type OriginStep, originChain } from "../../values/origin.js";
import type { Scalar, Value } from "../../values/value.js";
import type { LaunchSpecification } from "../launch-specification.js";
import { absent, type ContextValue, present } from "./evaluate-condition.js";
import type { AccessRequest } from "./evaluate-statement.js";
import { type ImdsKey, imdsKeys, speaksOf } from "./imds-keys.js";
import { launchRequests } from "./imds-requests.js";
import { isAboutLaunches, launchKeys } from "./judge-launches.js";
import { type Beside, PolicyDecision } from "./policy-decision.js";
import type { PolicyStatement } from "./policy-document.js";
import { type PolicyFault, whyMatched, whyNotMatched } from "./policy-fault.js";

/** A launch that a deployment makes, and what IAM is asked for it. */
interface Deployed {
  readonly launch: LaunchSpecification;
  readonly requests: readonly AccessRequest[];
}

/**
 * What statements that do what they are for do to the launches of their own deployment: they refuse all of
 * them, or let one through that answers IMDSv1 requests. That they refuse launches with IMDSv1 is what they
 * are for, and for the rules on those launches to say.
 */
export function deployedFaults(
  all: readonly PolicyStatement[],
  beside: Beside,
  launches: readonly LaunchSpecification[],
): readonly PolicyFault[] {
  const deployed = launches.filter(isAskedOfCaller).map((launch) => ({
    launch,
    requests: requestsOf(launch),
  }));
  if (deployed.length === 0) return [];
  const judged = new Set<PolicyStatement>();
  return launchKeys.flatMap((key) => {
    const speaking = all.filter((each) => speaksOf(each, key) && isAboutLaunches(each));
    if (speaking.length === 0 || speaking.some((statement) => judged.has(statement))) return [];
    for (const statement of speaking) judged.add(statement);
    return (
      refusal(key, new PolicyDecision(speaking, all), deployed) ??
      passage(key, speaking, PolicyDecision.together(speaking, all, beside), deployed) ??
      []
    );
  });
}

function refusal(
  key: ImdsKey,
  decision: PolicyDecision,
  deployed: readonly Deployed[],
): PolicyFault | undefined {
  const denials = deployed.map(({ requests }) => decision.denying(requests));
  if (denials.includes(undefined)) return undefined;
  const index = deployed.findIndex(({ launch }) => key !== imdsKeys.tokens || isSafe(launch));
  const [shown, denial] = [deployed[index], denials[index]];
  if (shown === undefined || denial === undefined) return undefined;
  const { resource } = shown.launch;
  const request =
    deployed.length === 1
      ? `the launch of ${resource.address}`
      : `every launch of this deployment, such as that of ${resource.address}`;
  return { kind: "refuses", key, request, launch: resource, ...whyMatched(...denial, key) };
}

/** A launch that is exempt by what it is: its instance type. */
function passage(
  key: ImdsKey,
  speaking: readonly PolicyStatement[],
  decision: PolicyDecision,
  deployed: readonly Deployed[],
): PolicyFault | undefined {
  if (key !== imdsKeys.tokens || decision.isAllowList) return undefined;
  const passing = deployed.find(
    ({ launch, requests }) => isOpen(launch) && decision.isBlocked(requests) === "no",
  );
  const [statement] = speaking;
  const [request] = passing?.requests ?? [];
  if (passing === undefined || statement === undefined || request === undefined) return undefined;
  const { resource } = passing.launch;
  return {
    kind: "lets-through",
    key,
    request: `the launch of ${resource.address}, which answers IMDSv1 requests,`,
    launch: resource,
    ...whyNotMatched(statement, request, key),
  };
}

/**
 * Whether whoever deploys it is asked for RunInstances: of groups only those with a launch template are.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
function isAskedOfCaller({ kind, exists, launchTemplate }: LaunchSpecification): boolean {
  if (exists !== "yes") return false;
  if (kind === "instance" || kind === "ec2-fleet") return true;
  const template = launchTemplate?.template;
  return (
    kind === "auto-scaling-group" &&
    template?.state === "known" &&
    template.value.kind === "launch-template"
  );
}

function isSafe({ effective }: LaunchSpecification): boolean {
  return equals(effective.httpTokens, "required") === "yes";
}

function isOpen({ effective }: LaunchSpecification): boolean {
  return (
    equals(effective.httpTokens, "required") === "no" &&
    equals(effective.httpEndpoint, "disabled") === "no"
  );
}

function requestsOf(launch: LaunchSpecification): readonly AccessRequest[] {
  const { effective, instanceTypes, launchTemplate } = launch;
  const [type, ...otherTypes] = instanceTypes;
  const values = new Map<string, ContextValue>([
    [imdsKeys.tokens, asked(effective.httpTokens)],
    [imdsKeys.endpoint, asked(effective.httpEndpoint)],
    [imdsKeys.hopLimit, asked(effective.httpPutResponseHopLimit)],
    ["ec2:instancetype", type === undefined || otherTypes.length > 0 ? notKnown : asked(type)],
  ]);
  const [instance, ...others] = launchRequests(
    launchTemplate === undefined ? {} : { launchTemplate: true },
  );
  if (instance === undefined) return [];
  const context = (key: string) => values.get(key) ?? instance.context(key);
  return [{ ...instance, context }, ...others];
}

const notKnown: ContextValue = { state: "open", answer: "unknown" };

/** What nobody asks for has no key, whatever it comes to. */
const notAsked: ReadonlySet<OriginStep> = new Set([
  "service-default",
  "account-default",
  "image",
  "not-sent",
]);

function asked(value: Value<Scalar>): ContextValue {
  if (value.state === "unset") return absent;
  if (value.state === "unknown") return notKnown;
  if (originChain(value.origin).some(({ step }) => notAsked.has(step))) return absent;
  return present(typeof value.value === "number" ? value.value : String(value.value));
}
