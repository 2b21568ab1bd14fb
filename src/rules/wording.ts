import type { RelatedOrigin } from "../findings/problem.js";
import type { LaunchSpecification } from "../model/launch-specification.js";
import { spellingOf } from "../model/metadata-options.js";
import type { Sending } from "../model/sending.js";

/** Who a sentence about instances is about: the instance itself, or those that come from a template. */
export function instancesOf(launch: LaunchSpecification): string {
  switch (launch.kind) {
    case "instance":
      return launch.address;
    case "spot-instance-request":
      return `the instance that ${launch.address} requests`;
    case "launch-template":
    case "launch-configuration":
      return `every instance launched from ${launch.address}`;
    case "auto-scaling-group":
    case "ec2-fleet":
    case "spot-fleet":
    case "eks-node-group":
    case "batch-compute-environment":
    case "game-server-group":
    case "compute-node-group":
    case "appstream-fleet":
    case "beanstalk-environment":
    case "managed-instances":
      return `every instance of ${launch.address}`;
    case "fast-launch":
      return `every instance that ${launch.address} launches in advance`;
    case "image-builder-infrastructure":
      return `every instance that builds images with ${launch.address}`;
    case "notebook-instance":
    case "appstream-image-builder":
    case "workspace-instance":
      return launch.address;
    case "emr-security-configuration":
      return `every instance of clusters with ${launch.address}`;
  }
}

/** The words in quotes, joined for a sentence: `"a" or "b"`. */
export function listWords(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(" or ");
}

/** Names joined for a sentence: `a, b and c`. */
export function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** What launches a spot instance and sends its options. */
export const spotWithOptions =
  'an aws_instance with instance_market_options { market_type = "spot" } or an Auto Scaling group with a launch template';

/** Who sends options only beside an enabled endpoint, and what helps where none is written. */
export function senderOf(sending: Sending): { readonly sender: string; readonly remedy: string } {
  const until = sending.kind === "beside-endpoint" ? sending.until : undefined;
  if (until === undefined)
    return { sender: "the AWS provider", remedy: 'add http_endpoint = "enabled"' };
  const { release, fixedIn } = until;
  return {
    sender: `the AWS provider before ${release}`,
    remedy: `add http_endpoint = "enabled", or use ${fixedIn} or later`,
  };
}

/** Where it is written that the provider in use is an old one, if that matters. */
export function evidenceOf(sending: Sending): readonly RelatedOrigin[] {
  if (!("until" in sending)) return [];
  const { message, location } = sending.until.evidence;
  return [{ message, origin: { location, step: "written" } }];
}

/** Where the options are written: "under MetadataOptions". */
export function placeOfOptions(launch: LaunchSpecification): string {
  const { kind, resource } = launch;
  if (launch.placeOfOptions !== undefined) return launch.placeOfOptions;
  if (spellingOf(resource.type) === "awscc") return "in metadata_options";
  if (resource.dialect === "terraform") return "in a metadata_options block";
  const isTemplate = kind === "launch-template";
  return `under ${isTemplate ? "LaunchTemplateData.MetadataOptions" : "MetadataOptions"}`;
}
