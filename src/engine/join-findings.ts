import { relative } from "pathe";
import type { Finding, FindingResource, RelatedLocation } from "../findings/finding.js";
import type { FixSafety } from "../findings/fix.js";
import type { Problem } from "../findings/problem.js";
import type { Severity } from "../findings/severity.js";
import type { Suppression, SuppressedFinding } from "../findings/suppression.js";
import type { LaunchResource } from "../model/launch-resource.js";
import type { Rule } from "../rules/define-rule.js";
import type { Location } from "../source/text-range.js";
import { decidingOrigin, originChain } from "../values/origin.js";
import type { LocatedProblem } from "./check-deployment.js";
import { writeFix } from "../fixes/write-fix.js";
import { whenAnyOf, widestWhens } from "./describe-when.js";
import { describeChain, type Files } from "./describe-chain.js";
import { describeReason } from "./describe-reason.js";
import { fingerprint, numberedFingerprint } from "./fingerprint.js";
import {
  adviceOnCall,
  type ConstructAt,
  decidedElsewhere,
  isLaunchedThrough,
  standingPlace,
} from "./standing-place.js";

/** What joining needs to know beside the problems. */
export interface JoinContext {
  readonly files: Files;
  /** The git top level, else the working directory. */
  readonly rootDirectory: string;
  /** Whether findings come with the edits that put them right. */
  readonly withFixes: boolean;
  /** The severity of a rule for what stands in the file of an absolute path. */
  readonly severityOf: (rule: Rule, path: string) => Severity;
  readonly constructAt: ConstructAt;
}

/** Findings, sorted by path, offset and rule id. */
export interface JoinedFindings {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/**
 * Turns problems into findings: failures that the same place decides become one, which names every
 * launch specification it makes wrong; open results of one launch specification that hang on the
 * same unknown become one, which names every rule it decides. Where only some of them are silenced,
 * what is left and what is silenced are findings with one fingerprint: silencing a resource must not
 * make another's finding a new one.
 */
export function joinFindings(
  problems: readonly LocatedProblem[],
  context: JoinContext,
): JoinedFindings {
  const groups = new Map<string, LocatedProblem[]>();
  const failures = new Set(
    problems.filter(isFailure).map(({ rule, problem }) => failureKey(rule.id, problem)),
  );
  for (const located of problems) {
    if (isAnsweredElsewhere(located.problem)) continue;
    const { yieldsTo = [] } = located.rule;
    if (yieldsTo.some((ruleId) => failures.has(failureKey(ruleId, located.problem)))) continue;
    const key = groupKey(located, context);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [located]);
    else group.push(located);
  }
  const joined = [...groups.values()]
    .flatMap((group) => (group.every(isFailure) ? splitByWhen(group) : [group]))
    .map((group) => ({ group, finding: makeFinding(group, context) }))
    .sort((left, right) => byPlace(left.finding, right.finding));
  const parts = withOwnFingerprints(joined).map(({ group, finding }) =>
    bySuppression(group, finding, context),
  );
  return {
    findings: parts.flatMap(({ findings }) => findings).sort(byPlace),
    suppressed: parts.flatMap(({ suppressed }) => suppressed).sort(byPlace),
  };
}

/** What is left of a finding, and what is silenced, once for each suppression. */
function bySuppression(
  group: readonly LocatedProblem[],
  finding: Finding,
  context: JoinContext,
): JoinedFindings {
  const parts = new Map<Suppression["location"], LocatedProblem[]>();
  for (const located of group) {
    const key = located.suppression?.location;
    parts.set(key, [...(parts.get(key) ?? []), located]);
  }
  if (parts.size === 1 && parts.has(undefined)) return { findings: [finding], suppressed: [] };
  // What one edit puts right for all of them, some have been accepted to be without.
  const unfixed = { ...context, withFixes: false };
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const part of parts.values()) {
    const own = { ...makeFinding(part, unfixed), fingerprint: finding.fingerprint };
    const suppression = part[0]?.suppression;
    if (suppression === undefined) findings.push(own);
    else suppressed.push({ ...own, suppression });
  }
  return { findings, suppressed };
}

/** A finding and what it was made of. */
interface JoinedFinding {
  readonly group: readonly LocatedProblem[];
  readonly finding: Finding;
}

/** Tells apart findings that rule, file, resource and option do not: the second such finding, the third. */
function withOwnFingerprints(joined: readonly JoinedFinding[]): readonly JoinedFinding[] {
  const counts = new Map<string, number>();
  return joined.map(({ group, finding }) => {
    const count = (counts.get(finding.fingerprint) ?? 0) + 1;
    counts.set(finding.fingerprint, count);
    const own = numberedFingerprint(finding.fingerprint, count);
    return { group, finding: { ...finding, fingerprint: own } };
  });
}

/**
 * Resources that the same place makes wrong in different scenarios get findings of their own. What
 * launches through a template goes with the template, whose finding says when that is wrong, unless
 * the template itself is right.
 */
function splitByWhen(group: readonly LocatedProblem[]): readonly (readonly LocatedProblem[])[] {
  const own = group.filter(({ problem }) => !isLaunchedThrough(problem));
  const split = new Map<string | undefined, LocatedProblem[]>();
  for (const located of withoutRepetition(group)) {
    const template = isLaunchedThrough(located.problem)
      ? own.find(({ launch }) => launches(launch, located))
      : undefined;
    const { when } = template ?? located;
    const same = split.get(when);
    if (same === undefined) split.set(when, [located]);
    else same.push(located);
  }
  return [...split.values()];
}

function launches(template: LocatedProblem["launch"], { launch }: LocatedProblem): boolean {
  return launch !== undefined && template?.launchedBy.includes(launch) === true;
}

/** Overrides of one group that make the same mistake make it once, in the widest scenarios. */
function withoutRepetition(group: readonly LocatedProblem[]): readonly LocatedProblem[] {
  const whens = new Map<string, LocatedProblem["when"][]>();
  const keyOf = ({ resource, problem }: LocatedProblem) =>
    JSON.stringify([resource.address, problem.data]);
  for (const located of group) {
    const same = whens.get(keyOf(located));
    if (same === undefined) whens.set(keyOf(located), [located.when]);
    else same.push(located.when);
  }
  return group.filter((located) => {
    const same = whens.get(keyOf(located)) ?? [];
    return same.length === 1 || widestWhens(same).includes(located.when);
  });
}

function inOrderOfChains(group: readonly LocatedProblem[]): readonly LocatedProblem[] {
  return [...group].sort((left, right) => chainLength(left) - chainLength(right));
}

/** What an unknown decides is said of the rule with the most at stake. */
function inOrderOfRisk(group: readonly LocatedProblem[]): readonly LocatedProblem[] {
  const risk = ({ rule }: LocatedProblem) => rule.securitySeverity ?? 0;
  return [...group].sort((left, right) => risk(right) - risk(left));
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

function groupKey(located: LocatedProblem, { constructAt }: JoinContext): string {
  const { rule, resource, problem } = located;
  const { path, range } = standingPlace(located, constructAt);
  const place = [path, range.start, range.end];
  return problem.kind === "fail"
    ? JSON.stringify([rule.id, problem.message, problem.option, place])
    : JSON.stringify([resource.address, place]);
}

function makeFinding(group: readonly LocatedProblem[], context: JoinContext): Finding {
  // The resource nearest to the deciding place is the one to change; others launch through it.
  const ordered = group.every(isFailure) ? inOrderOfChains(group) : inOrderOfRisk(group);
  const [owner, ...others] = ordered as [LocatedProblem, ...LocatedProblem[]];
  const { rule, resource, problem } = owner;
  const when =
    problem.kind === "fail" ? owner.when : whenAnyOf(group.map((located) => located.when));
  const location = standingPlace(owner, context.constructAt);
  const path = relative(context.rootDirectory, location.path);
  const { says = "", advice } = rule.messages[problem.message] ?? {};
  const fill = (template: string) => fillMessage(template, problem);
  const address = identifyingAddress([owner, ...others]);
  const identity = { ruleId: rule.id, kind: problem.kind, path, address, option: problem.option };
  return {
    ruleId: rule.id,
    kind: problem.kind,
    severity: context.severityOf(rule, location.path),
    message: fill(says),
    ...(advice === undefined
      ? {}
      : { advice: `${fill(advice)}${adviceOnCall(owner, location, context.constructAt)}` }),
    messageId: problem.message,
    location,
    resource: resourceOf(resource),
    resources: distinctResources([owner, ...others]),
    ...(when === undefined ? {} : { when }),
    chain: describeChain(problem.at, context.files),
    related: [
      ...decidedElsewhere(owner, location, context.constructAt),
      ...(problem.related ?? []).map(({ message, origin }) => ({
        message,
        location: decidingOrigin(origin).location,
      })),
      ...plannedAt([owner, ...others], location),
    ],
    decides: [...new Set(group.map((located) => located.rule.id))],
    ...fixOf([owner, ...others], location, context),
    fingerprint: fingerprint(identity),
  };
}

/** Nobody edits a plan, an installed module or what the CDK has synthesised. */
function fixOf(
  [owner, ...others]: readonly [LocatedProblem, ...LocatedProblem[]],
  standing: Location,
  { files, withFixes }: JoinContext,
): Pick<Finding, "fix"> {
  const { problem, resource } = owner;
  if (!withFixes || problem.kind !== "fail" || problem.fix === undefined) return {};
  const isElsewhere = decidingOrigin(problem.at).location !== standing;
  const isMade = resource.construct !== undefined || resource.planned?.path === standing.path;
  if (isElsewhere || isMade) return {};
  const chains = [owner, ...others].map((located) => located.problem.at);
  // What breaks for one of those it is made for, breaks.
  const isUnsafe = others.some((other) => fixSafety(other) === "review");
  const proposed = isUnsafe ? { ...problem.fix, safety: "review" as const } : problem.fix;
  const fix = writeFix(proposed, { files, chains });
  return fix === undefined ? {} : { fix };
}

function fixSafety({ problem }: LocatedProblem): FixSafety | undefined {
  return problem.kind === "fail" ? problem.fix?.safety : undefined;
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

/** Of those nearest to the deciding place, whichever order they stand in. */
function identifyingAddress([owner, ...others]: readonly [LocatedProblem, ...LocatedProblem[]]) {
  const nearest = others.filter((other) => chainLength(other) === chainLength(owner));
  return nearest.reduce(
    (least, { resource: { address } }) => (address < least ? address : least),
    owner.resource.address,
  );
}

function chainLength({ problem }: LocatedProblem): number {
  return originChain(problem.at).length;
}

function fillMessage(template: string, problem: Problem): string {
  const reason = problem.kind === "open" ? { reason: describeReason(problem.reason) } : {};
  const data: Readonly<Record<string, string>> = { ...problem.data, ...reason };
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => data[name] ?? placeholder);
}

function resourceOf(resource: LaunchResource): FindingResource {
  const { address, type, location, construct, calls = [] } = resource;
  return {
    address,
    type,
    location,
    ...(construct === undefined ? {} : { construct: construct.path }),
    ...(calls.length === 0 ? {} : { calls }),
  };
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
