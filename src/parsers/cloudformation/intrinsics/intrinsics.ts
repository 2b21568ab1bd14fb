import type { Evaluated } from "../../../values/evaluated.js";
import { branchesOf, mergeAlternatives } from "../alternatives.js";
import type { IntrinsicCall } from "../intrinsic-call.js";
import type { TemplateContext } from "../template-context.js";
import { evaluateFindInMap } from "./find-in-map.js";
import { evaluateCidr, evaluateLength, evaluateSelect } from "./lists.js";
import { decidedAtDeployment, evaluateGetAtt, evaluateRef } from "./references.js";
import { evaluateBase64, evaluateJoin, evaluateSplit, evaluateToJsonString } from "./strings.js";
import { evaluateSub } from "./substitution.js";

/** Computes the value of a call. Never throws: a wrong argument is reported and unknown. */
export type Intrinsic = (call: IntrinsicCall, context: TemplateContext) => Evaluated;

/**
 * The functions that may stand in properties, by full name. What is not here is unknown and listed
 * as not supported.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ["Ref", evaluateRef],
  ["Fn::Base64", evaluateBase64],
  ["Fn::Cidr", evaluateCidr],
  ["Fn::FindInMap", evaluateFindInMap],
  ["Fn::GetAtt", evaluateGetAtt],
  ["Fn::GetAZs", decidedAtDeployment],
  ["Fn::GetStackOutput", decidedAtDeployment],
  ["Fn::If", evaluateIf],
  ["Fn::ImportValue", decidedAtDeployment],
  ["Fn::Join", evaluateJoin],
  ["Fn::Length", evaluateLength],
  ["Fn::Select", evaluateSelect],
  ["Fn::Split", evaluateSplit],
  ["Fn::Sub", evaluateSub],
  ["Fn::ToJsonString", evaluateToJsonString],
  ["Condition", onlyInConditions],
  ["Fn::And", onlyInConditions],
  ["Fn::Equals", onlyInConditions],
  ["Fn::Not", onlyInConditions],
  ["Fn::Or", onlyInConditions],
]);

function evaluateIf(call: IntrinsicCall, context: TemplateContext): Evaluated {
  return mergeAlternatives(branchesOf(call, context), context.diagnostics.written(call.node));
}

function onlyInConditions(call: IntrinsicCall, context: TemplateContext): Evaluated {
  return context.diagnostics.invalid(
    call.node,
    `${call.name} may only stand in the Conditions section`,
  );
}
