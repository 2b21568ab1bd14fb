import type { LaunchSpecification } from "../../model/launch-specification.js";
import type { BeanstalkConfiguration } from "../beanstalk-configuration.js";
import type { AwsProvider, Resource } from "../resource.js";
import type { AccountDefaultsByPlace } from "./account-defaults.js";
import type { Images } from "./images.js";
import type { LaunchTemplates } from "./launch-templates.js";
import type { SourceOf } from "../composed-text.js";
import type { Subnets } from "./subnets.js";
import type { Scenarios } from "../../values/scenarios.js";
import { toAwscc } from "./read-property.js";

/** What the configuration files of Elastic Beanstalk say of the application at an absolute path, if anything. */
export type ConfigurationIn = (directory: string) => BeanstalkConfiguration | undefined;

/** What reading a resource may look at beside the resource. */
export interface NormalizeContext {
  readonly templates: LaunchTemplates;
  readonly images: Images;
  readonly accountDefaults: AccountDefaultsByPlace;
  readonly subnets: Subnets;
  /** The files that were read. */
  readonly sourceOf: SourceOf;
  /** What builds images with Image Builder. */
  readonly imageBuilds: readonly Resource[];
  readonly configurationIn: ConfigurationIn;
  readonly scenarios: Scenarios;
  /** All of the deployment. */
  readonly resources: readonly Resource[];
  /** What is certain of the release of the Terraform provider. */
  readonly awsProvider: AwsProvider | undefined;
}

/** How one kind of AWS resource, in both spellings, becomes launch specifications. */
export interface LaunchResourceKind {
  /** Absent where only Terraform has it; its name in the `awscc` provider follows from it. */
  readonly cloudformation?: string;
  /** In Terraform's `aws` provider; absent where that has none. */
  readonly terraform?: string;
  read(resource: Resource, context: NormalizeContext): readonly LaunchSpecification[];
}

/** The types of resources that are of one kind, in all spellings. */
export function typesOfKind({
  cloudformation,
  terraform,
}: Pick<LaunchResourceKind, "cloudformation" | "terraform">): readonly string[] {
  const awscc = cloudformation === undefined ? undefined : awsccType(cloudformation);
  return [cloudformation, terraform, awscc].filter((type) => type !== undefined);
}

/** `AWS::EC2::LaunchTemplate` as the `awscc` provider names it: `awscc_ec2_launch_template`. */
function awsccType(cloudformation: string): string {
  const [, service = "", name = ""] = cloudformation.split("::");
  return `awscc_${service.toLowerCase()}_${toAwscc(name)}`;
}
