import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { InputErrorCode } from "../../src/findings/input-error.js";
import type { Report } from "../../src/findings/report.js";
import { severities } from "../../src/findings/severity.js";
import type { Skipped } from "../../src/findings/skipped.js";
import { jsonReporter } from "../../src/reporters/json-reporter.js";
import type { JsonReport } from "../../src/reporters/json-report.js";
import type { OriginStep } from "../../src/values/origin.js";
import { expectGolden } from "./golden.js";
import { context } from "./sample-files.js";
import {
  brokenReport,
  cleanReport,
  hostileReport,
  mixedReport,
  openReport,
  templateReport,
} from "./sample-reports.js";

interface ReportSchema {
  readonly definitions: Readonly<
    Record<string, { readonly properties: Readonly<Record<string, { readonly enum: string[] }>> }>
  >;
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const schema = JSON.parse(read("../../docs/report.schema.json")) as ReportSchema;
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
const isValid = ajv.compile(schema);

function parse(text: string): JsonReport {
  return JSON.parse(text) as JsonReport;
}

function schemaErrors(document: unknown): readonly string[] {
  isValid(document);
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const reports: [string, () => Report][] = [
  ["clean", cleanReport],
  ["mixed", mixedReport],
  ["broken", brokenReport],
  ["open", openReport],
  ["hostile", hostileReport],
];

describe("the JSON report", () => {
  it.each<[string, () => Report]>([
    ["clean", cleanReport],
    ["template", templateReport],
    ["broken", brokenReport],
  ])("writes the %s report", (name, makeReport) => {
    expectGolden(`${name}.json`, jsonReporter(makeReport(), context));
  });

  it.each(reports)("follows its schema for the %s report", (_name, makeReport) => {
    expect(schemaErrors(parse(jsonReporter(makeReport(), context)))).toEqual([]);
  });

  it("lists open results and all that was not looked at, whatever is shown", () => {
    const { findings, coverage } = openReport();
    const document = parse(jsonReporter(openReport(), { ...context, showOpen: false }));
    expect(document.findings).toHaveLength(findings.length);
    expect(document.summary.skipped).toHaveLength(coverage.skipped.length);
    expect(document.summary.findings).toEqual({
      fail: { error: 0, warning: 0, note: 0 },
      open: { error: findings.length, warning: 0, note: 0 },
    });
  });

  it("keeps other people's text as it is, and prints no invisible character", () => {
    const [first] = hostileReport().findings;
    const text = jsonReporter(hostileReport(), context);
    expect(parse(text).findings[0]?.message).toBe(first?.message);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  it("says nothing of when and where it was made", () => {
    const elsewhere = { ...context, rootDirectory: "/", elapsedMilliseconds: 1, color: true };
    const text = jsonReporter(mixedReport(), elsewhere);
    expect(text).toBe(jsonReporter(mixedReport(), context));
    expect(text).not.toContain(context.workingDirectory);
  });
});

describe("the schema of the JSON report", () => {
  /** Each list must name every member of its type: these do not compile otherwise. */
  it.each<[definition: string, property: string, values: Readonly<Record<string, true>>]>([
    [
      "chainStep",
      "step",
      {
        written: true,
        parameter: true,
        "parameter-default": true,
        "parameter-value": true,
        "nested-stack-parameter": true,
        "nested-stack-output": true,
        mapping: true,
        variable: true,
        "variable-default": true,
        "variable-value": true,
        local: true,
        "module-argument": true,
        "module-output": true,
        planned: true,
        "module-default": true,
        "launch-template": true,
        "launch-configuration": true,
        "provider-default": true,
        "not-sent": true,
        "account-default": true,
        image: true,
        "service-default": true,
      } satisfies Record<OriginStep, true>,
    ],
    [
      "error",
      "code",
      {
        "not-found": true,
        unreadable: true,
        "too-large": true,
        "not-text": true,
        "not-a-file": true,
        syntax: true,
        "duplicate-key": true,
        "too-deep": true,
        "invalid-structure": true,
        "invalid-variable": true,
        "invalid-parameter": true,
        internal: true,
      } satisfies Record<InputErrorCode, true>,
    ],
    [
      "skipped",
      "kind",
      {
        "module-not-available": true,
        "recursive-module": true,
        "nested-stack-not-available": true,
        "recursive-nested-stack": true,
        "cyclic-reference": true,
        "unsatisfiable-rules": true,
        "unknown-function": true,
        "incomplete-plan": true,
        "not-supported": true,
      } satisfies Record<Skipped["kind"], true>,
    ],
  ])("names every value of %s.%s", (definition, property, values) => {
    const { enum: named } = schema.definitions[definition]?.properties[property] ?? { enum: [] };
    expect([...named].sort()).toEqual(Object.keys(values).sort());
  });

  it("names every severity", () => {
    expect(schema.definitions["severity"]).toMatchObject({ enum: severities });
  });

  it("describes the example in the docs", () => {
    const [, example = ""] = /```json\n(.*?)```/s.exec(read("../../docs/json-report.md")) ?? [];
    expect(schemaErrors(JSON.parse(example))).toEqual([]);
  });

  it.each<[string, (document: Record<string, unknown>) => unknown]>([
    ["an unknown field", (document) => ({ ...document, time: 85 })],
    ["another version", (document) => ({ ...document, version: 2 })],
    ["no summary", ({ version, findings, errors }) => ({ version, findings, errors })],
  ])("rejects %s", (_name, change) => {
    const document = { ...parse(jsonReporter(mixedReport(), context)) };
    expect(schemaErrors(change(document))).not.toEqual([]);
  });

  it("rejects an open result that does not say what it decides, and columns that count from zero", () => {
    const text = jsonReporter(mixedReport(), context);
    expect(schemaErrors(parse(text.replace(/"decides": \[[^\]]*\],/, "")))).not.toEqual([]);
    expect(schemaErrors(parse(text.replace(/"column": \d+/, '"column": 0')))).not.toEqual([]);
  });
});
