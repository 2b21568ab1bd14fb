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

const fixtures = new URL("../../fixtures/", import.meta.url).pathname;

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

  it("stands within the lines that a problem matcher is shown", () => {
    const places = write("unix").trimEnd().split("\n");
    for (const place of places) {
      expect(place).toMatch(/^[^:]+:[1-9]\d*:[1-9]\d*: (?:error|warning|note): .+ \([a-z0-9-]+\)$/);
    }
  });
});
