import { type LocatedProblem, problemKey } from "./check-deployment.js";

/** What was found in a template as it is deployed with one set of values for its parameters. */
export interface ProblemsOfSet {
  readonly parameterSet: string;
  readonly problems: readonly LocatedProblem[];
}

/**
 * The problems of one template over all sets of values: what holds with each of them is said once;
 * what holds with some says with which.
 */
export function mergeParameterSets(results: readonly ProblemsOfSet[]): readonly LocatedProblem[] {
  const found = new Map<string, { readonly located: LocatedProblem; readonly sets: string[] }>();
  for (const { parameterSet, problems } of results) {
    for (const located of problems) {
      const { resource, rule, problem, when } = located;
      const key = JSON.stringify([rule.id, resource.address, problemKey(problem), when]);
      const same = found.get(key);
      if (same === undefined) found.set(key, { located, sets: [parameterSet] });
      else if (!same.sets.includes(parameterSet)) same.sets.push(parameterSet);
    }
  }
  return [...found.values()].map(({ located, sets }) => {
    if (sets.length === results.length) return located;
    const deployed = `deployed with ${sets.join(" or ")}`;
    return { ...located, when: within(deployed, located.when) };
  });
}

/** One clause for both; a `when` with several alternatives is put in parentheses. */
function within(deployed: string, when: string | undefined): string {
  if (when === undefined) return deployed;
  return when.includes(", or when ") ? `${deployed} and (${when})` : `${deployed} and ${when}`;
}
