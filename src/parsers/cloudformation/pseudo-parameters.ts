import { type Condition, negate, type Subject } from "../../values/condition.js";
import type { Origin } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import { known, type UnknownReason, unset } from "../../values/value.js";
import { combined, isOneOf } from "./combine-conditions.js";
import type { StackParts } from "./nested-stacks.js";
import { openParameter, type Parameter } from "./parameters.js";

/** What whoever runs the linter may know about the deployment. */
export interface DeploymentPlace {
  readonly region?: string;
  readonly accountId?: string;
}

/**
 * The parameters every template has. Those of a nested stack are its parent's, apart from its name;
 * a stack set may be deployed anywhere.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export function pseudoParameters(
  place: DeploymentPlace,
  scenarios: Scenarios,
  { path, isStackSet }: Pick<StackParts, "path" | "isStackSet"> = { path: "", isStackSet: false },
): ReadonlyMap<string, Parameter> {
  const { region, accountId } = place;
  const partition = region === undefined ? undefined : partitionOf(region);
  const fixed: Readonly<Record<string, string | undefined>> = {
    "AWS::Region": region,
    "AWS::AccountId": accountId,
    "AWS::Partition": partition?.name,
    "AWS::URLSuffix": partition?.urlSuffix,
    "AWS::StackName": undefined,
    "AWS::StackId": undefined,
    "AWS::NotificationARNs": undefined,
  };
  const parameters = new Map<string, Parameter>();
  for (const [name, value] of Object.entries(fixed)) {
    const parameter =
      value === undefined
        ? openPseudoParameter(name, isStackSet || ofStack.has(name) ? path : "", scenarios)
        : { read: (use: Origin) => known(value, use) };
    parameters.set(name, parameter);
  }
  parameters.set("AWS::NoValue", { read: (use) => unset(use) });
  return parameters;
}

/** The pseudo parameters that differ between stacks of one deployment. */
const ofStack: ReadonlySet<string> = new Set(["AWS::StackName", "AWS::StackId"]);

function openPseudoParameter(name: string, path: string, scenarios: Scenarios): Parameter {
  const subject = subjectOf(name, path);
  const reason: UnknownReason = { kind: "decided-at-deployment", expression: `!Ref ${name}` };
  return openParameter({ subject, reason }, scenarios, (use) => use);
}

function subjectOf(name: string, path: string): Subject {
  return { key: `${path}${name}`, label: name };
}

/** The names of Regions in a text: `us-gov-west-1`. */
const REGIONS = /\b[a-z]{2,4}(?:-[a-z]+)+-\d+\b/g;

/**
 * What holds of the pseudo parameters on where a stack is deployed, if nobody fixes them: each Region that the
 * template names is in one partition, and each partition has a suffix. Nothing where the text of its conditions
 * speaks of Regions alone, or of none.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function placesTogether(
  template: string,
  conditions: string,
  { path, isStackSet }: Pick<StackParts, "path" | "isStackSet">,
): readonly Condition[] {
  if (!/\bAWS::(?:Partition|URLSuffix)\b/.test(conditions)) return [];
  const place = isStackSet ? path : "";
  const region = subjectOf("AWS::Region", place);
  const isIn = ({ name }: Partition) => isOneOf(subjectOf("AWS::Partition", place), [name]);
  const hasSuffix = (suffix: string) => isOneOf(subjectOf("AWS::URLSuffix", place), [suffix]);
  const regions = [...new Set(template.match(REGIONS))];
  return [firstPartition, ...partitions.map(([, partition]) => partition)].flatMap((partition) => {
    const own = regions.filter((name) => partitionOf(name) === partition);
    const suffix = ifThen(isIn(partition), hasSuffix(partition.urlSuffix));
    return own.length === 0 ? [suffix] : [ifThen(isOneOf(region, own), isIn(partition)), suffix];
  });
}

function ifThen(condition: Condition, consequence: Condition): Condition {
  return combined("or", [negate(condition), consequence]);
}

interface Partition {
  readonly name: string;
  readonly urlSuffix: string;
}

/** By the prefixes of their regions' names; a name without one of these is in the first partition. */
const partitions: readonly (readonly [regionPrefix: string, Partition])[] = [
  ["cn-", { name: "aws-cn", urlSuffix: "amazonaws.com.cn" }],
  ["us-gov-", { name: "aws-us-gov", urlSuffix: "amazonaws.com" }],
  ["us-iso-", { name: "aws-iso", urlSuffix: "c2s.ic.gov" }],
  ["us-isob-", { name: "aws-iso-b", urlSuffix: "sc2s.sgov.gov" }],
  ["eu-isoe-", { name: "aws-iso-e", urlSuffix: "cloud.adc-e.uk" }],
  ["us-isof-", { name: "aws-iso-f", urlSuffix: "csp.hci.ic.gov" }],
  ["eusc-", { name: "aws-eusc", urlSuffix: "amazonaws.eu" }],
];

const firstPartition: Partition = { name: "aws", urlSuffix: "amazonaws.com" };

function partitionOf(region: string): Partition {
  const found = partitions.find(([regionPrefix]) => region.startsWith(regionPrefix));
  return found?.[1] ?? firstPartition;
}
