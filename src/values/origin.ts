import type { Location } from "../source/text-range.js";

/** What kind of place an origin is. */
export type OriginStep =
  | "written" // in the resource itself
  | "parameter" // a CloudFormation parameter, without default
  | "parameter-default"
  | "parameter-value" // given in a file of parameters or on the command line
  | "nested-stack-parameter" // passed to a nested CloudFormation stack
  | "nested-stack-output"
  | "mapping"
  | "variable" // a Terraform input variable, without default
  | "variable-default"
  | "variable-value" // given in a .tfvars file, on the command line or in the environment
  | "local"
  | "module-argument"
  | "module-output"
  | "planned" // what a Terraform plan says, where its source is not at hand
  | "module-default" // what a module that is not installed does by itself
  | "launch-template"
  | "launch-configuration"
  | "provider-default" // what the Terraform provider sends when nothing is written
  | "not-sent" // written, but the Terraform provider does not send it
  | "account-default" // what the account sets for instances that say nothing
  | "image" // what the image brings for such instances
  | "service-default"; // what EC2 does when it is told nothing

/**
 * Where a value stands and, through `from`, what it was taken from: an argument `var.tokens` comes
 * from a module argument, which comes from a local. Immutable and shared, so that a chain costs one
 * object a step. The last place of the chain is the one that decides the value.
 */
export interface Origin {
  readonly location: Location;
  readonly step: OriginStep;
  /**
   * What stands there, as the dialect names it: `Tokens`, `var.tokens`, `HttpTokens`. Of a module's
   * default, what the module does, as a clause.
   */
  readonly name?: string;
  /** Of a value that stands in no file: what was given, and by what (`--var`). */
  readonly given?: { readonly text: string; readonly by: string };
  readonly from?: Origin;
}

/** The place that decides: the end of the chain. */
export function decidingOrigin(origin: Origin): Origin {
  let last = origin;
  while (last.from !== undefined) last = last.from;
  return last;
}

/** The chain as a list, the place of use first, the deciding place last. */
export function originChain(origin: Origin): readonly Origin[] {
  const chain: Origin[] = [];
  for (let step: Origin | undefined = origin; step !== undefined; step = step.from) {
    chain.push(step);
  }
  return chain;
}
