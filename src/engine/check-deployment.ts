import type { InputError } from "../findings/input-error.js";
import type { Problem } from "../findings/problem.js";
import type { Suppression } from "../findings/suppression.js";
import type { DeclaredProperty } from "../model/declared-property.js";
import type { Deployment } from "../model/deployment.js";
import type { LaunchSpecification } from "../model/launch-specification.js";
import type { LaunchResource } from "../model/launch-resource.js";
import type { Rule, RuleOn } from "../rules/define-rule.js";
import { decidingOrigin } from "../values/origin.js";
import type { Outcome, Scenarios } from "../values/scenarios.js";
import { describeWhen } from "./describe-when.js";

/** One problem of one resource, over all scenarios. */
export interface LocatedProblem {
  readonly rule: Rule;
  readonly resource: LaunchResource;
  /** What the rule looked at, if that is a launch specification. */
  readonly launch?: LaunchSpecification;
  readonly problem: Problem;
  /** The scenarios in which it holds; undefined for all. */
  readonly when: string | undefined;
  /** What silences it. */
  readonly suppression?: Suppression;
}

/** What checking came to. A rule that throws costs its own results, and is named in `errors`. */
export interface CheckResult {
  readonly problems: readonly LocatedProblem[];
  readonly errors: readonly InputError[];
}

/**
 * Runs the rules over what they are about, once per consistent scenario. Scenarios are told apart
 * for each rule anew, so that only conditions a rule depends on multiply.
 */
export function checkDeployment(
  { launchSpecifications, accountDefaults, policyDocuments, images, properties }: Deployment,
  rules: readonly Rule[],
  scenarios: Scenarios,
): CheckResult {
  const problems: LocatedProblem[] = [];
  const errors: InputError[] = [];
  const run = (checked: Checked, check: Check) => {
    try {
      problems.push(...checkScenarios(checked, check, scenarios));
    } catch (error) {
      errors.push(ruleFailed(checked, error));
    }
  };
  const launchRules = rules.filter(isLaunchRule);
  for (const launch of launchSpecifications) {
    for (const rule of launchRules) {
      run({ rule, launch, resource: launch.resource }, () =>
        launch.exists === "no" ? undefined : rule.check(launch),
      );
    }
  }
  for (const rule of rules) {
    if (rule.subject === "account-defaults") {
      for (const defaults of accountDefaults) {
        run({ rule, resource: defaults.resource }, () =>
          defaults.exists() === "no" ? undefined : rule.check(defaults),
        );
      }
    } else if (rule.subject === "policy-document") {
      for (const document of policyDocuments) {
        run({ rule, resource: document.resource }, () =>
          document.exists() === "no" ? undefined : rule.check(document),
        );
      }
    } else if (rule.subject === "image") {
      for (const image of images) {
        run({ rule, resource: image.resource }, () =>
          image.exists() === "no" ? undefined : rule.check(image),
        );
      }
    }
  }
  const propertyRules = rules.filter((rule) => rule.subject === "property");
  const visit = (property: DeclaredProperty) => {
    const checked = checkProperty(property, propertyRules, scenarios);
    problems.push(...checked.problems);
    errors.push(...checked.errors);
    for (const part of checked.parts) visit(part);
  };
  if (propertyRules.length > 0) properties.forEach(visit);
  return { problems, errors };
}

/** How scenarios are told apart and described. */
interface ScenarioOptions {
  /**
   * Asked first in each: whether the rule is run at all. It may take decisions, so that scenarios are
   * told apart that the rule would not.
   */
  readonly isWanted?: () => boolean;
  /** Whether a scenario may be described by the names of conditions. */
  readonly hasNames?: boolean;
}

/** Runs one rule over one launch specification, once per consistent scenario. */
export function checkLaunch(
  launch: LaunchSpecification,
  rule: Rule,
  scenarios: Scenarios,
  { isWanted, hasNames = true }: ScenarioOptions = {},
): readonly LocatedProblem[] {
  if (!isLaunchRule(rule)) return [];
  const check = () =>
    isWanted?.() === false || launch.exists === "no" ? undefined : rule.check(launch);
  return checkScenarios({ rule, launch, resource: launch.resource }, check, scenarios, hasNames);
}

type LaunchRule = RuleOn<"launch-specification" | "module-defaults" | "other-values">;

function isLaunchRule(rule: Rule): rule is Extract<Rule, LaunchRule> {
  const { subject } = rule;
  return (
    subject === "launch-specification" ||
    subject === "module-defaults" ||
    subject === "other-values"
  );
}

/** A rule and what it looks at. */
type Checked = Pick<LocatedProblem, "rule" | "resource" | "launch">;

/** Undefined where what it looks at does not exist in the scenario of the moment. */
type Check = () => Iterable<Problem> | undefined;

interface CheckedProperty extends CheckResult {
  /** What is written within it in any scenario. */
  readonly parts: Iterable<DeclaredProperty>;
}

/**
 * Runs the rules over one property, all in the same scenarios, since all hang on what is written there.
 * What is written within is judged by itself, so that the conditions of two parts never multiply.
 */
function checkProperty(
  property: DeclaredProperty,
  rules: readonly RuleOn<"property">[],
  scenarios: Scenarios,
): CheckedProperty {
  const { resource } = property;
  const errors = new Map<RuleOn<"property">, InputError>();
  const attempt = (rule: RuleOn<"property">): CheckedScenario => {
    try {
      return resultOf(rule.check(property));
    } catch (error) {
      errors.set(rule, ruleFailed({ rule, resource }, error));
      return resultOf(undefined);
    }
  };
  const outcomes = scenarios.explore(() => ({
    parts: property.parts,
    results: rules.map(attempt),
  }));
  const problems = rules.flatMap((rule, index) => {
    if (errors.has(rule)) return [];
    const ofRule = outcomes.map((outcome) => {
      return { ...outcome, result: outcome.result.results[index] ?? nothingFound };
    });
    return problemsIn(ofRule, { rule, resource });
  });
  const parts = outcomes.flatMap(({ result }) => result.parts);
  return {
    problems,
    errors: [...errors.values()],
    parts: new Map(parts.map((part) => [part.identity, part])).values(),
  };
}

function checkScenarios(
  checked: Checked,
  check: Check,
  scenarios: Scenarios,
  hasNames = true,
): readonly LocatedProblem[] {
  const outcomes = scenarios.explore(() => resultOf(check()));
  return problemsIn(outcomes, checked, hasNames);
}

/** Everything that a rule finds in the scenario of the moment. */
function resultOf(found: Iterable<Problem> | undefined): CheckedScenario {
  if (found === undefined) return nothingThere;
  const problems = [...found];
  if (problems.length === 0) return nothingFound;
  return {
    exists: true,
    found: new Map(problems.map((problem) => [problemKey(problem), problem])),
  };
}

/** The problems found in any scenario, each with those in which it holds. */
function problemsIn(
  explored: readonly Outcome<CheckedScenario>[],
  checked: Checked,
  hasNames = true,
): readonly LocatedProblem[] {
  // Most rules find nothing in most places.
  if (explored.every(({ result }) => result.found.size === 0)) return [];
  const outcomes = hasNames ? explored : explored.map(withoutNames);
  const found = new Map(outcomes.flatMap(({ result }) => [...result.found]));
  return [...found].flatMap(([key, problem]) => {
    const holds = ({ result }: Outcome<CheckedScenario>) => result.found.has(key);
    const isDropped =
      problem.kind === "fail" &&
      problem.mustAlwaysHold === true &&
      outcomes.some((outcome) => outcome.result.exists && !holds(outcome));
    return isDropped ? [] : [{ ...checked, problem, when: describeWhen(outcomes, holds) }];
  });
}

function withoutNames<T>(outcome: Outcome<T>): Outcome<T> {
  return { ...outcome, decisions: outcome.decisions.filter(({ named }) => !named) };
}

/** What a rule says in one scenario. */
interface CheckedScenario {
  readonly exists: boolean;
  readonly found: ReadonlyMap<string, Problem>;
}

const nothingFound: CheckedScenario = { exists: true, found: new Map() };

const nothingThere: CheckedScenario = { exists: false, found: new Map() };

/** Problems of different scenarios are the same if they say the same of the same place. */
export function problemKey({ kind, message, data, at, option }: Problem): string {
  const { path, range } = decidingOrigin(at).location;
  const place = `${path}:${range.start}:${range.end}`;
  return JSON.stringify([kind, message, data ?? {}, option, place]);
}

/** A mistake of ours in a rule, as an error that asks to be reported. */
export function ruleFailed({ rule, resource }: Checked, error: unknown): InputError {
  const { address, location } = resource;
  const cause = error instanceof Error ? error.message : String(error);
  const message = `rule ${rule.id} failed on ${address}: ${cause}; please report this`;
  return { code: "internal", message, path: location.path, location };
}
