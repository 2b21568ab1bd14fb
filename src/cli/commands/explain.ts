import { fixFindings } from "../../engine/fix-findings.js";
import { lint } from "../../engine/lint.js";
import type { RuleExample } from "../../data/rule-example.js";
import type { Finding } from "../../findings/finding.js";
import { textReporter } from "../../reporters/text-reporter.js";
import type { RuleMetadata } from "../../rules/define-rule.js";
import { defaultSetting } from "../../rules/default-setting.js";
import { rules } from "../../rules/index.js";
import { peerRules } from "../../rules/peer-rules.js";
import type { CommandLineOptions } from "../command-line-options.js";
import { type CommandResult, success, usageError } from "../command-result.js";
import { loadRuleExamples } from "../load-rule-examples.js";
import { prepareRun } from "../prepare-run.js";
import { describeChanges } from "./describe-changes.js";
import { unknownRule } from "./describe-rules.js";

/** The beginning of a fingerprint, as long as people are likely to copy it. */
const FINGERPRINT = /^[\da-f]{6,64}$/;

/**
 * `imdslint explain <rule|fingerprint>`: everything there is to say about a rule, with examples; or a
 * finding in the files of `options` with the way that led to it, its fix, and why its rule exists.
 */
export async function runExplain(
  name: string,
  options: CommandLineOptions,
  workingDirectory: string,
): Promise<CommandResult> {
  const rule = rules.find(({ id }) => id === name);
  if (rule !== undefined) return success(describeRule(rule, loadRuleExamples()[rule.id]));
  if (!FINGERPRINT.test(name)) return usageError(unknownRule(name));
  const prepared = await prepareRun(options, workingDirectory);
  if ("exitCode" in prepared) return prepared;
  const { request } = prepared;
  const report = lint(request);
  const findings = [...report.findings, ...report.suppressed].filter(({ fingerprint }) =>
    fingerprint.startsWith(name),
  );
  const [finding, ...others] = findings;
  if (finding === undefined) {
    return usageError(
      `No finding here has the fingerprint ${name}; --format json shows the fingerprints`,
    );
  }
  const shown = textReporter(
    {
      ...report,
      findings,
      suppressed: [],
      errors: [],
      coverage: { ...report.coverage, skipped: [] },
    },
    {
      rules,
      version: "",
      workingDirectory,
      rootDirectory: request.rootDirectory,
      color: false,
      showOpen: true,
      includeSuppressed: false,
      elapsedMilliseconds: 0,
      finishedAt: new Date(0),
      outcome: 1,
    },
  );
  const own = rules.find(({ id }) => id === finding.ruleId);
  const sections = [
    withoutSummary(shown),
    `Fingerprint: ${[finding, ...others].map(({ fingerprint }) => fingerprint).join(", ")}`,
    describeFix(finding, request, workingDirectory),
    own === undefined ? "" : describeRule(own, undefined).trimEnd(),
  ];
  return success(`${sections.filter((section) => section !== "").join("\n\n")}\n`);
}

/** What the fix of one finding would change, as a diff. */
function describeFix(
  { fingerprint }: Finding,
  request: Parameters<typeof fixFindings>[0],
  workingDirectory: string,
): string {
  const { changed } = fixFindings(
    request,
    ["safe", "review"],
    (finding) => finding.fingerprint === fingerprint,
  );
  const diff = describeChanges(changed, workingDirectory).trimEnd();
  return diff === "" ? "" : `The fix:\n${diff}`;
}

/** Counts and times say nothing here. */
function withoutSummary(text: string): string {
  return text.trim().split("\n").slice(0, -1).join("\n").trim();
}

function describeRule(rule: RuleMetadata, example: RuleExample | undefined): string {
  const { id, severity, isOffByDefault, summary, rationale, undecided, sources, since } = rule;
  const { controls = [], peers = {} } = rule;
  const setting = isOffByDefault === true ? `off, else ${severity}` : defaultSetting(rule);
  const related = [...controls, ...peerRules(peers)];
  const sections = [
    `${id} (${setting}, since ${since})`,
    summary,
    rationale.trim(),
    `When it cannot tell:\n${undecided.trim()}`,
    ...(example === undefined ? [] : describeExample(example)),
    `Sources:\n${indent(sources)}`,
    ...(related.length === 0 ? [] : [`The same elsewhere:\n${indent(related)}`]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function describeExample({ files, output, fix, passing }: RuleExample): readonly string[] {
  return [
    `For example, ${describeFiles(files)}`,
    `is reported as\n\n${output}`,
    ...(fix === "" ? [] : [`and --fix-dry-run shows\n\n${fix}`]),
    ...(Object.keys(passing).length === 0
      ? []
      : [`Nothing is reported on ${describeFiles(passing)}`]),
  ];
}

function describeFiles(files: RuleExample["files"]): string {
  return Object.entries(files)
    .map(([name, text]) => `${name}:\n\n${indent(text.trimEnd().split("\n"))}`)
    .join("\n\nand ");
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n");
}
