import type { Resource } from "../parsers/resource.js";

const stackTypes: ReadonlySet<string> = new Set([
  "aws_cloudformation_stack",
  "aws_cloudformation_stack_set",
]);

/** Whether it is a resource of Terraform that deploys a CloudFormation template. */
export function isStackResource({ type }: Resource): boolean {
  return stackTypes.has(type);
}
