import type { Condition, Subject } from "../../values/condition.js";
import type { Evaluated, EvaluatedList, EvaluatedUnknown } from "../../values/evaluated.js";
import { known, type UnknownReason } from "../../values/value.js";
import type { DataNode } from "../yaml/syntax-tree.js";
import { combined, isOneOf } from "./combine-conditions.js";
import { abbreviate, expressionText } from "./expression-text.js";
import { intrinsicCall, plainText } from "./intrinsic-call.js";
import type { OpenScalar } from "./parameters.js";
import { textOf } from "./scalar-text.js";
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

  if (first.kind === "text" && second.kind === "text") {
    return known(first.text === second.text, origin);
  }
  const [firstSubject, secondSubject] = [subjectOf(first), subjectOf(second)];
  if (firstSubject !== undefined && firstSubject.key === secondSubject?.key) {
    return known(true, origin);
  }
  const shared = sharedTexts(first, second);
  if (shared?.length === 0) return known(false, origin);

  const open = first.kind === "open" ? first : second;
  const reason: UnknownReason = open.kind === "open" ? open.reason : { kind: "invalid" };
  const condition = subjectCondition(first, second, shared) ?? {
    kind: "statement",
    // The same whichever side is named first.
    key: context.path + [left, right].map(expressionText).sort().join(" = "),
    label: abbreviate(expressionText(call)),
    reason,
  };
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

/** One side of a comparison. */
type Operand = { readonly kind: "text"; readonly text: string } | OpenOperand;

interface OpenOperand {
  readonly kind: "open";
  /** The parameter whose value it is, unchanged. */
  readonly subject?: Subject;
  /** All texts it can be, where that is a finite set. */
  readonly possible?: readonly string[] | undefined;
  /** Whether it can be that text; absent where anything will do. */
  readonly admits?: ((text: string) => boolean) | undefined;
  readonly reason: UnknownReason;
}

function readOperand(node: DataNode, context: TemplateContext): Operand {
  const open = openScalar(node, context);
  if (open !== undefined) return openOperand(open);
  const value = context.evaluate(node);
  switch (value.state) {
    case "known": {
      const isWritten = node.kind === "scalar" && intrinsicCall(node) === undefined;
      return { kind: "text", text: isWritten ? textOf(node) : String(value.value) };
    }
    case "unknown": {
      const { subject, reason, possible } = value;
      if (subject !== undefined) return openOperand({ subject, reason });
      return { kind: "open", reason, possible: possible?.map(String) };
    }
    case "list":
      return listOperand(value, node, context);
    case "unset":
      return because(context.diagnostics.notSupported(node, "Fn::Equals with AWS::NoValue"));
    case "map":
      return because(context.diagnostics.invalid(node, "Fn::Equals compares strings or lists"));
  }
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
  return { kind: "text", text: JSON.stringify(texts) };
}

function openOperand({ subject, reason, admits }: OpenScalar): OpenOperand {
  return { kind: "open", subject, reason, possible: subject.domain?.map(String), admits };
}

function because({ reason }: EvaluatedUnknown): OpenOperand {
  return { kind: "open", reason };
}

function subjectOf(operand: Operand): Subject | undefined {
  return operand.kind === "open" ? operand.subject : undefined;
}

function possibleTexts(operand: Operand): readonly string[] | undefined {
  return operand.kind === "text" ? [operand.text] : operand.possible;
}

/** The texts that both sides can be; undefined where neither side is a finite set. */
function sharedTexts(first: Operand, second: Operand): readonly string[] | undefined {
  const texts = possibleTexts(first);
  const others = possibleTexts(second);
  const shared =
    texts === undefined || others === undefined
      ? (texts ?? others)
      : texts.filter((text) => others.includes(text));
  return shared?.filter((text) => admits(first, text) && admits(second, text));
}

function admits(operand: Operand, text: string): boolean {
  return operand.kind === "text" || operand.admits?.(text) !== false;
}

/** The comparison as a choice of parameters' values; undefined where a side is no parameter's. */
function subjectCondition(
  first: Operand,
  second: Operand,
  shared: readonly string[] | undefined,
): Condition | undefined {
  if (shared === undefined || shared.length > SHARED_VALUES_LIMIT) return undefined;
  const open = [first, second].filter((operand) => operand.kind === "open");
  const subjects = open.map(subjectOf).filter((subject) => subject !== undefined);
  if (subjects.length < open.length) return undefined;
  return combined(
    "or",
    shared.map((text) =>
      combined(
        "and",
        subjects.map((subject) => isOneOf(subject, [text])),
      ),
    ),
  );
}
