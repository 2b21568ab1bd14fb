import { type Condition, negate } from "../../values/condition.js";
import { type Evaluated, type EvaluatedUnknown, unknown } from "../../values/evaluated.js";
import type { Scenarios } from "../../values/scenarios.js";
import { type Known, known, type Scalar, type UnknownReason } from "../../values/value.js";
import type { DataNode, MappingEntry, MappingNode } from "../yaml/syntax-tree.js";
import { evaluateEquality } from "./equality.js";
import { abbreviate, expressionText } from "./expression-text.js";
import { type IntrinsicCall, intrinsicCall, listItems, plainText } from "./intrinsic-call.js";
import type { TemplateContext } from "./template-context.js";

/** `Fn::And` and `Fn::Or` take this many conditions. */
const OPERANDS = { least: 2, most: 10 };

/** How long a chain of conditions may be that refer to each other, so that the stack holds. */
const DEEPEST_REFERENCE = 100;

/** A boolean, or an unknown that says when it is true. */
type Truth = Known<Scalar> | EvaluatedUnknown;

/**
 * The `Conditions` section, computed when asked for.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export class Conditions {
  readonly #byName = new Map<string, () => Truth>();
  #depth = 0;

  constructor(section: MappingNode | undefined, context: TemplateContext) {
    for (const entry of section?.entries ?? []) {
      const name = entry.key.text;
      if (this.#byName.has(name)) continue;
      const value = context.scenarios.memoize(
        () => this.#evaluate(entry, context),
        () => context.diagnostics.cyclic(entry.key, `condition ${name} depends on itself`),
      );
      this.#byName.set(name, value);
    }
  }

  /** The boolean that the condition is; undefined where there is no condition of that name. */
  value(name: string): Evaluated | undefined {
    return this.#byName.get(name)?.();
  }

  #evaluate(entry: MappingEntry, context: TemplateContext): Truth {
    if (this.#depth >= DEEPEST_REFERENCE) {
      return context.diagnostics.notSupported(
        entry.key,
        `conditions that refer to each other more than ${DEEPEST_REFERENCE} deep`,
      );
    }
    this.#depth += 1;
    try {
      return evaluateNamed(entry, context);
    } finally {
      this.#depth -= 1;
    }
  }
}

/** Whether it holds in the scenario of the moment; undefined where that cannot be said. */
export function holds(condition: Evaluated, scenarios: Scenarios): boolean | undefined {
  if (condition.state === "known") return condition.value === true;
  if (condition.state !== "unknown" || condition.condition === undefined) return undefined;
  return scenarios.decide(condition.condition);
}

/** The condition that a name written at `place` stands for; one that is missing is reported. */
export function conditionNamed(name: string, place: DataNode, context: TemplateContext): Evaluated {
  const value = context.condition(name);
  if (value !== undefined) return value;
  if (context.isTransformed) {
    const reason: UnknownReason = { kind: "not-available", what: `condition ${name}` };
    return unknown(reason, context.diagnostics.written(place));
  }
  return context.diagnostics.invalid(place, `there is no condition ${name}`);
}

function evaluateNamed(entry: MappingEntry, context: TemplateContext): Truth {
  const truth = evaluateCondition(entry.value, context);
  if (truth.state === "known") return truth;
  const label = `condition ${context.path}${entry.key.text}`;
  const condition: Condition = {
    kind: "named",
    label,
    condition: conditionOf(truth, entry.value, context),
  };
  return { ...truth, condition };
}

/** A condition that is written out: `Fn::Equals` and the functions that combine conditions. */
export function evaluateCondition(node: DataNode, context: TemplateContext): Truth {
  const call = intrinsicCall(node) ?? conditionReference(node);
  switch (call?.name) {
    case "Condition":
      return evaluateConditionName(call, context);
    case "Fn::Equals":
      return evaluateEquals(call, context);
    case "Fn::And":
      return evaluateAll(call, context, "and");
    case "Fn::Or":
      return evaluateAll(call, context, "or");
    case "Fn::Not":
      return evaluateNot(call, context);
    default:
      return context.diagnostics.invalid(
        node,
        "a condition must be Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition",
      );
  }
}

/** The long form `Condition: Name`, which elsewhere is plain data. */
function conditionReference(node: DataNode): IntrinsicCall | undefined {
  if (node.kind !== "mapping" || node.entries.length !== 1) return undefined;
  const [entry] = node.entries;
  return entry?.key.text === "Condition"
    ? { name: "Condition", node, argument: entry.value }
    : undefined;
}

function evaluateConditionName(call: IntrinsicCall, context: TemplateContext): Truth {
  const name = plainText(call.argument);
  if (name === undefined) {
    return context.diagnostics.invalid(call.node, "Condition takes the name of a condition");
  }
  return asTruth(conditionNamed(name, call.argument, context), call, context);
}

function evaluateEquals(call: IntrinsicCall, context: TemplateContext): Truth {
  const [left, right, ...others] = listItems(call.argument) ?? [];
  if (left === undefined || right === undefined || others.length > 0) {
    return context.diagnostics.invalid(call.node, "Fn::Equals takes a list of two values");
  }
  return asTruth(evaluateEquality(call.node, left, right, context), call, context);
}

function evaluateNot(call: IntrinsicCall, context: TemplateContext): Truth {
  const [operand, ...others] = listItems(call.argument) ?? [];
  if (operand === undefined || others.length > 0) {
    return context.diagnostics.invalid(call.node, "Fn::Not takes a list of one condition");
  }
  const truth = evaluateCondition(operand, context);
  if (truth.state === "known") return known(truth.value !== true, truth.origin);
  return { ...truth, condition: negate(conditionOf(truth, operand, context)) };
}

/** One operand that decides, decides; those that change nothing fall away. */
function evaluateAll(call: IntrinsicCall, context: TemplateContext, kind: "and" | "or"): Truth {
  const operands = listItems(call.argument) ?? [];
  if (operands.length < OPERANDS.least || operands.length > OPERANDS.most) {
    return context.diagnostics.invalid(
      call.node,
      `${call.name} takes a list of ${OPERANDS.least} to ${OPERANDS.most} conditions`,
    );
  }
  const decisive = kind === "or";
  const open: { readonly truth: EvaluatedUnknown; readonly condition: Condition }[] = [];
  for (const operand of operands) {
    const truth = evaluateCondition(operand, context);
    if (truth.state === "unknown")
      open.push({ truth, condition: conditionOf(truth, operand, context) });
    else if (truth.value === decisive) return truth;
  }
  const [first] = open;
  if (first === undefined) return known(!decisive, context.diagnostics.written(call.node));
  if (open.length === 1) return first.truth;
  const condition: Condition = { kind, operands: open.map((operand) => operand.condition) };
  return { ...first.truth, condition };
}

function asTruth(value: Evaluated, call: IntrinsicCall, context: TemplateContext): Truth {
  if (value.state === "known" || value.state === "unknown") return value;
  return context.diagnostics.invalid(call.node, `${call.name} must come to true or false`);
}

/** When it is true. What could not be evaluated is a statement, which scenarios leave open. */
function conditionOf(truth: EvaluatedUnknown, node: DataNode, context: TemplateContext): Condition {
  if (truth.condition !== undefined) return truth.condition;
  const expression = expressionText(node);
  const { reason } = truth;
  const key = `${context.path}${expression}`;
  return { kind: "statement", key, label: abbreviate(expression), reason };
}
