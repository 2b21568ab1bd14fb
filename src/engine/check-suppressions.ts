import { basename } from "pathe";
import type { OwnSuppression } from "../config/suppressions/written-suppression.js";
import type { DeclaredSuppression, SuppressionState } from "../model/declared-suppression.js";
import type { Rule } from "../rules/define-rule.js";
import { rules as builtInRules } from "../rules/index.js";
import { nearestName } from "../rules/nearest-name.js";
import type { LocatedProblem } from "./check-deployment.js";
import { isTerraformPath } from "./file-kind.js";
import { applySuppressions, type SuppressedProblems } from "./suppress-problems.js";

/** What the run was, as far as it tells whether a suppression is of use. */
export interface SuppressionRun {
  readonly rules: readonly Rule[];
  /** Whether a rule is run on what stands in the file of an absolute path. */
  readonly isRun: (ruleId: string, path: string) => boolean;
  /** Files of which not everything was evaluated, so that what is missing there proves nothing. */
  readonly isPartial: (path: string) => boolean;
}

/** Runs the rules about suppressions over those of ours, which can silence such findings too. */
export function checkSuppressions(
  { own, used }: SuppressedProblems,
  { rules, isRun, isPartial }: SuppressionRun,
): readonly LocatedProblem[] {
  const checks = rules.filter((rule) => rule.subject === "suppression");
  if (checks.length === 0) return [];
  const ownNames = new Set(checks.map(({ id }) => id));
  const problems = own.flatMap((suppression) => {
    const { outcome } = suppression;
    const isUndecided =
      outcome.kind === "holds" &&
      !used.has(outcome.suppression) &&
      (isPartial(outcome.suppression.path) ||
        outcome.suppression.ruleIds.some(
          (id) => !isRun(id, outcome.suppression.path) || ownNames.has(id),
        ));
    if (isUndecided) return [];
    const subject = declare(suppression, used);
    return checks.flatMap((rule) =>
      [...rule.check(subject)].map((problem) => ({
        rule,
        resource: subject.resource,
        problem,
        when: undefined,
      })),
    );
  });
  const onThemselves = own.flatMap(({ outcome }) =>
    outcome.kind === "holds" && outcome.suppression.ruleIds.some((id) => ownNames.has(id))
      ? [outcome.suppression]
      : [],
  );
  return applySuppressions(problems, onThemselves, () => undefined).silenced;
}

function declare(
  { text, location, element, outcome }: OwnSuppression,
  used: SuppressedProblems["used"],
): DeclaredSuppression {
  const { path } = location;
  return {
    text,
    location,
    resource: {
      dialect: isTerraformPath(path) ? "terraform" : "cloudformation",
      type: "suppression",
      address: element?.name ?? basename(path),
      location: element?.location ?? { path, range: { start: 0, end: 0 } },
    },
    state: stateOf(outcome, used),
  };
}

function stateOf(
  outcome: OwnSuppression["outcome"],
  used: SuppressedProblems["used"],
): SuppressionState {
  switch (outcome.kind) {
    case "holds": {
      const { suppression, place } = outcome;
      const [ruleId = ""] = suppression.ruleIds;
      return used.has(suppression) ? { kind: "used" } : { kind: "unused", ruleId, place };
    }
    case "unknown-rule": {
      const names = builtInRules.map(({ id }) => id);
      return { ...outcome, nearest: nearestName(outcome.name, names) };
    }
    case "expired":
    case "no-reason":
    case "unreadable":
      return outcome;
  }
}
