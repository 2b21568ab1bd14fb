import type { InputError } from "../findings/input-error.js";
import type { RelatedOrigin } from "../findings/problem.js";
import { optionDefinitions } from "../model/metadata-options.js";
import type { Deployment } from "../model/deployment.js";
import type { Dialect, EvaluatedDeployment, OpenInput } from "../parsers/resource.js";
import type { ConfigurationIn } from "../parsers/resources/launch-resource-kind.js";
import { normalizeDeployment } from "../parsers/resources/normalize-deployment.js";
import type { Rule } from "../rules/define-rule.js";
import type { Scalar } from "../values/value.js";
import {
  checkDeployment,
  checkLaunch,
  type CheckResult,
  type LocatedProblem,
  ruleFailed,
} from "./check-deployment.js";
import { joinClauses } from "./describe-when.js";

/** A parameter with more allowed values than that is not tried value by value. */
const MOST_VALUES = 16;

/**
 * Runs the rules on what other values could bring in: each parameter or variable is opened by itself
 * whose default something depends on. What fails by default is not looked at; everything else that
 * fails with another value becomes one problem for each input and rule, at the input's default.
 */
export function checkAlternatives(
  { dialect, alternatives, assumed }: EvaluatedDeployment,
  rules: readonly Rule[],
  configurationIn: ConfigurationIn,
): CheckResult {
  if (alternatives === undefined || rules.length === 0) return { problems: [], errors: [] };
  const possible = alternatives();
  const { byDefault } = possible;
  const { scenarios } = byDefault;
  const facts = assumed === undefined ? {} : { assumed };
  const normalize = (deployment: EvaluatedDeployment) =>
    normalizeDeployment({ ...deployment, ...facts }, configurationIn);
  const usual = checkDeployment(normalize(byDefault), rules, scenarios);
  const failing = new Set(
    usual.problems.filter(isFailure).map(({ resource, rule }) => `${rule.id} ${resource.address}`),
  );
  const problems: LocatedProblem[] = [];
  const errors: InputError[] = [...usual.errors];
  for (const input of possible.inputs()) {
    for (const rule of rules) {
      const result = checkInput(input, rule, { dialect, normalize }, (address) =>
        failing.has(`${rule.id} ${address}`),
      );
      problems.push(...result.problems);
      errors.push(...result.errors);
    }
  }
  return { problems, errors };
}

/** What all deployments have in common that are looked at for one. */
interface CheckedDeployment {
  readonly dialect: Dialect;
  readonly normalize: (deployment: EvaluatedDeployment) => Deployment;
}

function checkInput(
  input: OpenInput,
  rule: Rule,
  { dialect, normalize }: CheckedDeployment,
  isFailing: (address: string) => boolean,
): CheckResult {
  const opened = input.open();
  if (opened === undefined) return { problems: [], errors: [] };
  const { deployment, subject } = opened;
  const { scenarios } = deployment;
  const found: LocatedProblem[] = [];
  const errors: InputError[] = [];
  for (const launch of normalize(deployment).launchSpecifications) {
    if (isFailing(launch.address)) continue;
    try {
      const problems = checkLaunch(launch, rule, scenarios, { hasNames: false });
      const values = subject.domain ?? problems.flatMap(wordsFor);
      // Where the option is the value itself, each value is a scenario.
      const told =
        problems.some(isNotTold) && values.length <= MOST_VALUES
          ? checkLaunch(launch, rule, scenarios, {
              hasNames: false,
              isWanted: () =>
                values.some(
                  (value) =>
                    scenarios.decide({ kind: "is-one-of", subject, values: [value] }) === true,
                ),
            })
          : problems;
      found.push(...told.filter(isFailure));
    } catch (error) {
      errors.push(ruleFailed({ rule, resource: launch.resource }, error));
    }
  }
  const clauses = found.flatMap((located) => located.when?.split(", or when ") ?? []);
  const when = joinClauses(new Set(clauses));
  const label = dialect === "terraform" ? `var.${input.name}` : `parameter ${input.name}`;
  const step = dialect === "terraform" ? "variable-default" : "parameter-default";
  const at = { location: input.location, step, name: input.name } as const;
  return {
    problems: found.map(({ problem, ...located }) => ({
      ...located,
      problem: {
        ...problem,
        data: { ...problem.data, input: label },
        at,
        option: `${problem.option} by ${input.name}`,
        related: [...(problem.related ?? []), ...decidedBy(problem)],
      },
      when: when === "" ? undefined : when,
    })),
    errors,
  };
}

function isFailure({ problem }: LocatedProblem): boolean {
  return problem.kind === "fail";
}

/** Whether single values could say more: a question, or a failure with all values, the default among them. */
function isNotTold({ problem, when }: LocatedProblem): boolean {
  return problem.kind === "open" || when === undefined;
}

/** What the option can be that the input decides, for an input whose values nobody lists. */
function wordsFor(located: LocatedProblem): readonly Scalar[] {
  if (!isNotTold(located)) return [];
  // Tokens that fail with all values do so for an endpoint that the value may turn off.
  const { httpTokens, httpEndpoint } = optionDefinitions;
  return (isFailure(located) ? httpEndpoint : httpTokens).words;
}

/** Where the option stands that turns out so, or would stand. */
function decidedBy({
  at: { location, step },
}: LocatedProblem["problem"]): readonly RelatedOrigin[] {
  return [{ message: "it takes effect", origin: { location, step } }];
}
