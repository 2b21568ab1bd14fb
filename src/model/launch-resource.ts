import type { Location } from "../source/text-range.js";
import type { Construct } from "./construct.js";

/** The resource a launch specification was read from. */
export interface LaunchResource {
  readonly dialect: "cloudformation" | "terraform";
  /** `AWS::EC2::Instance`, `aws_instance`. */
  readonly type: string;
  readonly address: string;
  /** The name in the resource's header. */
  readonly location: Location;
  /** Where a Terraform plan names it, if it was read from one. */
  readonly planned?: Location;
  /** The headers of the module calls, or the names of the nested stacks, that lead there, the innermost last. */
  readonly calls?: readonly Location[];
  /** Of a resource in a module that is not installed: `version 5.6.1 of the module`. */
  readonly release?: string;
  readonly construct?: Construct;
}
