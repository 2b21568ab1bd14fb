import leven from "leven";
import type { Location } from "../source/text-range.js";
import type { Evaluated } from "../values/evaluated.js";
import type { Scenarios } from "../values/scenarios.js";
import type { Scalar, Value } from "../values/value.js";

/**
 * The options of the instance metadata service, as EC2's API has them.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html
 */
export interface MetadataOptions {
  readonly httpTokens: Value<HttpTokens>;
  readonly httpEndpoint: Value<Switch>;
  readonly httpPutResponseHopLimit: Value<number>;
  readonly httpProtocolIpv6: Value<Switch>;
  readonly instanceMetadataTags: Value<Switch>;
}

/** How each option is read; `lazyOptions` makes options of it that are read only when asked for. */
export type MetadataOptionReaders = {
  readonly [Option in keyof MetadataOptions]: () => MetadataOptions[Option];
};

/** The same options, each read once in each scenario. */
export function rememberedOptions(options: MetadataOptions, scenarios: Scenarios): MetadataOptions {
  const once = <T>(read: () => T) => scenarios.memoize(read, read);
  return lazyOptions({
    httpTokens: once(() => options.httpTokens),
    httpEndpoint: once(() => options.httpEndpoint),
    httpPutResponseHopLimit: once(() => options.httpPutResponseHopLimit),
    httpProtocolIpv6: once(() => options.httpProtocolIpv6),
    instanceMetadataTags: once(() => options.instanceMetadataTags),
  });
}

/** Options that are read when asked for, so that a rule depends only on what it looks at. */
export function lazyOptions(read: MetadataOptionReaders): MetadataOptions {
  return new LazyOptions(read);
}

/** Options that are read as a whole, once one of them is asked for. */
export function optionsOf(read: () => MetadataOptions): MetadataOptions {
  return new LazyOptions({
    httpTokens: () => read().httpTokens,
    httpEndpoint: () => read().httpEndpoint,
    httpPutResponseHopLimit: () => read().httpPutResponseHopLimit,
    httpProtocolIpv6: () => read().httpProtocolIpv6,
    instanceMetadataTags: () => read().instanceMetadataTags,
  });
}

/** A class, since objects with getters of their own are slow to make, and many are made. */
class LazyOptions implements MetadataOptions {
  readonly #read: MetadataOptionReaders;

  constructor(read: MetadataOptionReaders) {
    this.#read = read;
  }

  get httpTokens() {
    return this.#read.httpTokens();
  }

  get httpEndpoint() {
    return this.#read.httpEndpoint();
  }

  get httpPutResponseHopLimit() {
    return this.#read.httpPutResponseHopLimit();
  }

  get httpProtocolIpv6() {
    return this.#read.httpProtocolIpv6();
  }

  get instanceMetadataTags() {
    return this.#read.instanceMetadataTags();
  }
}

/** The name of an option in this model. */
export type MetadataOption = keyof MetadataOptions;

/** Whether a session token is needed (`required`) or IMDSv1 is answered too (`optional`). */
export type HttpTokens = "optional" | "required";

/** The words for on and off in EC2's API. */
export type Switch = "enabled" | "disabled";

/** An option as a template writes it, right or wrong. */
export interface WrittenOption {
  /** As written: `HttpTokens`, `http_token`. */
  readonly name: string;
  /** Where the name stands. */
  readonly key: Location;
  readonly value: Evaluated;
  /** The option meant, undefined for a name that does not exist. */
  readonly option: MetadataOption | undefined;
  /** Of one that stands where the service does not look for it: how it should be written, for a sentence. */
  readonly rightPlace?: string;
  /** Whether the service takes a value, where that is not as EC2 does. */
  readonly accepts?: (value: Scalar) => boolean;
}

/** Who spells names: CloudFormation, Terraform's AWS provider, or its provider made of CloudFormation. */
export type Spelling = "cloudformation" | "terraform" | "awscc";

/** How the names of a resource of that type are spelt. */
export function spellingOf(type: string): Spelling {
  if (type.includes("::")) return "cloudformation";
  return type.startsWith("awscc_") ? "awscc" : "terraform";
}

/** What an option may be and what it is called. */
export interface OptionDefinition extends Readonly<Record<Spelling, string>> {
  /** The words allowed, in exactly this case; absent for the hop limit. */
  readonly words?: readonly string[];
  /** The numbers allowed, both ends included. */
  readonly range?: { readonly least: number; readonly most: number };
}

/**
 * Names, words and ranges of the options.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-metadataoptions.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#metadata-options
 * https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/ec2_instance
 */
export const optionDefinitions = {
  httpTokens: {
    cloudformation: "HttpTokens",
    terraform: "http_tokens",
    awscc: "http_tokens",
    words: ["required", "optional"],
  },
  httpEndpoint: {
    cloudformation: "HttpEndpoint",
    terraform: "http_endpoint",
    awscc: "http_endpoint",
    words: ["enabled", "disabled"],
  },
  httpPutResponseHopLimit: {
    cloudformation: "HttpPutResponseHopLimit",
    terraform: "http_put_response_hop_limit",
    awscc: "http_put_response_hop_limit",
    range: { least: 1, most: 64 },
  },
  httpProtocolIpv6: {
    cloudformation: "HttpProtocolIpv6",
    terraform: "http_protocol_ipv6",
    awscc: "http_protocol_ipv_6",
    words: ["enabled", "disabled"],
  },
  instanceMetadataTags: {
    cloudformation: "InstanceMetadataTags",
    terraform: "instance_metadata_tags",
    awscc: "instance_metadata_tags",
    words: ["enabled", "disabled"],
  },
} as const satisfies Readonly<Record<MetadataOption, OptionDefinition>>;

/** The options in the order AWS lists them. */
export const metadataOptionNames = Object.keys(optionDefinitions) as readonly MetadataOption[];

/** Whether EC2 takes the value for the option. Words count in exactly their case. */
export function accepts(option: MetadataOption, value: Scalar): boolean {
  const { words, range }: OptionDefinition = optionDefinitions[option];
  if (words !== undefined) return words.some((word) => word === value);
  const number = toWholeNumber(value);
  if (range === undefined || number === undefined) return false;
  return number >= range.least && number <= range.most;
}

/** Both dialects take `"2"` for 2. Undefined for what is no whole number. */
export function toWholeNumber(value: Scalar): number | undefined {
  if (typeof value === "string" && !/^\d+$/.test(value)) return undefined;
  const number = typeof value === "boolean" ? NaN : Number(value);
  return Number.isInteger(number) ? number : undefined;
}

/** The option that a misspelt name most likely stands for: other case, underscores, a few letters. */
export function nearestOption(name: string, spelling: Spelling): MetadataOption | undefined {
  const bare = (text: string) => text.toLowerCase().replaceAll("_", "");
  const [nearest] = metadataOptionNames
    .map((option) => ({
      option,
      distance: leven(bare(optionDefinitions[option][spelling]), bare(name)),
    }))
    .filter(({ distance }) => distance <= 3)
    .sort((left, right) => left.distance - right.distance);
  return nearest?.option;
}
