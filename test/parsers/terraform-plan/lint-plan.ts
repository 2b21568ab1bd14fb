import { lint } from "../../../src/engine/lint.js";
import type { LintRequest } from "../../../src/engine/lint-request.js";
import type { Finding } from "../../../src/findings/finding.js";
import type { Report } from "../../../src/findings/report.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import { chooseRules } from "../../../src/rules/choose-rules.js";
import { MemoryFileSystem } from "../../../src/source/memory-file-system.js";

/** Lints those of the files below `/infra` that are judged. */
export function lintIn(
  texts: Readonly<Record<string, string>>,
  isJudged: (path: string) => boolean,
  options: Pick<LintRequest, "sourceRoot" | "workingDirectory"> & { isNamed?: true } = {},
): Report {
  const files = Object.keys(texts).filter(isJudged);
  const { isNamed, ...others } = options;
  return lint({
    files,
    named: new Set(isNamed === true ? files : []),
    fileSystem: new MemoryFileSystem(texts),
    rootDirectory: "/infra",
    // In a plan somebody has chosen: it says nothing of other values than the defaults.
    rules: chooseRules(new Map([["parameter-allows-imdsv1", "off"]])),
    loadTolerantYaml: () => parseTolerantly,
    ...others,
  });
}

/** Whether a file is the plan of its directory. */
export function isPlan(path: string): boolean {
  return path.endsWith("plan.json");
}

/** Lints a plan alone. */
export function lintPlan(plan: unknown): Report {
  return lintIn({ "/infra/plan.json": JSON.stringify(plan, undefined, 2) }, isPlan);
}

/** What a finding says, wherever it stands. */
export function substance({ kind, ruleId, messageId, resources }: Finding): string {
  const addresses = resources.map(({ address }) => address).sort();
  return `${kind} ${ruleId} ${messageId} ${addresses.join(" ")}`;
}
