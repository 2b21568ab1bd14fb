import type { Decision } from "../values/scenario-path.js";
import type { Outcome } from "../values/scenarios.js";

const AND = " and ";
const OR = ", or when ";
const VALUES = " or ";

/**
 * The scenarios in which something holds, in the fewest words that are true: "condition IsProd is
 * false", "var.env is prod and var.spot is true, or when …". Undefined where it holds in all.
 */
export function describeWhen<T>(
  outcomes: readonly Outcome<T>[],
  holds: (outcome: Outcome<T>) => boolean,
): string | undefined {
  const without = outcomes.filter((outcome) => !holds(outcome));
  if (
    without.length === 0 ||
    outcomes.some((outcome) => outcome.isMerged === true && holds(outcome))
  ) {
    return undefined;
  }
  const clauses = new Set<string>();
  for (const outcome of outcomes.filter(holds)) {
    const needed = shorten(outcome.decisions, without);
    clauses.add(asClause(needed.map(({ text }) => text)));
  }
  return joinClauses(readable([...clauses]));
}

/** In words that somebody still reads. */
const MOST_CLAUSES = 4;
const MOST_CONDITIONS = 5;

function asClause(conditions: readonly string[]): string {
  const others = conditions.length - MOST_CONDITIONS;
  // One more is as short as saying that there is one.
  if (others <= 1) return conditions.join(AND);
  return [...conditions.slice(0, MOST_CONDITIONS), `${others} other conditions hold`].join(AND);
}

/** Of more ways than anybody reads, the shortest ones, and how many others there are. */
function readable(clauses: readonly string[]): readonly string[] {
  const others = clauses.length - MOST_CLAUSES;
  // Those of one thing alone are joined to a list of its values.
  if (others <= 1 || clauses.every((clause) => valuesIn(clause) !== undefined)) return clauses;
  const shortest = [...clauses].sort((left, right) => left.length - right.length);
  const shown = new Set(shortest.slice(0, MOST_CLAUSES));
  return [...clauses.filter((clause) => shown.has(clause)), `in ${others} other cases`];
}

/** Clauses as one description; values of the same thing are listed once: "var.env is dev or test". */
export function joinClauses(clauses: Iterable<string>): string {
  const values = new Map<string, Set<string>>();
  const joined: string[] = [];
  for (const clause of clauses) {
    const { label, listed } = valuesIn(clause) ?? {};
    const known = label === undefined ? undefined : values.get(label);
    if (label === undefined || listed === undefined) joined.push(clause);
    else if (known !== undefined) for (const value of listed) known.add(value);
    else {
      values.set(label, new Set(listed));
      joined.push(label);
    }
  }
  return joined
    .map((each) => {
      const listed = values.get(each);
      return listed === undefined ? each : `${each} is ${[...listed].join(VALUES)}`;
    })
    .join(OR);
}

/** "parameter Env", and "dev" and "test", of a clause that says no more than that. */
function valuesIn(clause: string) {
  const [, label, list] = /^(\S.*?) is (?!not |neither |true$|false$)(.+)$/.exec(clause) ?? [];
  if (label === undefined || list === undefined || clause.includes(AND)) return undefined;
  const listed = list.split(VALUES);
  // A text in quotes may have these words in it.
  return listed.every((value) => /^[^"]*$|^".*"$/.test(value)) ? { label, listed } : undefined;
}

/** When any of the descriptions holds; undefined where that is always. */
export function whenAnyOf(whens: readonly (string | undefined)[]): string | undefined {
  const widest = widestWhens(whens);
  return widest.includes(undefined) ? undefined : widest.join(OR);
}

/** The descriptions without those that, by their words alone, are part of another. */
export function widestWhens(
  whens: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const distinct = [...new Set(whens)];
  return distinct.filter((when, index) => {
    const isWiderOrFirst = (other: string | undefined, at: number) =>
      at !== index && covers(other, when) && (at < index || !covers(when, other));
    return !distinct.some(isWiderOrFirst);
  });
}

function covers(wider: string | undefined, narrower: string | undefined): boolean {
  if (wider === undefined) return true;
  if (narrower === undefined) return false;
  return narrower.split(OR).every((clause) => {
    const parts = new Set(clause.split(AND));
    return wider.split(OR).some((other) => other.split(AND).every((part) => parts.has(part)));
  });
}

/** Leaves out every decision that is not needed to tell the scenario from those without; unnamed ones first. */
function shorten(
  decisions: readonly Decision[],
  without: readonly Outcome<unknown>[],
): readonly Decision[] {
  const byName = [...decisions].sort((left, right) => Number(left.named) - Number(right.named));
  // What was not run may go either way, so nothing can be left out then.
  if (without.some(({ isMerged }) => isMerged === true))
    return decisions.filter(({ named }) => !named);
  let needed = decisions;
  for (const candidate of byName) {
    const rest = needed.filter((decision) => decision !== candidate);
    if (without.every((outcome) => contradicts(outcome.decisions, rest))) needed = rest;
  }
  return needed;
}

function contradicts(decisions: readonly Decision[], others: readonly Decision[]): boolean {
  return others.some((other) => decisions.some((decision) => excludes(decision, other)));
}

/** Whether both cannot be: opposite answers, or no value left that would suit both. */
function excludes(left: Decision, right: Decision): boolean {
  if (left.key === right.key) return left.holds !== right.holds;
  if (left.leaves === undefined || right.leaves === undefined) return false;
  if (left.leaves.subject !== right.leaves.subject) return false;
  const { among, excluded } = left.leaves;
  const other = right.leaves;
  if (among !== undefined) {
    return among.every((value) =>
      other.among === undefined ? other.excluded.includes(value) : !other.among.includes(value),
    );
  }
  return other.among?.every((value) => excluded.includes(value)) === true;
}
