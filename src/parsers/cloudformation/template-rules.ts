import { type Condition, negate } from "../../values/condition.js";
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

/** One assertion of a rule. */
export interface Assertion {
  readonly node: DataNode;
  /** Whether it holds, or its rule says nothing, in the scenario of the moment. */
  readonly holds: () => Statement;
}

/**
 * What the `Rules` section asserts: CloudFormation deploys nothing for which an assertion is false.
 * What is looked up at deployment (`Fn::ValueOf`) may be anything.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function assertionsOf(
  section: MappingNode | undefined,
  context: TemplateContext,
): readonly Assertion[] {
  return (section?.entries ?? []).flatMap(({ value }) =>
    value.kind === "mapping" ? assertionsOfRule(value, context) : [],
  );
}

function assertionsOfRule(rule: MappingNode, context: TemplateContext): readonly Assertion[] {
  const condition = entryOf(rule, "RuleCondition")?.value;
  const assertions = entryOf(rule, "Assertions")?.value;
  return (assertions === undefined ? [] : (listItems(assertions) ?? [])).flatMap((item) => {
    const node = item.kind === "mapping" ? entryOf(item, "Assert")?.value : undefined;
    if (node === undefined) return [];
    const holds = () => {
      const when = condition === undefined || statementOf(condition, context);
      return when === false || all([denialOf(when), statementOf(node, context)], "or");
    };
    return { node, holds };
  });
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
      return first === undefined ? open(node, context) : denialOf(statementOf(first, context));
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

/** The nodes of a list, references to all parameters of a type, or the items of a known list. */
function membersOf(node: DataNode, context: TemplateContext): readonly DataNode[] | undefined {
  const call = intrinsicCall(node);
  if (call === undefined) return listItems(node);
  const { range } = node;
  if (call.name === "Fn::RefAll") {
    const type = plainText(call.argument);
    if (type === undefined) return undefined;
    return [...context.parameters].flatMap(([name, parameter]) =>
      parameter.type === type
        ? [{ kind: "scalar" as const, text: name, style: "plain" as const, tag: "!Ref", range }]
        : [],
    );
  }
  if (isLookedUp(node)) return undefined;
  const value = context.evaluate(node);
  if (value.state !== "list") return undefined;
  const texts = value.items.map((item) =>
    item.state === "known" ? String(item.value) : undefined,
  );
  return texts.includes(undefined)
    ? undefined
    : texts.map((text = "") => ({ kind: "scalar", text, style: "single-quoted", range }));
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

function denialOf(statement: Statement): Statement {
  return typeof statement === "boolean" ? !statement : negate(statement);
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
