import { type Condition, negate } from "../../values/condition.js";
import type { Assumption } from "../../values/scenarios.js";
import { type DataNode, entryOf, type MappingNode } from "../yaml/syntax-tree.js";
import { combined, isOneOf } from "./combine-conditions.js";
import { evaluateEquality, openScalar } from "./equality.js";
import { abbreviate, expressionText } from "./expression-text.js";
import { intrinsicCall, listItems, plainText } from "./intrinsic-call.js";
import { textOf } from "./scalar-text.js";
import type { TemplateContext } from "./template-context.js";

/**
 * The functions that a rule is made of.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
export const ruleFunctions = [
  "Fn::And",
  "Fn::Contains",
  "Fn::EachMemberEquals",
  "Fn::EachMemberIn",
  "Fn::Equals",
  "Fn::Not",
  "Fn::Or",
  "Fn::RefAll",
  "Fn::ValueOf",
  "Fn::ValueOfAll",
] as const;

/** A statement that is true or false for certain, or true where a condition holds. */
type Statement = boolean | Condition;

/**
 * What the `Rules` section says of parameters that nobody has fixed: CloudFormation deploys nothing
 * for which an assertion fails. Assertions on attributes of what is deployed already (`Fn::ValueOf`),
 * and on several parameters at once, narrow nothing.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function assumptionsOf(
  section: MappingNode | undefined,
  context: TemplateContext,
): readonly Assumption[] {
  return (section?.entries ?? []).flatMap(({ value }) =>
    value.kind === "mapping" ? assumptionsOfRule(value, context) : [],
  );
}

function assumptionsOfRule(rule: MappingNode, context: TemplateContext): readonly Assumption[] {
  const conditionNode = entryOf(rule, "RuleCondition")?.value;
  const when = conditionNode === undefined || statementOf(conditionNode, context);
  if (when === false) return [];
  const assertions = entryOf(rule, "Assertions")?.value;
  return (assertions === undefined ? [] : (listItems(assertions) ?? [])).flatMap((item) => {
    const node = item.kind === "mapping" ? entryOf(item, "Assert")?.value : undefined;
    const statement = node === undefined || statementOf(node, context);
    if (typeof statement === "boolean") return [];
    return restrictionsOf(statement).map((restriction) =>
      when === true ? restriction : { ...restriction, when },
    );
  });
}

/** What holds of single parameters if the condition holds. */
function restrictionsOf(condition: Condition): readonly Assumption[] {
  switch (condition.kind) {
    case "is-one-of": {
      const { subject, values } = condition;
      return [{ subject: subject.key, restriction: { among: values } }];
    }
    case "not": {
      const { operand } = condition;
      if (operand.kind !== "is-one-of") return [];
      return [{ subject: operand.subject.key, restriction: { not: operand.values } }];
    }
    case "and":
      return condition.operands.flatMap(restrictionsOf);
    case "or": {
      const choices = condition.operands.filter((operand) => operand.kind === "is-one-of");
      const [first] = choices;
      const isOneSubject = choices.every(({ subject }) => subject.key === first?.subject.key);
      if (first === undefined || choices.length < condition.operands.length || !isOneSubject) {
        return [];
      }
      const among = choices.flatMap(({ values }) => values);
      return [{ subject: first.subject.key, restriction: { among } }];
    }
    case "named":
    case "statement":
      return [];
  }
}

/**
 * A rule's function as a statement.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
function statementOf(node: DataNode, context: TemplateContext): Statement {
  const call = intrinsicCall(node);
  const operands = call === undefined ? [] : (listItems(call.argument) ?? []);
  const [first, second] = operands;
  switch (call?.name) {
    case "Fn::And":
    case "Fn::Or":
      return all(
        operands.map((operand) => statementOf(operand, context)),
        call.name === "Fn::And" ? "and" : "or",
      );
    case "Fn::Not": {
      const operand = first === undefined ? open(node, context) : statementOf(first, context);
      return typeof operand === "boolean" ? !operand : negate(operand);
    }
    case "Fn::Equals":
      return first === undefined || second === undefined
        ? open(node, context)
        : equality(node, first, second, context);
    case "Fn::Contains":
      return first === undefined || second === undefined
        ? open(node, context)
        : isAmong(node, second, first, context);
    case "Fn::EachMemberIn": {
      const members = first === undefined ? undefined : membersOf(first, context);
      if (members === undefined || second === undefined) return open(node, context);
      return all(
        members.map((member) => isAmong(node, member, second, context)),
        "and",
      );
    }
    case "Fn::EachMemberEquals": {
      const members = first === undefined ? undefined : membersOf(first, context);
      if (members === undefined || second === undefined) return open(node, context);
      return all(
        members.map((member) => equality(node, member, second, context)),
        "and",
      );
    }
    default:
      return open(node, context);
  }
}

/** Whether what a node comes to is one of the texts that a list comes to. */
function isAmong(
  call: DataNode,
  member: DataNode,
  list: DataNode,
  context: TemplateContext,
): Statement {
  const candidates = membersOf(list, context);
  if (candidates === undefined) return open(call, context);
  const subject = openScalar(member, context)?.subject;
  const texts = candidates.flatMap((node) =>
    node.kind === "scalar" && plainText(node) !== undefined ? [textOf(node)] : [],
  );
  if (subject !== undefined && texts.length === candidates.length) {
    const { domain } = subject;
    if (domain !== undefined && domain.every((value) => texts.includes(String(value)))) return true;
    return isOneOf(subject, texts);
  }
  return all(
    candidates.map((candidate) => equality(call, member, candidate, context)),
    "or",
  );
}

/** The nodes of a list, or references to all parameters of a type; undefined for other lists. */
function membersOf(node: DataNode, context: TemplateContext): readonly DataNode[] | undefined {
  const call = intrinsicCall(node);
  if (call === undefined) return listItems(node);
  const type = call.name === "Fn::RefAll" ? plainText(call.argument) : undefined;
  if (type === undefined) return undefined;
  const { range } = node;
  return [...context.parameters].flatMap(([name, parameter]) =>
    parameter.type === type
      ? [{ kind: "scalar" as const, text: name, style: "plain" as const, tag: "!Ref", range }]
      : [],
  );
}

function equality(
  call: DataNode,
  left: DataNode,
  right: DataNode,
  context: TemplateContext,
): Statement {
  // What only the deployment can look up is no value to compare.
  if ([left, right].some(isLookedUp)) return open(call, context);
  const value = evaluateEquality(call, left, right, context);
  if (value.state === "known") return value.value === true;
  return (value.state === "unknown" ? value.condition : undefined) ?? open(call, context);
}

function isLookedUp(node: DataNode): boolean {
  const name = intrinsicCall(node)?.name;
  return name === "Fn::ValueOf" || name === "Fn::ValueOfAll" || name === "Fn::RefAll";
}

/** One decisive operand decides; those that change nothing fall away. */
function all(operands: readonly Statement[], kind: "and" | "or"): Statement {
  const decisive = kind === "or";
  if (operands.includes(decisive)) return decisive;
  const conditions = operands.filter((operand) => typeof operand !== "boolean");
  return conditions.length === 0 ? !decisive : combined(kind, conditions);
}

/** A statement that the template leaves open. */
function open(node: DataNode, { path }: TemplateContext): Condition {
  const expression = expressionText(node);
  const label = abbreviate(expression);
  const reason = { kind: "decided-at-deployment", expression: label } as const;
  return { kind: "statement", key: `${path}${expression}`, label, reason };
}
