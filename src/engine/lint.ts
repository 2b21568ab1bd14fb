import type { Finding } from "../findings/finding.js";
import type { InputError } from "../findings/input-error.js";
import type { Report } from "../findings/report.js";
import type { Skipped } from "../findings/skipped.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { normalizeDeployment } from "../parsers/resources/normalize-deployment.js";
import type { Rule } from "../rules/define-rule.js";
import { RealPaths } from "../source/real-paths.js";
import type { ConfigurationIn } from "../parsers/resources/launch-resource-kind.js";
import { withUndeployed } from "./application-files.js";
import { checkAlternatives } from "./check-alternatives.js";
import { checkSuppressions } from "./check-suppressions.js";
import { checkDeployment, type LocatedProblem } from "./check-deployment.js";
import { type EvaluatedInput, evaluateDeployments } from "./evaluate-deployments.js";
import { internalError } from "./internal-error.js";
import { joinFindings } from "./join-findings.js";
import type { LintRequest } from "./lint-request.js";
import { mergeParameterSets, type ProblemsOfSet } from "./merge-parameter-sets.js";
import { rulesFor, rulesOfAllFiles } from "./settings-by-file.js";
import { sortErrors } from "./sort-errors.js";
import { type ConstructAt, standingPlace } from "./standing-place.js";
import { suppressProblems } from "./suppress-problems.js";

/** Lints files of both dialects. Never throws: whatever goes wrong is in the report's errors. */
export function lint(request: LintRequest): Report {
  const rules = rulesOfAllFiles(request);
  const problems: LocatedProblem[] = [];
  const errors: InputError[] = [];
  const skipped: Skipped[] = [];
  const setsByTemplate = new Map<string, ProblemsOfSet[]>();
  let launchSpecifications = 0;
  const evaluated = evaluateDeployments(request);
  const { applications } = evaluated;
  const files = new Map(evaluated.parameterFiles);
  const deployments: EvaluatedDeployment[] = [];
  for (const deployment of allDeployments(evaluated)) {
    request.onProgress?.(deployments.length, evaluated.deployments.length);
    deployments.push(deployment);
    const { isByDefaults = false } = deployment;
    const result = checkOne(
      deployment,
      rules.filter(
        ({ subject }) =>
          subject !== "other-values" && (subject === "module-defaults") === isByDefaults,
      ),
      rules.filter(({ subject }) => subject === "other-values"),
      applications.for(deployment),
    );
    errors.push(...result.errors);
    for (const [path, file] of deployment.files) files.set(path, file);
    for (const [path, file] of applications.readBy(deployment)) files.set(path, file);
    const { parameterSet } = deployment;
    const [path = ""] = deployment.files.keys();
    const sets = setsByTemplate.get(path) ?? [];
    if (parameterSet === undefined) problems.push(...result.problems);
    else setsByTemplate.set(path, [...sets, { parameterSet, problems: result.problems }]);
    // What evaluating a module once more comes across has been said through its callers.
    if (isByDefaults) continue;
    // However often it is deployed, a template is one.
    if (sets.length === 0) launchSpecifications += result.launchSpecifications;
    // Evaluating is lazy: only now is it clear what it came across.
    errors.push(...deployment.errors);
    skipped.push(...deployment.skipped);
  }
  problems.push(...[...setsByTemplate.values()].flatMap(mergeParameterSets));
  const constructAt = constructsOf(evaluated.deployments);
  const suppressed = suppressProblems(problems, { files, constructAt }, request);
  const onSuppressions = checkSuppressions(suppressed, {
    rules,
    isRun: (ruleId, path) => [...rulesFor(request, path).keys()].some(({ id }) => id === ruleId),
    isPartial: isPartial([...evaluated.errors, ...errors], skipped),
  });
  const wanted = [...suppressed.problems, ...onSuppressions].filter(
    (located) =>
      request.byFile === undefined ||
      rulesFor(request, standingPlace(located, constructAt).path).has(located.rule),
  );
  const joined = joinFindings(wanted, {
    files,
    rootDirectory: request.rootDirectory,
    withFixes: request.withFixes === true,
    severityOf: (rule, path) => rulesFor(request, path).get(rule) ?? rule.severity,
    constructAt,
  });
  // Where constructs are created may be in files that nothing else was read from.
  for (const { constructAt, files: read } of evaluated.deployments) {
    if (constructAt !== undefined) for (const [path, file] of read) files.set(path, file);
  }
  const real = new RealPaths(request.fileSystem, request.rootDirectory);
  const judged = new Set(request.files.flatMap((path) => [path, real.of(path)]));
  // What is included is part of the template, though it is no file to lint by itself.
  for (const { includedBy } of evaluated.deployments) {
    for (const [path, templates] of includedBy ?? []) {
      if ([...templates].some((template) => judged.has(template))) judged.add(path);
    }
  }
  return {
    findings: joined.findings.filter((finding) => touches(finding, judged)),
    suppressed: joined.suppressed.filter((finding) => touches(finding, judged)),
    errors: sortErrors(distinct([...evaluated.errors, ...errors])),
    coverage: { ...evaluated.counts, launchSpecifications, skipped: distinct(skipped) },
    files,
    deployments: deployments.map((deployment) => [
      ...deployment.files.keys(),
      ...applications.readBy(deployment).keys(),
    ]),
  };
}

/** Policy files come last: which of them a template reads is known once it is judged. */
function* allDeployments({
  deployments,
  configurations,
  applications,
  policies,
}: EvaluatedInput): Iterable<EvaluatedDeployment> {
  yield* withUndeployed(deployments, configurations, applications);
  const alone = policies((path) =>
    deployments.some(({ files, readPaths }) => files.has(path) || readPaths?.has(path) === true),
  );
  if (alone !== undefined) yield alone;
}

function constructsOf(deployments: readonly EvaluatedDeployment[]): ConstructAt {
  const finders = deployments.flatMap(({ constructAt }) => constructAt ?? []);
  return (location) => {
    for (const constructAt of finders) {
      const construct = constructAt(location);
      if (construct !== undefined) return construct;
    }
    return undefined;
  };
}

interface DeploymentResult {
  readonly problems: readonly LocatedProblem[];
  readonly errors: readonly InputError[];
  readonly launchSpecifications: number;
}

/** A mistake of ours costs one deployment, never the others. */
function checkOne(
  evaluated: EvaluatedDeployment,
  rules: readonly Rule[],
  rulesOnOtherValues: readonly Rule[],
  configurationIn: ConfigurationIn,
): DeploymentResult {
  try {
    const deployment = normalizeDeployment(evaluated, configurationIn);
    const usual = checkDeployment(deployment, rules, evaluated.scenarios);
    const other = checkAlternatives(evaluated, rulesOnOtherValues, configurationIn);
    return {
      problems: [...usual.problems, ...other.problems],
      errors: [...usual.errors, ...other.errors],
      launchSpecifications: deployment.launchSpecifications.length,
    };
  } catch (error) {
    const [path = ""] = evaluated.files.keys();
    return { problems: [], errors: [internalError(path, error)], launchSpecifications: 0 };
  }
}

/** Files that could not be read in full, or in which something was not evaluated. */
function isPartial(
  errors: readonly InputError[],
  skipped: readonly Skipped[],
): (path: string) => boolean {
  const paths = new Set([
    ...errors.map(({ path }) => path),
    ...skipped.map(({ location }) => location.path),
  ]);
  return (path) => paths.has(path) || errors.some(({ code }) => code === "internal");
}

/** Whether its place, a step that leads there, one of its resources or what calls those stands in one of these files. */
export function touches(finding: Finding, paths: ReadonlySet<string>): boolean {
  const { chain, related, resources } = finding;
  const places = [finding, ...chain, ...related, ...resources].map(({ location }) => location);
  // Who judges a root module or a stack wants to know of all that it deploys, wherever that is written.
  const calls = resources.flatMap((resource) => resource.calls ?? []);
  return [...places, ...calls].some(({ path }) => paths.has(path));
}

/** Modules that several root modules call are skipped once, and files that several settings name read once. */
function distinct<Item extends object>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
