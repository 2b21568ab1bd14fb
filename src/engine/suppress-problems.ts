import { readSuppressions } from "../config/suppressions/read-suppressions.js";
import { maySuppress } from "../config/suppressions/may-suppress.js";
import type {
  OwnSuppression,
  WrittenSuppression,
} from "../config/suppressions/written-suppression.js";
import type { Suppression } from "../findings/suppression.js";
import { rules as builtInRules } from "../rules/index.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import { originChain } from "../values/origin.js";
import type { LocatedProblem } from "./check-deployment.js";
import type { LintRequest } from "./lint-request.js";
import { type ConstructAt, standingPlace } from "./standing-place.js";

/** What suppressions made of problems. */
export interface SuppressedProblems {
  /** All of them; what is silenced says by what. */
  readonly problems: readonly LocatedProblem[];
  /** The suppressions of ours, whether they hold or not. */
  readonly own: readonly OwnSuppression[];
  /** Those that silenced something. */
  readonly used: ReadonlySet<WrittenSuppression>;
}

/** Reads the suppressions in the files, and marks the problems that they silence. */
export function suppressProblems(
  problems: readonly LocatedProblem[],
  {
    files,
    constructAt,
  }: { readonly files: ReadonlyMap<string, SourceFile>; readonly constructAt: ConstructAt },
  { suppressions: settings = {}, rules, loadTolerantYaml }: LintRequest,
): SuppressedProblems {
  const { inline = true, foreign = true } = settings;
  const marked = [...files.values()].filter(
    ({ text }) => (inline || foreign) && maySuppress(text, { foreign }),
  );
  if (marked.length === 0) return { problems, own: [], used: new Set() };
  const known = new Set([...builtInRules, ...rules.keys()]);
  const found = readSuppressions(marked, { settings, rules: [...known], loadTolerantYaml });
  const holding = found.own.flatMap(({ outcome }) =>
    outcome.kind === "holds" ? [outcome.suppression] : [],
  );
  const { silenced, used } = applySuppressions(
    problems,
    [...holding, ...found.foreign],
    constructAt,
  );
  return { problems: silenced, own: found.own, used };
}

/**
 * Marks the problems that suppressions silence. A problem is one resource's: what another one shares
 * with it stays. It is silenced on each line it passes through on the way from the option to what
 * decides, and in each resource, module call and file that it passes through or belongs to.
 */
export function applySuppressions(
  problems: readonly LocatedProblem[],
  suppressions: readonly WrittenSuppression[],
  constructAt: ConstructAt,
): {
  readonly silenced: readonly LocatedProblem[];
  readonly used: ReadonlySet<WrittenSuppression>;
} {
  const used = new Set<WrittenSuppression>();
  const byPath = new Map<string, WrittenSuppression[]>();
  for (const suppression of suppressions) {
    const others = byPath.get(suppression.path);
    if (others === undefined) byPath.set(suppression.path, [suppression]);
    else others.push(suppression);
  }
  const silenced = problems.map((located) => {
    const passed = placesOnTheWay(located, constructAt);
    const belonging = [...passed, located.resource.location, ...(located.resource.calls ?? [])];
    const paths = new Set(belonging.map(({ path }) => path));
    const [first, ...others] = [...paths]
      .flatMap((path) => byPath.get(path) ?? [])
      .filter(
        (suppression) =>
          suppression.ruleIds.includes(located.rule.id) &&
          (suppression.scope === "line" ? passed : belonging).some((place) =>
            isCovered(place, suppression),
          ),
      )
      // Where several say the same, ours is the one to name.
      .sort((left, right) => rank(left) - rank(right));
    if (first === undefined) return located;
    for (const suppression of [first, ...others]) used.add(suppression);
    return { ...located, suppression: describeSuppression(first) };
  });
  return { silenced, used };
}

function rank({ source }: WrittenSuppression): number {
  return source === "imdslint" ? 0 : 1;
}

function placesOnTheWay(located: LocatedProblem, constructAt: ConstructAt): readonly Location[] {
  const steps = originChain(located.problem.at).map(({ location }) => location);
  return [standingPlace(located, constructAt), ...steps];
}

function isCovered({ path, range }: Location, suppression: WrittenSuppression): boolean {
  const { start, end } = suppression.covers;
  // What stands at the very end of a file, as something that is missing does, is in it.
  const isInside = start <= range.start && (range.start < end || suppression.scope === "file");
  return path === suppression.path && isInside;
}

function describeSuppression({
  source,
  location,
  reason,
  until,
  wildcard,
}: WrittenSuppression): Suppression {
  return {
    kind: "inSource",
    source,
    location,
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    ...(wildcard === undefined ? {} : { wildcard }),
  };
}
