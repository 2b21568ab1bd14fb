import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import type { Log, Result, Run } from "sarif";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/findings/report.js";
import type { ReporterContext } from "../../src/reporters/reporter.js";
import { lineHashes } from "../../src/reporters/sarif/line-hash.js";
import { sarifReporter } from "../../src/reporters/sarif-reporter.js";
import { rules } from "../../src/rules/index.js";
import { SourceFile } from "../../src/source/source-file.js";
import { lintDirectory } from "../lint-files.js";
import { expectGolden } from "./golden.js";
import { context, finding, report, resource, SampleFile } from "./sample-files.js";
import {
  brokenReport,
  cleanReport,
  hostileReport,
  mixedReport,
  openReport,
  templateReport,
} from "./sample-reports.js";
import { sarifMistakes } from "./sarif-structure.js";

const reports: [string, () => Report][] = [
  ["clean", cleanReport],
  ["mixed", mixedReport],
  ["broken", brokenReport],
  ["open", openReport],
  ["hostile", hostileReport],
];

function runOf(some: Report, changes: Partial<ReporterContext> = {}): Run {
  const log = JSON.parse(sarifReporter(some, { ...context, ...changes })) as Log;
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  return run;
}

function resultsOf(some: Report, changes: Partial<ReporterContext> = {}): readonly Result[] {
  return runOf(some, changes).results ?? [];
}

/** A report with findings of one rule at one place. */
function reportOf(
  file: SourceFile,
  count: number,
  fields: Partial<Parameters<typeof finding>[0]> = {},
) {
  const location = { path: file.path, range: { start: 0, end: file.text.length } };
  const web = resource("web", "aws_instance", location);
  const one = finding({
    ruleId: "require-imdsv2",
    severity: "error",
    message: "web answers IMDSv1 requests",
    location,
    resource: web,
    ...fields,
  });
  return report([file], { findings: Array.from({ length: count }, () => one) });
}

describe("the SARIF report", () => {
  it.each<[string, () => Report]>([
    ["clean", cleanReport],
    ["template", templateReport],
    ["broken", brokenReport],
  ])("writes the %s report", (name, makeReport) => {
    expectGolden(`${name}.sarif`, sarifReporter(makeReport(), context));
  });

  it.each(reports)("makes no mistake in the %s report", (_name, makeReport) => {
    expect(sarifMistakes(sarifReporter(makeReport(), { ...context, showOpen: true }))).toEqual([]);
  });

  it("describes the real rules within GitHub's limits, findings or not", () => {
    const text = sarifReporter(cleanReport(), { ...context, rules });
    expect(sarifMistakes(text)).toEqual([]);
    expect(runOf(cleanReport(), { rules }).tool.driver.rules).toHaveLength(rules.length);
  });

  it("rates only exposures as security, since GitHub opens security alerts for them", () => {
    const described = runOf(cleanReport()).tool.driver.rules ?? [];
    expect(described.map(({ properties }) => properties)).toEqual([
      { tags: ["hygiene", "aws", "ec2", "imds"], precision: "high", "problem.severity": "warning" },
      { tags: ["validity", "aws", "ec2", "imds"], precision: "high", "problem.severity": "error" },
      {
        tags: [
          "security",
          "exposure",
          "aws",
          "ec2",
          "imds",
          "external/cwe/cwe-918",
          "external/cwe/cwe-079",
        ],
        precision: "high",
        "security-severity": "8.6",
      },
      {
        tags: ["hygiene", "aws", "ec2", "imds"],
        precision: "high",
        "problem.severity": "recommendation",
      },
    ]);
  });

  it("names controls as tags as far as GitHub takes them, and all with the rules of other tools", () => {
    const described = runOf(cleanReport(), { rules }).tool.driver.rules ?? [];
    const { tags, controls, peers } =
      described.find(({ id }) => id === "require-imdsv2")?.properties ?? {};
    expect(tags).toEqual(expect.arrayContaining(["FSBP EC2.8"]));
    expect(controls).toEqual(
      expect.arrayContaining(["CIS AWS Foundations 5.0.0 5.7", "PCI DSS 4.0.1 2.2.6"]),
    );
    expect(peers).toEqual(expect.arrayContaining(["checkov CKV_AWS_79", "trivy AWS-0028"]));
  });

  it("lists no open result unless asked, and then without a level", () => {
    const kinds = (showOpen: boolean) =>
      resultsOf(mixedReport(), { showOpen }).map(({ kind, level }) => `${kind} ${level}`);
    const failures = ["fail error", "fail error", "fail error", "fail warning", "fail note"];
    expect(kinds(false)).toEqual(failures);
    expect(kinds(true)).toEqual([...failures, "open none"]);
    expect(resultsOf(openReport())).toEqual([]);
  });

  it("leaves nothing in a message that SARIF takes for a placeholder or link", () => {
    expect(resultsOf(hostileReport())[0]?.message.text).toBe(
      'When var.names("\\u(202e)") is (), Web\\nError: forged answers "\\u(1b))8;;https://example.com\\u(7)optional" (0) (link)(1) $(AWS::Region).',
    );
  });

  it("names other resources in a second sentence, and points to each", () => {
    const [result] = resultsOf(mixedReport());
    expect(result?.message.text).toMatch(/"required"\. Also: module\.fleet\.\S+, .* and 2 more\.$/);
    expect(result?.relatedLocations?.map(({ message }) => message?.text)).toEqual([
      "http_tokens is var.tokens",
      "the module call passes tokens as local.tokens",
      ...[0, 1, 2, 3, 4, 5].map((index) => `also module.fleet.aws_instance.web(${index})`),
    ]);
  });

  it("cuts a location at the end of its first line", () => {
    const file = new SampleFile("infra/main.tf", "metadata_options {  \n  http_tokens = null\n}");
    const [result] = resultsOf(reportOf(file, 1));
    expect(result?.locations?.[0]?.physicalLocation?.region).toEqual({
      startLine: 1,
      startColumn: 1,
      endLine: 1,
      endColumn: 19,
      snippet: { text: "metadata_options {" },
    });
  });

  it("cuts what no consumer reads, worst first, and says so", () => {
    const file = new SampleFile("infra/main.tf", "x");
    const { findings, files, coverage } = reportOf(file, 25_001, { severity: "note" });
    const { findings: errors } = reportOf(file, 1);
    const run = runOf({
      findings: [...findings, ...errors],
      suppressed: [],
      errors: [],
      files,
      deployments: [],
      coverage,
    });
    expect(run.results).toHaveLength(25_000);
    expect(run.results?.[0]?.level).toBe("error");
    expect(
      run.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text),
    ).toEqual([
      "this file holds the 25000 worst of 25002 results, and GitHub shows the first 5000.",
    ]);
  });

  it("keeps to 100 related locations", () => {
    const file = new SampleFile("infra/main.tf", "x");
    const location = file.at("x");
    const resources = Array.from({ length: 200 }, (_, index) =>
      resource(`aws_instance.web[${index}]`, "aws_instance", location),
    );
    const [result] = resultsOf(reportOf(file, 1, { resources }));
    expect(result?.relatedLocations).toHaveLength(100);
  });

  it("computes no fingerprint of a file it does not have", () => {
    const gone = new SourceFile("/work/shop/gone.tf", "x");
    const { findings } = reportOf(gone, 1);
    const [result] = resultsOf(report([], { findings }));
    expect(Object.keys(result?.partialFingerprints ?? {})).toEqual(["imdslint/v1"]);
  });

  it.each([
    ["web.yaml", "Resources: { Web: { Type: AWS::EC2::Instance } }\n", 14],
    ["main.tf", 'resource "aws_instance" "web" {\n}\n', 10],
  ])("counts a byte order mark in hashes and not in columns, in %s", (name, text, column) => {
    const directory = mkdtempSync(`${tmpdir()}/imdslint-mark-`);
    try {
      writeFileSync(`${directory}/${name}`, `\ufeff${text}`);
      const [result] = resultsOf(lintDirectory(directory), { rules });
      // GitHub's action reads the mark as a character; editors and SARIF's viewers do not show it.
      expect(result?.partialFingerprints).toMatchObject({
        primaryLocationLineHash: lineHashes(`\ufeff${text}`)[0],
      });
      expect(result?.locations?.[0]?.physicalLocation?.region?.startColumn).toBe(column);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("takes rules it does not know without an index", () => {
    const file = new SampleFile("infra/main.tf", "x");
    const [result] = resultsOf(reportOf(file, 1, { ruleId: "unheard-of" }));
    expect(result).not.toHaveProperty("ruleIndex");
  });

  it("is told from others by a category alone that was asked for", () => {
    const categoryOf = (category?: string) =>
      runOf(mixedReport(), category === undefined ? {} : { sarifCategory: category })
        .automationDetails;
    expect(categoryOf()).toBeUndefined();
    // Without a slash GitHub would take it for the run's id, and the category for empty.
    expect(categoryOf("production")).toEqual({ id: "production/" });
    expect(categoryOf("eu/production/")).toEqual({ id: "eu/production/" });
  });

  it("is the same from every working directory, and tells nothing of the machine", () => {
    const text = sarifReporter(mixedReport(), { ...context, workingDirectory: "/elsewhere" });
    expect(text).toBe(sarifReporter(mixedReport(), context));
    expect(text).not.toContain(context.rootDirectory);
  });
});
