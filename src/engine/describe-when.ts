import type { Decision, Outcome } from "../values/scenarios.js";

/**
 * The scenarios in which something holds, in the fewest words that are true: "condition IsProd is
 * false", "var.env is prod and var.spot is true, or when …". Undefined where it holds in all.
 */
export function describeWhen<T>(
  outcomes: readonly Outcome<T>[],
  holds: (outcome: Outcome<T>) => boolean,
): string | undefined {
  const without = outcomes.filter((outcome) => !holds(outcome));
  if (without.length === 0) return undefined;
  const clauses = new Set<string>();
  for (const outcome of outcomes.filter(holds)) {
    const needed = shorten(outcome.decisions, without);
    clauses.add(needed.map(({ text }) => text).join(" and "));
  }
  return [...clauses].join(", or when ");
}

/** Leaves out every decision that is not needed to tell the scenario from those without; unnamed ones first. */
function shorten(
  decisions: readonly Decision[],
  without: readonly Outcome<unknown>[],
): readonly Decision[] {
  const byName = [...decisions].sort((left, right) => Number(left.named) - Number(right.named));
  let needed = decisions;
  for (const candidate of byName) {
    const rest = needed.filter((decision) => decision !== candidate);
    if (without.every((outcome) => contradicts(outcome.decisions, rest))) needed = rest;
  }
  return needed;
}

function contradicts(decisions: readonly Decision[], others: readonly Decision[]): boolean {
  return others.some((other) =>
    decisions.some(({ key, holds }) => key === other.key && holds !== other.holds),
  );
}
