import { readFileSync } from "node:fs";
import { Ajv, type SchemaObject } from "ajv";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/findings/report.js";
import { type Format, formats } from "../../src/reporters/format-names.js";
import { writeReport } from "../../src/reporters/formats.js";
import { relativePath } from "../../src/reporters/paths.js";
import { textReporter } from "../../src/reporters/text-reporter.js";
import type { ReporterContext } from "../../src/reporters/reporter.js";
import { rules } from "../../src/rules/index.js";
import { lintDirectory } from "../lint-files.js";
import { problemsOfJson } from "./consumers/json-formats.js";
import { commandsIn } from "./consumers/log-commands.js";
import { readXml } from "./consumers/read-xml.js";
import { problemsOfXml } from "./consumers/xml-formats.js";
import { sarifMistakes } from "./sarif-structure.js";

const fixtures = new URL("../../fixtures/", import.meta.url).pathname;

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const keepsContract = new Ajv({ allErrors: true }).compile(
  JSON.parse(read("docs/report.schema.json")) as SchemaObject,
);

const { problemMatcher } = JSON.parse(read("release/problem-matcher.json")) as {
  readonly problemMatcher: readonly [{ readonly pattern: readonly [{ regexp: string }] }];
};
const matcher = new RegExp(problemMatcher[0].pattern[0].regexp);

/** Templates of every kind, broken ones among them. */
const FOLDERS = ["cli", "cdk", "demo", "fixes", "parsers", "plans", "rules"] as const;

describe.each(FOLDERS)("what is found in fixtures/%s", (folder) => {
  let report: Report;
  let context: ReporterContext;

  beforeAll(() => {
    const rootDirectory = fixtures.replace(/\/$/, "");
    report = lintDirectory(`${fixtures}${folder}`, { rootDirectory, withFixes: true });
    context = {
      rules,
      version: "0.1.0",
      workingDirectory: rootDirectory,
      rootDirectory,
      color: false,
      showOpen: true,
      includeSuppressed: true,
      finishedAt: new Date("2026-01-02T03:04:05.678Z"),
      outcome: 1,
      elapsedMilliseconds: 85,
    };
    expect(report.findings.length).toBeGreaterThan(0);
  }, 60_000);

  function write(format: Format): string {
    return format === "text" ? textReporter(report, context) : writeReport(format, report, context);
  }

  it.each(["gitlab", "gitlab-sast", "sonar", "rdjson"] as const)(
    "is what the consumer of %s takes",
    (format) => {
      expect(problemsOfJson(format, write(format))).toEqual([]);
    },
  );

  it("keeps the contract of json", () => {
    keepsContract(JSON.parse(write("json")));
    expect(keepsContract.errors ?? []).toEqual([]);
  });

  it("makes no mistake of SARIF's", () => {
    expect(sarifMistakes(write("sarif"))).toEqual([]);
  });

  it.each(["junit", "checkstyle"] as const)("is what the consumer of %s takes", (format) => {
    expect(problemsOfXml(format, readXml(write(format)))).toEqual([]);
  });

  it.each(Object.keys(formats) as readonly Format[])("is on visible characters in %s", (format) => {
    const lines = write(format).split("\n");
    expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line))).toEqual([]);
  });

  it.each(["github", "azure", "teamcity"] as const)("is read back whole from %s", (format) => {
    const commands = commandsIn(write(format)).filter(({ name }) => name !== "inspectionType");
    const all = report.findings.length + report.errors.length;
    // Azure has no notes, which are plain lines there.
    const notes = report.findings.filter(
      ({ kind, severity }) => kind === "open" || severity === "note",
    );
    expect(commands.length).toBe(format === "azure" ? all - notes.length : all);
    const paths = new Set([...report.files.keys()].map((path) => relativePath(fixtures, path)));
    const errors = new Set(report.errors.map(({ path }) => relativePath(fixtures, path)));
    for (const { properties } of commands) {
      const path = properties["file"] ?? properties["sourcepath"] ?? "";
      expect(paths.has(path) || errors.has(path) ? "" : path).toBe("");
    }
  });

  it("is read back whole from unix by GitHub's problem matcher", () => {
    const lines = write("unix").trimEnd().split("\n");
    expect(lines.length).toBe(report.findings.length + report.errors.length);
    const matches = lines.map((line) => matcher.exec(line));
    expect(lines.filter((_line, index) => matches[index] === null)).toEqual([]);
    const paths = new Set(
      [...report.files.values()].map(({ path }) => relativePath(fixtures, path)),
    );
    const errors = new Set(report.errors.map(({ path }) => relativePath(fixtures, path)));
    const named = matches.map((match) => match?.[1] ?? "");
    expect(named.filter((path) => !paths.has(path) && !errors.has(path))).toEqual([]);
  });
});
