import type { Scalar } from "../../src/values/value.js";
import type { DecisionTree, InputPath, InputState } from "./decision-tree.js";
import type { LaunchValue } from "./launch-map.js";

/** A decision tree in as few words as it takes. */
export type Expression =
  | { readonly kind: "constant"; readonly value: Scalar | null }
  /** The input as it is; null where it is null. */
  | { readonly kind: "input"; readonly path: InputPath }
  /** One of two words for a switch. */
  | { readonly kind: "words"; readonly path: InputPath; readonly words: readonly [string, string] }
  /** What the input's state decides; "set" stands for all states that are not named. */
  | {
      readonly kind: "choice";
      readonly path: InputPath;
      readonly branches: ReadonlyMap<InputState, Expression>;
    }
  /** Something that only deploying decides, or that is beyond this search. */
  | { readonly kind: "unknown" };

/** Simplifies a tree. What Terraform rejects may become anything, as nobody gets to deploy it. */
export function simplify(tree: DecisionTree<LaunchValue>): Expression {
  return simplifyOrReject(tree) ?? { kind: "unknown" };
}

function simplifyOrReject(tree: DecisionTree<LaunchValue>): Expression | undefined {
  if ("leaf" in tree) {
    if (tree.leaf === "rejected") return undefined;
    if (tree.leaf === "unknown") return { kind: "unknown" };
    return { kind: "constant", value: tree.leaf.value };
  }
  const { path } = tree;
  const branches = new Map<InputState, Expression>();
  for (const [state, branch] of tree.branches) {
    const simple = simplifyOrReject(branch);
    if (simple === undefined) continue;
    for (const name of state === "missing" ? ["absent", "null"] : [state]) {
      branches.set(name, simple);
    }
  }
  joinValues(path, branches);
  const set = branches.get("set");
  const whenNull = branches.get("null");
  // An input that is null is passed on as null.
  if (
    set?.kind === "input" &&
    set.path.join(".") === path.join(".") &&
    isConstant(whenNull, null)
  ) {
    branches.delete("null");
  }
  // Being there is what counts where null comes to the same as any value.
  if (set !== undefined && whenNull !== undefined && isEqual(set, whenNull)) {
    branches.delete("null");
  }
  const [first, ...others] = branches.values();
  if (first === undefined) return undefined;
  if (set?.kind === "choice" && isCovered(path, branches, set)) return set;
  const isOne = others.every((other) => isEqual(first, other));
  const isOptional = branches.has("absent") && first.kind === "input";
  return isOne && !isOptional ? first : { kind: "choice", path, branches };
}

/** Whether an input that is null or absent comes to the same as one whose part is absent. */
function isCovered(
  path: InputPath,
  branches: ReadonlyMap<InputState, Expression>,
  set: Extract<Expression, { readonly kind: "choice" }>,
): boolean {
  const absent = set.branches.get("absent");
  const isPart = set.path.length === path.length + 1 && set.path.at(-1) !== "other";
  return (
    isPart &&
    absent?.kind === "constant" &&
    [...branches].every(([state, branch]) => state === "set" || isEqual(branch, absent))
  );
}

/** Values that are treated alike become the one state "set". */
function joinValues(path: InputPath, branches: Map<InputState, Expression>): void {
  const values = [...branches].filter(([state]) => isValue(state));
  const [first] = values;
  if (first === undefined) return;
  const input: Expression = { kind: "input", path };
  const general = values.map(([state, branch]) => generalize(branch, JSON.parse(state), input));
  const [firstGeneral] = general;
  const isOne = (branches: readonly Expression[], one: Expression) =>
    branches.every((other) => isEqual(one, other));
  const joined = isOne(
    values.map(([, branch]) => branch),
    first[1],
  )
    ? first[1]
    : firstGeneral !== undefined && isOne(general, firstGeneral)
      ? firstGeneral
      : wordsOf(path, branches);
  if (joined === undefined) return;
  for (const [state] of values) branches.delete(state);
  branches.set("set", joined);
}

/** The expression with the input in place of the value that it was taken to be. */
function generalize(expression: Expression, value: unknown, input: Expression): Expression {
  if (expression.kind === "constant") {
    return expression.value !== null && String(expression.value) === String(value)
      ? input
      : expression;
  }
  if (expression.kind !== "choice") return expression;
  const branches = [...expression.branches].map(
    ([state, branch]) => [state, generalize(branch, value, input)] as const,
  );
  return { ...expression, branches: new Map(branches) };
}

function isValue(state: InputState): boolean {
  return !["absent", "null", "set", "filled", "empty"].includes(state);
}

function wordsOf(
  path: InputPath,
  branches: ReadonlyMap<InputState, Expression>,
): Expression | undefined {
  const [whenTrue, whenFalse] = [branches.get("true"), branches.get("false")];
  if (whenTrue?.kind !== "constant" || typeof whenTrue.value !== "string") return undefined;
  if (whenFalse?.kind !== "constant" || typeof whenFalse.value !== "string") return undefined;
  return { kind: "words", path, words: [whenTrue.value, whenFalse.value] };
}

/** Whether it is that constant. */
export function isConstant(expression: Expression | undefined, value: Scalar | null): boolean {
  return expression?.kind === "constant" && expression.value === value;
}

/** Whether two expressions are written alike. */
export function isEqual(left: Expression, right: Expression): boolean {
  return JSON.stringify(left, plain) === JSON.stringify(right, plain);
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
}

/** The inputs it reads. */
export function pathsOf(expression: Expression): readonly InputPath[] {
  switch (expression.kind) {
    case "constant":
      return [];
    case "unknown":
      return [[unknownInput]];
    case "input":
    case "words":
      return [expression.path];
    case "choice": {
      const inner = [...expression.branches.values()].flatMap(pathsOf);
      // Of a number or a word only some values were tried; what others do is not known.
      return [expression.path, ...inner, ...(isPartial(expression) ? [[unknownInput]] : [])];
    }
  }
}

/** The last of all that an input can be; behind it nothing else needs to be thought of. */
const lastWords: ReadonlySet<InputState> = new Set([
  '"other"',
  '"optional"',
  '"disabled"',
  '"false"',
]);

/** Whether single values of an input are told apart and there are others besides. */
export function isPartial({ branches }: Extract<Expression, { readonly kind: "choice" }>): boolean {
  const values = [...branches.keys()].filter(isValue);
  const isSwitch = values.every((value) => value === "true" || value === "false");
  return !isSwitch && !values.some((value) => lastWords.has(value));
}

/** The variable that stands for what the catalogue does not know. */
export const unknownInput = "decided_elsewhere";
