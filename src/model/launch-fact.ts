import type { MetadataOption } from "./metadata-options.js";

/**
 * What a type of resource can say of its launches, or what is known of it. A rule needs some of it to say
 * anything, which is what the page on coverage is made of.
 */
export type LaunchFact =
  | MetadataOption
  | "userData"
  | "scripts"
  | "keyPair"
  | "instanceProfile"
  | "subnets"
  | "tagKeys"
  | "instanceTypes"
  /** Any metadata option of its own. */
  | "anyOption"
  /** A launch template that it may name and need not. */
  | "optionalTemplate"
  /** A launch template with a version. */
  | "templateVersion"
  /** Options that Terraform's provider may keep to itself. */
  | "unsentOptions"
  /** Options without which EC2 refuses what old releases of Terraform's provider send. */
  | "rejectedOptions"
  /** Arguments whose changes Terraform can be told to ignore. */
  | "ignoredChanges"
  /** Defaults of EC2's, before which those of the account and of images count. */
  | "ec2Defaults"
  | "containerBuilds"
  | "clusterNodes";

/** All of these groups are needed, and of each group one. */
export type NeededFacts = readonly (readonly LaunchFact[])[];
