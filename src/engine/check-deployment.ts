import type { InputError } from "../findings/input-error.js";
import type { Problem } from "../findings/problem.js";
import type { Deployment } from "../model/deployment.js";
import type { LaunchSpecification } from "../model/launch-specification.js";
import type { Rule } from "../rules/define-rule.js";
import { decidingOrigin } from "../values/origin.js";
import type { Outcome, Scenarios } from "../values/scenarios.js";
import { describeWhen } from "./describe-when.js";

/** One problem of one launch specification, over all scenarios. */
export interface LocatedProblem {
  readonly rule: Rule;
  readonly launch: LaunchSpecification;
  readonly problem: Problem;
  /** The scenarios in which it holds; undefined for all. */
  readonly when: string | undefined;
}

/** What checking came to. A rule that throws costs its own results, and is named in `errors`. */
export interface CheckResult {
  readonly problems: readonly LocatedProblem[];
  readonly errors: readonly InputError[];
}

/**
 * Runs the rules over every launch specification, once per consistent scenario. Scenarios are told
 * apart for each rule anew, so that only conditions a rule depends on multiply.
 */
export function checkDeployment(
  { launchSpecifications }: Deployment,
  rules: readonly Rule[],
  scenarios: Scenarios,
): CheckResult {
  const problems: LocatedProblem[] = [];
  const errors: InputError[] = [];
  for (const launch of launchSpecifications) {
    for (const rule of rules) {
      try {
        problems.push(...checkLaunch(launch, rule, scenarios));
      } catch (error) {
        errors.push(ruleFailed(rule, launch, error));
      }
    }
  }
  return { problems, errors };
}

function checkLaunch(
  launch: LaunchSpecification,
  rule: Rule,
  scenarios: Scenarios,
): readonly LocatedProblem[] {
  const outcomes = scenarios.explore(() => {
    const exists = launch.exists !== "no";
    const problems = exists ? [...rule.check(launch)] : [];
    return { exists, found: new Map(problems.map((problem) => [problemKey(problem), problem])) };
  });
  const found = new Map(outcomes.flatMap(({ result }) => [...result.found]));
  return [...found].flatMap(([key, problem]) => {
    const holds = ({ result }: Outcome<CheckedScenario>) => result.found.has(key);
    const isDropped =
      problem.kind === "fail" &&
      problem.mustAlwaysHold === true &&
      outcomes.some((outcome) => outcome.result.exists && !holds(outcome));
    return isDropped ? [] : [{ rule, launch, problem, when: describeWhen(outcomes, holds) }];
  });
}

/** What a rule says of a launch specification in one scenario. */
interface CheckedScenario {
  readonly exists: boolean;
  readonly found: ReadonlyMap<string, Problem>;
}

/** Problems of different scenarios are the same if they say the same of the same place. */
function problemKey({ kind, message, data, at, option }: Problem): string {
  const { path, range } = decidingOrigin(at).location;
  const place = `${path}:${range.start}:${range.end}`;
  return JSON.stringify([kind, message, data ?? {}, option, place]);
}

function ruleFailed(rule: Rule, launch: LaunchSpecification, error: unknown): InputError {
  const { location } = launch.resource;
  const cause = error instanceof Error ? error.message : String(error);
  const message = `rule ${rule.id} failed on ${launch.address}: ${cause}; please report this`;
  return { code: "internal", message, path: location.path, location };
}
