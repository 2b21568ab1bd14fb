import { type Subject } from "../../values/condition.js";
import { type Evaluated, seenFrom } from "../../values/evaluated.js";
import type { Origin, OriginStep } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import { known, type Scalar } from "../../values/value.js";
import type { Expression } from "../hcl/syntax-tree.js";
import type { DeclaredBlock } from "./declared-block.js";

/**
 * A value from the place that gives it: a default, a module argument, a local. What stands there
 * itself takes that step; what it only leads to is seen from there.
 */
export function takenFrom(
  value: Evaluated,
  place: {
    readonly location: Origin["location"];
    readonly step: OriginStep;
    readonly name: string;
  },
): Evaluated {
  const { path, range } = value.origin.location;
  const isSame = path === place.location.path && range.start === place.location.range.start;
  if (!isSame) return seenFrom(value, place);
  return { ...value, origin: { ...value.origin, step: place.step, name: place.name } };
}

/** A variable that nobody has given a value: unknown, or one of the values it admits. */
export function openVariable(
  block: DeclaredBlock,
  name: string,
  moduleAddress: string,
  scenarios: Scenarios,
): Evaluated {
  const { path, node } = block.header;
  const range = node.labels[0]?.range ?? node.header;
  const origin: Origin = { location: { path, range }, step: "variable", name };
  const reason = { kind: "variable-without-default", name } as const;
  const domain = domainOf(block, name);
  const subject: Subject = {
    key: `${moduleAddress} var.${name}`,
    label: `var.${name}`,
    ...(domain === undefined ? {} : { domain }),
  };
  const possible = scenarios.possibleValues(subject);
  const [only] = possible ?? [];
  if (only !== undefined && possible?.length === 1) return known(only, origin);
  return {
    state: "unknown",
    reason,
    origin,
    subject,
    ...(possible === undefined ? {} : { possible }),
  };
}

/** The finite set of values that type or validation leave, if there is one. */
function domainOf(block: DeclaredBlock, name: string): readonly Scalar[] | undefined {
  for (const { node } of block.blocks) {
    if (node.type.name !== "validation") continue;
    const condition = node.body.attributes.find((attribute) => attribute.name.name === "condition");
    const domain = condition === undefined ? undefined : valuesAdmitted(condition.value, name);
    if (domain !== undefined) return domain;
  }
  const type = block.attributes.get("type")?.node.value;
  return type?.kind === "variable" && type.name === "bool" ? [true, false] : undefined;
}

/** The values that a validation's condition admits: `contains([…], var.x)` and chains of `==`. */
function valuesAdmitted(condition: Expression, name: string): readonly Scalar[] | undefined {
  if (condition.kind === "parentheses") return valuesAdmitted(condition.expression, name);
  if (condition.kind === "call" && condition.name.name === "contains") {
    const [list, variable] = condition.arguments;
    if (variable === undefined || !isVariable(variable, name) || list?.kind !== "tuple")
      return undefined;
    const values = list.items.map(literalOf);
    return values.every((value) => value !== undefined) ? values : undefined;
  }
  if (condition.kind !== "binary") return undefined;
  const { operator, left, right } = condition;
  if (operator === "||") {
    const values = [valuesAdmitted(left, name), valuesAdmitted(right, name)];
    return values.every((value) => value !== undefined) ? values.flat() : undefined;
  }
  if (operator !== "==") return undefined;
  const value = isVariable(left, name)
    ? literalOf(right)
    : isVariable(right, name)
      ? literalOf(left)
      : undefined;
  return value === undefined ? undefined : [value];
}

function isVariable(expression: Expression, name: string): boolean {
  return (
    expression.kind === "attribute" &&
    expression.name.name === name &&
    expression.target.kind === "variable" &&
    expression.target.name === "var"
  );
}

/** The value of a literal or of a string without interpolation; undefined for anything else. */
export function literalOf(expression: Expression): Scalar | undefined {
  if (expression.kind === "literal") return expression.value ?? undefined;
  if (expression.kind !== "template") return undefined;
  const [part, ...others] = expression.parts;
  if (part === undefined) return "";
  return part.kind === "text" && others.length === 0 ? part.value : undefined;
}
