import type { AccessRequest } from "./evaluate-statement.js";
import { absent, type ContextValue, present, type RequestValue } from "./evaluate-condition.js";
import { attributeKey, imdsKeys, instanceOnlyKeys, isMisspelt } from "./imds-keys.js";

/** What a launch says of its metadata options; what it leaves out is undefined. */
export interface LaunchCall {
  readonly httpTokens?: "optional" | "required" | undefined;
  readonly httpEndpoint?: "enabled" | "disabled" | undefined;
  readonly httpPutResponseHopLimit?: number | undefined;
  readonly launchTemplate?: true | undefined;
}

/**
 * What IAM decides for a launch: RunInstances on the instance, which alone has the keys of metadata options,
 * and on everything else the launch needs. An option that is left out has no key. Whether one
 * of the launch template has is told differently, so that both are tried.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-actions-as-permissions
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances
 * https://github.com/aws/karpenter-provider-aws/issues/9018
 */
export function launchRequests(call: LaunchCall): readonly AccessRequest[] {
  const action = runInstances;
  const others: readonly AccessRequest[] = launchedWith.map((resource) => ({
    action,
    resource,
    hasAccount: !resource.startsWith("image/"),
    context: withoutOptions,
  }));
  const template = {
    action,
    resource: "launch-template/lt-0123456789abcdef0",
    context: withoutOptions,
  };
  return [instanceRequest(call), ...others, ...(call.launchTemplate === true ? [template] : [])];
}

/** The part of a launch that is about the instance. */
export function instanceRequest(call: LaunchCall): AccessRequest {
  const { httpTokens, httpEndpoint, httpPutResponseHopLimit } = call;
  const values = new Map<string, ContextValue>([
    [imdsKeys.tokens, presentOrAbsent(httpTokens)],
    [imdsKeys.endpoint, presentOrAbsent(httpEndpoint)],
    [imdsKeys.hopLimit, presentOrAbsent(httpPutResponseHopLimit)],
    [imdsKeys.newTokens, absent],
    [imdsKeys.roleDelivery, absent],
    [attributeKey, absent],
  ]);
  return {
    action: runInstances,
    resource: INSTANCE,
    context: (key) => values.get(key) ?? inScope(key),
  };
}

/** Whether a request of a launch is about a volume that is made for it. */
export function isAboutVolume({ resource }: AccessRequest): boolean {
  return resource === VOLUME;
}

/** The action that launches, and is asked for each resource of a launch. */
export const runInstances = "ec2:RunInstances";

/** The action that changes an instance's metadata options. */
export const modifyOptions = "ec2:ModifyInstanceMetadataOptions";
/** The action that changes what an account has by default. */
export const modifyDefaults = "ec2:ModifyInstanceMetadataDefaults";

const INSTANCE = "instance/i-0123456789abcdef0";
const VOLUME = "volume/vol-0123456789abcdef0";

/**
 * What launches need; key pairs there may be none. Only instance types of old generations can do without volumes.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/RootDeviceStorage.html
 */
const launchedWith = [
  "image/ami-0123456789abcdef0",
  "network-interface/eni-0123456789abcdef0",
  "security-group/sg-0123456789abcdef0",
  "subnet/subnet-0123456789abcdef0",
  VOLUME,
];

/** What the options of an instance can be. */
const ofInstance: readonly (readonly [key: string, values: readonly RequestValue[]])[] = [
  [imdsKeys.tokens, ["required", "optional"]],
  [imdsKeys.endpoint, ["enabled", "disabled"]],
  [imdsKeys.hopLimit, Array.from({ length: 64 }, (_, index) => index + 1)],
];

/**
 * A change of HttpTokens to that value. Whether `ec2:MetadataHttpTokens` then is what the instance has or
 * what it is to have AWS does not say, so that it stays open.
 */
export function modifyTokensRequest(value: string, action = modifyOptions): AccessRequest {
  const values = new Map<string, ContextValue>([
    [imdsKeys.newTokens, present(value)],
    [imdsKeys.roleDelivery, absent],
    [attributeKey, action === modifyOptions ? present("HttpTokens") : absent],
    ...ofInstance.map(([key, values]) => {
      const own: ContextValue = { state: "one-of", values };
      return [key, action === modifyOptions ? own : absent] as const;
    }),
  ]);
  const context = (key: string) => values.get(key) ?? inScope(key);
  return action === modifyOptions ? { action, resource: INSTANCE, context } : { action, context };
}

/**
 * Any request, signed with credentials that the metadata service of that version delivered; undefined for
 * other credentials.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html
 */
export function requestDeliveredBy(version: number | undefined): AccessRequest {
  const delivery = presentOrAbsent(version);
  return { context: (key) => (key === imdsKeys.roleDelivery ? delivery : inScope(key)) };
}

const open: ContextValue = { state: "open", answer: "unknown" };

function presentOrAbsent(value: RequestValue | undefined): ContextValue {
  return value === undefined ? absent : present(value);
}

/** Whatever else a statement asks for, the request is one that has it: who makes it, where, from where. */
function inScope(key: string): ContextValue {
  return isMisspelt({ key }) ? absent : { state: "open", answer: "yes" };
}

/** What is not the instance has neither its options nor its other properties; tags it may have. */
function withoutOptions(key: string): ContextValue {
  if (instanceOnlyKeys.has(key) || key === imdsKeys.roleDelivery || isMisspelt({ key }))
    return absent;
  const isOfCaller = key.startsWith("aws:") && !/^aws:(?:requesttag|resourcetag|tagkeys)/.test(key);
  return isOfCaller || key === "ec2:region" ? { state: "open", answer: "yes" } : open;
}
