import type { PolicyCondition, PolicyStatement } from "./policy-document.js";

/**
 * The condition keys that speak of instance metadata, in lower case.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-policy-keys
 */
export const imdsKeys = {
  tokens: "ec2:metadatahttptokens",
  endpoint: "ec2:metadatahttpendpoint",
  hopLimit: "ec2:metadatahttpputresponsehoplimit",
  roleDelivery: "ec2:roledelivery",
  newTokens: "ec2:attribute/httptokens",
} as const;

/** The name of the attribute that a modification sets; one request for each attribute. */
export const attributeKey = "ec2:attribute";

/** One of {@link imdsKeys}. */
export type ImdsKey = (typeof imdsKeys)[keyof typeof imdsKeys];

/** As AWS writes them. */
export const spellings: Readonly<Record<ImdsKey, string>> = {
  [imdsKeys.tokens]: "ec2:MetadataHttpTokens",
  [imdsKeys.endpoint]: "ec2:MetadataHttpEndpoint",
  [imdsKeys.hopLimit]: "ec2:MetadataHttpPutResponseHopLimit",
  [imdsKeys.roleDelivery]: "ec2:RoleDelivery",
  [imdsKeys.newTokens]: "ec2:Attribute/HttpTokens",
};

/** What documents say that the rules on policies have to do with. */
const subject =
  /\bec2:(?:Metadata\w|RoleDelivery\b|Attribute\/Http\w)|\bModifyInstanceMetadata|"instance_metadata_defaults"/i;

/** Whether a document's text speaks of instance metadata, by a quick look and without parsing. */
export function textSpeaksOfImds(text: string): boolean {
  return subject.test(text);
}

const known = new Set<string>(Object.values(imdsKeys));

/** Whether a statement has a condition on that key. */
export function speaksOf({ conditions }: PolicyStatement, key: ImdsKey): boolean {
  return conditions.some((condition) => isOn(condition, key));
}

/** Whether a statement has a condition on any key of instance metadata. */
export function speaksOfImds({ conditions }: PolicyStatement): boolean {
  return conditions.some(({ key }) => known.has(key.toLowerCase()));
}

/** Whether a condition is on that key. */
export function isOn({ key }: PolicyCondition, wanted: ImdsKey): boolean {
  return key.toLowerCase() === wanted;
}

/**
 * Keys that RunInstances has for the instance and for nothing else that it needs.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-actions-as-permissions
 */
export const instanceOnlyKeys: ReadonlySet<string> = new Set([
  imdsKeys.tokens,
  imdsKeys.endpoint,
  imdsKeys.hopLimit,
  "ec2:cpuoptionsamdsevsnp",
  "ec2:ebsoptimized",
  "ec2:instanceautorecovery",
  "ec2:instancebandwidthweighting",
  "ec2:instanceid",
  "ec2:instancemarkettype",
  "ec2:instancemetadatatags",
  "ec2:instanceprofile",
  "ec2:instancetype",
  "ec2:placementgroup",
  "ec2:productcode",
  "ec2:tenancy",
]);

/** Whether a key means one of these and is none, as `ec2:HttpTokens`: no request has it. */
export function isMisspelt({ key }: Pick<PolicyCondition, "key">): boolean {
  const name = key.toLowerCase();
  if (!name.startsWith("ec2:") || known.has(name) || others.has(name)) return false;
  const attribute = /^ec2:attribute\/(.*)/.exec(name)?.[1];
  if (attribute !== undefined && attributes.has(attribute)) return false;
  return /metadata|imds|http-?token|httpendpoint|hop-?limit|roledelivery/.test(name);
}

const others = new Set(["ec2:instancemetadatatags"]);

/**
 * The parameters of ModifyInstanceMetadataOptions and ModifyInstanceMetadataDefaults, in lower case.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html
 */
const attributes = new Set([
  "httptokens",
  "httptokensenforced",
  "httpendpoint",
  "httpputresponsehoplimit",
  "httpprotocolipv6",
  "instancemetadatatags",
]);
