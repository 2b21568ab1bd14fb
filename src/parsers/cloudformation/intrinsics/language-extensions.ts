import type { EvaluatedUnknown } from "../../../values/evaluated.js";
import type { DataNode } from "../../yaml/syntax-tree.js";
import { type IntrinsicCall, intrinsicCall } from "../intrinsic-call.js";
import type { TemplateContext } from "../template-context.js";

/**
 * Reports a function that only `Transform: AWS::LanguageExtensions` brings, in a template that nothing
 * transforms; undefined where it is as it should be. AWS's own templates do with the transform of SAM.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
 */
export function withoutLanguageExtensions(
  { name, node }: IntrinsicCall,
  context: TemplateContext,
): EvaluatedUnknown | undefined {
  if (isExtended(context)) return undefined;
  return context.diagnostics.invalid(node, `${name} needs Transform: AWS::LanguageExtensions`);
}

/** What `Fn::FindInMap` does not take by itself. */
const notInFindInMap: ReadonlySet<string> = new Set([
  "Fn::Base64",
  "Fn::GetAtt",
  "Fn::If",
  "Fn::ImportValue",
  "Fn::Join",
  "Fn::Select",
  "Fn::Sub",
]);

/**
 * As `withoutLanguageExtensions`, for a function in a key of `Fn::FindInMap`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap-enhancements.html
 */
export function keyWithoutLanguageExtensions(
  node: DataNode,
  context: TemplateContext,
): EvaluatedUnknown | undefined {
  const call = intrinsicCall(node);
  if (call === undefined || !notInFindInMap.has(call.name)) return undefined;
  if (isExtended(context)) return undefined;
  const message = `${call.name} in Fn::FindInMap needs Transform: AWS::LanguageExtensions`;
  return context.diagnostics.invalid(node, message);
}

/** Whether something may bring what CloudFormation itself does not have. */
export function isExtended({ isTransformed, isIncomplete }: TemplateContext): boolean {
  return isTransformed || isIncomplete;
}
