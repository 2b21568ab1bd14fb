import { type Evaluated, type EvaluatedUnknown, unknown } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import type { UnknownReason } from "../../../values/value.js";
import type { DataNode } from "../../yaml/syntax-tree.js";
import { expressionText } from "../expression-text.js";
import { type IntrinsicCall, intrinsicCall, listItems, plainText } from "../intrinsic-call.js";
import { isScalarValue, takenFrom } from "../scalar-text.js";
import type { TemplateContext } from "../template-context.js";
import { isExtended } from "./language-extensions.js";

/**
 * A parameter's value, or what identifies a resource.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
 */
export function evaluateRef(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const name = readName(call.argument, context);
  const use = context.diagnostics.written(call.node);
  if (name === undefined) {
    return context.diagnostics.invalid(
      call.node,
      "Ref takes the name of a parameter or a logical ID",
    );
  }
  return typeof name === "string"
    ? referTo(name, use, context)
    : unknown(name.reason, takenFrom(use, name));
}

/** A name, which AWS::LanguageExtensions also computes, or what it is instead of one. */
function readName(node: DataNode, context: TemplateContext): string | EvaluatedUnknown | undefined {
  const written = plainText(node);
  if (written !== undefined || !isExtended(context)) return written;
  const value = intrinsicCall(node) === undefined ? undefined : context.evaluate(node);
  if (value === undefined || !isScalarValue(value)) return undefined;
  return value.state === "known" ? String(value.value) : value;
}

/**
 * `Web.PrivateIp`, or a list of the two, of which the attribute may be computed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html
 */
export function evaluateGetAtt(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { argument, node } = call;
  const [logicalId, attribute] = splitAttribute(argument, context);
  if (logicalId === undefined || attribute === undefined) {
    return context.diagnostics.invalid(
      node,
      "Fn::GetAtt takes a logical ID and the name of an attribute",
    );
  }
  const use = context.diagnostics.written(node);
  if (typeof logicalId !== "string") return unknown(logicalId.reason, takenFrom(use, logicalId));
  return typeof attribute === "string"
    ? attributeOf(logicalId, attribute, use, context)
    : unknown(attribute.reason, takenFrom(use, attribute));
}

/**
 * A call that only CloudFormation can answer, such as `Fn::ImportValue` and `Fn::GetAZs`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
 */
export function decidedAtDeployment(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const reason: UnknownReason = {
    kind: "decided-at-deployment",
    expression: expressionText(call.node),
  };
  return unknown(reason, context.diagnostics.written(call.node));
}

/** What `Ref` and a name in `Fn::Sub` stand for, seen from `use`. */
export function referTo(name: string, use: Origin, context: TemplateContext): Evaluated {
  const parameter = context.parameters.get(name);
  if (parameter !== undefined) return parameter.read(use);
  const reason = reasonOf(name, `!Ref ${name}`, `parameter or resource ${name}`, context);
  if (!context.logicalIds.has(name)) return unknown(reason, use);
  const link = { address: `${context.path}${name}`, attribute: "Ref" };
  return { state: "unknown", reason, origin: use, link };
}

/** An attribute of a resource, or an output of a nested stack. */
export function attributeOf(
  logicalId: string,
  attribute: string,
  use: Origin,
  context: TemplateContext,
): Evaluated {
  const output = context.stackOutput(logicalId, attribute, use);
  if (output !== undefined) return output;
  const expression = `!GetAtt ${logicalId}.${attribute}`;
  const reason = reasonOf(logicalId, expression, `resource ${logicalId}`, context);
  if (!context.logicalIds.has(logicalId)) return unknown(reason, use);
  const link = { address: `${context.path}${logicalId}`, attribute };
  return { state: "unknown", reason, origin: use, link };
}

/** What is written nowhere may still be there once the template's transforms have run. */
function reasonOf(
  name: string,
  expression: string,
  missing: string,
  context: TemplateContext,
): UnknownReason {
  return context.logicalIds.has(name) || context.isTransformed
    ? { kind: "decided-at-deployment", expression }
    : { kind: "not-available", what: missing };
}

/** The logical ID and the attribute's name, or what they are instead. */
function splitAttribute(
  argument: DataNode,
  context: TemplateContext,
): readonly [logicalId?: string | EvaluatedUnknown, attribute?: string | EvaluatedUnknown] {
  const text = plainText(argument);
  if (text !== undefined) {
    const dot = text.indexOf(".");
    return dot < 1 ? [] : [text.slice(0, dot), text.slice(dot + 1)];
  }
  const [idNode, attributeNode, ...others] = listItems(argument) ?? [];
  if (idNode === undefined || attributeNode === undefined || others.length > 0) return [];
  const attribute = context.evaluate(attributeNode);
  if (!isScalarValue(attribute)) return [];
  const logicalId = readName(idNode, context);
  if (logicalId === undefined) return [];
  return [logicalId, attribute.state === "known" ? String(attribute.value) : attribute];
}
