import { relative } from "pathe";
import type { Finding, FindingResource, RelatedLocation } from "../findings/finding.js";
import type { Problem } from "../findings/problem.js";
import type { Severity } from "../findings/severity.js";
import type { LaunchResource } from "../model/launch-specification.js";
import type { Location } from "../source/text-range.js";
import { decidingOrigin, originChain } from "../values/origin.js";
import type { LocatedProblem } from "./check-deployment.js";
import { describeChain, type Files } from "./describe-chain.js";
import { describeReason } from "./describe-reason.js";
import { fingerprint } from "./fingerprint.js";
import {
  adviceOnCall,
  decidedElsewhere,
  isLaunchedThrough,
  standingPlace,
} from "./standing-place.js";

/** What joining needs to know beside the problems. */
export interface JoinContext {
  readonly files: Files;
  /** The git top level, else the working directory. */
  readonly rootDirectory: string;
  /** The severity each rule is run at. */
  readonly severityOf: (ruleId: string) => Severity;
}

/**
 * Turns problems into findings: failures that the same place decides become one, which names every
 * launch specification it makes wrong; open results of one launch specification that hang on the
 * same unknown become one, which names every rule it decides.
 */
export function joinFindings(
  problems: readonly LocatedProblem[],
  context: JoinContext,
): readonly Finding[] {
  const groups = new Map<string, LocatedProblem[]>();
  const failures = new Set(
    problems.filter(isFailure).map(({ rule, problem }) => failureKey(rule.id, problem)),
  );
  for (const located of problems) {
    if (isAnsweredElsewhere(located.problem)) continue;
    const { yieldsTo = [] } = located.rule;
    if (yieldsTo.some((ruleId) => failures.has(failureKey(ruleId, located.problem)))) continue;
    const key = groupKey(located);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [located]);
    else group.push(located);
  }
  return [...groups.values()]
    .flatMap(splitByWhen)
    .map((group) => makeFinding(group, context))
    .sort(byPlace);
}

/**
 * Resources that the same place makes wrong in different scenarios get findings of their own. What
 * launches through a template goes with the template, whose finding says when that is wrong.
 */
function splitByWhen(group: readonly LocatedProblem[]): readonly (readonly LocatedProblem[])[] {
  const [nearest] = inOrderOfChains(group);
  const split = new Map<string | undefined, LocatedProblem[]>();
  for (const located of group) {
    const when = isLaunchedThrough(located.problem) ? nearest?.when : located.when;
    const same = split.get(when);
    if (same === undefined) split.set(when, [located]);
    else same.push(located);
  }
  return [...split.values()];
}

function inOrderOfChains(group: readonly LocatedProblem[]): readonly LocatedProblem[] {
  return [...group].sort((left, right) => chainLength(left) - chainLength(right));
}

/** An option whose value is invalid is reported as such, and only there. */
function isAnsweredElsewhere(problem: Problem): boolean {
  return problem.kind === "open" && problem.reason.kind === "invalid";
}

function isFailure({ problem }: LocatedProblem): boolean {
  return problem.kind === "fail";
}

function failureKey(ruleId: string, { at, option }: Problem): string {
  const { path, range } = decidingOrigin(at).location;
  return JSON.stringify([ruleId, option, path, range.start, range.end]);
}

function groupKey(located: LocatedProblem): string {
  const { rule, resource, problem } = located;
  const { path, range } = standingPlace(located);
  const place = [path, range.start, range.end];
  return problem.kind === "fail"
    ? JSON.stringify([rule.id, problem.message, problem.option, place])
    : JSON.stringify([resource.address, place]);
}

function makeFinding(group: readonly LocatedProblem[], context: JoinContext): Finding {
  // The resource nearest to the deciding place is the one to change; others launch through it.
  const [owner, ...others] = inOrderOfChains(group) as [LocatedProblem, ...LocatedProblem[]];
  const { rule, resource, problem, when } = owner;
  const location = standingPlace(owner);
  const path = relative(context.rootDirectory, location.path);
  const { says = "", advice } = rule.messages[problem.message] ?? {};
  const fill = (template: string) => fillMessage(template, problem);
  const identity = { ruleId: rule.id, path, address: resource.address, option: problem.option };
  return {
    ruleId: rule.id,
    kind: problem.kind,
    severity: context.severityOf(rule.id),
    message: fill(says),
    ...(advice === undefined ? {} : { advice: `${fill(advice)}${adviceOnCall(owner, location)}` }),
    messageId: problem.message,
    location,
    resource: resourceOf(resource),
    resources: distinctResources([owner, ...others]),
    ...(when === undefined ? {} : { when }),
    chain: describeChain(problem.at, context.files),
    related: [
      ...decidedElsewhere(owner, location),
      ...(problem.related ?? []).map(({ message, origin }) => ({
        message,
        location: decidingOrigin(origin).location,
      })),
      ...plannedAt([owner, ...others], location),
    ],
    decides: [...new Set(group.map((located) => located.rule.id))],
    fingerprint: fingerprint(identity),
  };
}

/** Where a plan has one of the resources, so that a finding in the source shows what it was found by. */
function plannedAt(
  group: readonly LocatedProblem[],
  { path }: Location,
): readonly RelatedLocation[] {
  const [first] = group.flatMap(({ resource }) =>
    resource.planned === undefined || resource.planned.path === path
      ? []
      : [{ message: `the plan has ${resource.address}`, location: resource.planned }],
  );
  return first === undefined ? [] : [first];
}

function chainLength({ problem }: LocatedProblem): number {
  return originChain(problem.at).length;
}

function fillMessage(template: string, problem: Problem): string {
  const reason = problem.kind === "open" ? { reason: describeReason(problem.reason) } : {};
  const data: Readonly<Record<string, string>> = { ...problem.data, ...reason };
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => data[name] ?? placeholder);
}

function resourceOf({ address, type, location, construct }: LaunchResource): FindingResource {
  const path = construct === undefined ? {} : { construct: construct.path };
  return { address, type, location, ...path };
}

function distinctResources(group: readonly LocatedProblem[]): readonly FindingResource[] {
  const byAddress = new Map<string, FindingResource>();
  for (const { resource } of group) {
    if (!byAddress.has(resource.address)) byAddress.set(resource.address, resourceOf(resource));
  }
  return [...byAddress.values()];
}

function byPlace(left: Finding, right: Finding): number {
  if (left.location.path !== right.location.path) {
    return left.location.path < right.location.path ? -1 : 1;
  }
  const offset = left.location.range.start - right.location.range.start;
  if (offset !== 0) return offset;
  return left.ruleId < right.ruleId ? -1 : left.ruleId > right.ruleId ? 1 : 0;
}
