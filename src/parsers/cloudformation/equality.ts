import type { Condition, Subject } from "../../values/condition.js";
import type { Evaluated, EvaluatedList, EvaluatedUnknown } from "../../values/evaluated.js";
import { known, type UnknownReason } from "../../values/value.js";
import type { DataNode } from "../yaml/syntax-tree.js";
import { abbreviate, expressionText } from "./expression-text.js";
import { intrinsicCall, plainText } from "./intrinsic-call.js";
import type { OpenScalar } from "./parameters.js";
import type { TemplateContext } from "./template-context.js";

/** Two parameters are compared value by value up to this many values that both can have. */
const SHARED_VALUES_LIMIT = 16;

/**
 * Whether two values are the same, as far as that can be said: a boolean, or an unknown that says
 * when it is true. CloudFormation compares strings, so 2 equals "2" and true equals "true".
 */
export function evaluateEquality(
  call: DataNode,
  left: DataNode,
  right: DataNode,
  context: TemplateContext,
): Evaluated {
  const origin = context.diagnostics.written(call);
  const first = readOperand(left, context);
  const second = readOperand(right, context);

  if (first.text !== undefined && second.text !== undefined) {
    return known(first.text === second.text, origin);
  }
  if (first.subject !== undefined && first.subject.key === second.subject?.key) {
    return known(true, origin);
  }
  const shared = sharedTexts(first, second);
  if (shared?.length === 0) return known(false, origin);

  const { reason } = first.text === undefined ? first : second;
  const condition =
    subjectCondition(first, second, shared) ?? statement(left, right, reason, expressionText(call));
  return { state: "unknown", reason, condition, origin };
}

/**
 * The parameter that a node is a plain reference to, if nobody has fixed its value: whatever a
 * scenario has decided about it so far.
 */
export function openScalar(node: DataNode, context: TemplateContext): OpenScalar | undefined {
  const call = intrinsicCall(node);
  const name = call?.name === "Ref" ? plainText(call.argument) : undefined;
  return name === undefined ? undefined : context.parameters.get(name)?.open;
}

/** One side of a comparison: known as text, or open. */
interface Operand {
  readonly text?: string;
  readonly subject?: Subject;
  /** All texts it can be, where that is a finite set. */
  readonly possible?: readonly string[] | undefined;
  /** Why it is open. */
  readonly reason: UnknownReason;
}

function readOperand(node: DataNode, context: TemplateContext): Operand {
  const open = openScalar(node, context);
  if (open !== undefined) return openOperand(open);

  const value = context.evaluate(node);
  switch (value.state) {
    case "known":
      return textOperand(String(value.value));
    case "unknown": {
      const { subject, reason, possible } = value;
      if (subject !== undefined) return openOperand({ subject, reason });
      return { reason, possible: possible?.map(String) };
    }
    case "list":
      return listOperand(value, node, context);
    case "unset":
      return because(context.diagnostics.notSupported(node, "Fn::Equals with AWS::NoValue"));
    case "map":
      return because(context.diagnostics.invalid(node, "Fn::Equals compares strings or lists"));
  }
}

function textOperand(text: string): Operand {
  return { text, possible: [text], reason: { kind: "invalid" } };
}

function because({ reason }: EvaluatedUnknown): Operand {
  return { reason };
}

/** Lists are the same if their items are. */
function listOperand({ items }: EvaluatedList, node: DataNode, context: TemplateContext): Operand {
  const texts: string[] = [];
  for (const item of items) {
    if (item.state === "unknown") return because(item);
    if (item.state !== "known") {
      return because(context.diagnostics.invalid(node, "Fn::Equals compares lists of strings"));
    }
    texts.push(String(item.value));
  }
  return textOperand(JSON.stringify(texts));
}

function openOperand({ subject, reason }: OpenScalar): Operand {
  return { subject, reason, possible: subject.domain?.map(String) };
}

/** The texts that both sides can be; undefined where neither side is a finite set. */
function sharedTexts(first: Operand, second: Operand): readonly string[] | undefined {
  if (first.possible === undefined) return second.possible;
  if (second.possible === undefined) return first.possible;
  const others = new Set(second.possible);
  return first.possible.filter((text) => others.has(text));
}

function subjectCondition(
  first: Operand,
  second: Operand,
  shared: readonly string[] | undefined,
): Condition | undefined {
  if (shared === undefined || shared.length > SHARED_VALUES_LIMIT) return undefined;
  if (!isDecidable(first) || !isDecidable(second)) return undefined;
  const eachValue = shared.map((text): Condition => {
    const sides = [first.subject, second.subject]
      .filter((subject) => subject !== undefined)
      .map((subject): Condition => ({ kind: "is-one-of", subject, values: [text] }));
    const [only] = sides;
    return only !== undefined && sides.length === 1 ? only : { kind: "and", operands: sides };
  });
  const [only] = eachValue;
  return only !== undefined && eachValue.length === 1 ? only : { kind: "or", operands: eachValue };
}

/** Whether its being a certain text is settled by choosing its subject's value. */
function isDecidable(operand: Operand): boolean {
  return operand.text !== undefined || operand.subject !== undefined;
}

/** A comparison as a whole, the same whichever side is named first. */
function statement(
  left: DataNode,
  right: DataNode,
  reason: UnknownReason,
  expression: string,
): Condition {
  const sides = [expressionText(left), expressionText(right)].sort();
  return {
    kind: "statement",
    key: `equals ${sides.join(" = ")}`,
    label: abbreviate(expression),
    reason,
  };
}
