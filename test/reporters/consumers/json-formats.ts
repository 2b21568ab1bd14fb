import { Ajv, type ValidateFunction } from "ajv";

const text = { type: "string", minLength: 1 };
const line = { type: "integer", minimum: 1 };
const url = { type: "string", pattern: "^https?://.+" };
/** Relative to the repository, as consumers look files up. */
const path = { type: "string", minLength: 1, not: { pattern: "^(/|\\./|\\.\\./)" } };

function object(
  properties: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
): object {
  return {
    type: "object",
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

function list(items: object, more: object = {}): object {
  return { type: "array", items, ...more };
}

/**
 * GitLab stops at the first entry that lacks something, and shows one of those with equal fingerprints.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 * https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/validators/json_schemas/codeclimate.json
 */
const gitlab = list(
  object({
    type: { const: "issue" },
    categories: list({ enum: ["Bug Risk", "Clarity", "Security"] }, { minItems: 1 }),
    description: text,
    check_name: text,
    fingerprint: text,
    severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
    location: object({ path, lines: object({ begin: line }) }),
  }),
);

/**
 * Signatures of others are dropped, whatever the schema says.
 * https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/models/concerns/vulnerability_finding_signature_helpers.rb
 */
const ALGORITHMS = ["hash", "location", "scope_offset", "scope_offset_compressed", "rule_value"];

const place = { file: path, start_line: line, end_line: line };
const tool = object({ id: text, name: text, version: text, vendor: object({ name: text }) });
const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$" };

/** https://gitlab.com/gitlab-org/security-products/security-report-schemas, sast, 15.2.1 */
const gitlabSast = object({
  version: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+$" },
  vulnerabilities: list(
    object(
      {
        id: text,
        name: { ...text, maxLength: 255 },
        description: { ...text, maxLength: 1_048_576 },
        severity: { enum: ["Info", "Unknown", "Low", "Medium", "High", "Critical"] },
        identifiers: list(object({ type: text, name: text, value: text }, { url }), {
          minItems: 1,
          maxItems: 20,
        }),
        location: object(place),
      },
      {
        solution: { type: "string", maxLength: 7_000 },
        links: list(object({ url })),
        tracking: object({
          type: { const: "source" },
          items: list(
            object({
              ...place,
              signatures: list(object({ algorithm: { enum: ALGORITHMS }, value: text }), {
                minItems: 1,
              }),
            }),
            { minItems: 1 },
          ),
        }),
      },
    ),
  ),
  scan: object(
    {
      analyzer: tool,
      scanner: tool,
      type: { const: "sast" },
      start_time: time,
      end_time: time,
      status: { enum: ["success", "failure"] },
    },
    { messages: list(object({ level: { enum: ["info", "warn", "fatal"] }, value: text })) },
  ),
});

const textRange = object(
  { startLine: line, endLine: line },
  { startColumn: { type: "integer", minimum: 0 }, endColumn: line },
);
const sonarPlace = { message: text, filePath: path };

/**
 * The format with rules, from version 10.3 on: issues have no severity of their own.
 * https://github.com/SonarSource/sonarqube/blob/master/sonar-scanner-engine/src/main/java/org/sonar/scanner/externalissue/ExternalIssueReportValidator.java
 * https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/importing-external-issues/generic-issue-import-format */
const sonar = object({
  rules: list(
    object({
      id: text,
      name: text,
      description: text,
      engineId: text,
      cleanCodeAttribute: { enum: ["CLEAR", "LOGICAL", "TRUSTWORTHY"] },
      impacts: list(
        object({
          softwareQuality: { enum: ["SECURITY", "RELIABILITY", "MAINTAINABILITY"] },
          severity: { enum: ["HIGH", "MEDIUM", "LOW"] },
        }),
        { minItems: 1 },
      ),
    }),
  ),
  issues: list(
    object({
      engineId: text,
      ruleId: text,
      primaryLocation: object(sonarPlace, { textRange }),
      secondaryLocations: list(object({ ...sonarPlace, textRange })),
    }),
  ),
});

const position = object({ line, column: line });
const range = object({ start: position, end: position });

/** https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/jsonschema/DiagnosticResult.json */
const rdjson = object({
  source: object({ name: text }),
  diagnostics: list(
    object(
      {
        message: text,
        location: object({ path }, { range }),
        severity: { enum: ["ERROR", "WARNING", "INFO"] },
        code: object({ value: text }, { url }),
      },
      { suggestions: list(object({ range, text: { type: "string" } })) },
    ),
  ),
});

/** The formats that are JSON and have a consumer's schema, but for SARIF. */
export type JsonFormat = "gitlab" | "gitlab-sast" | "sonar" | "rdjson";

const ajv = new Ajv({ strict: false, allErrors: true });

/** What consumers accept, written from their documentation: no property too many, none missing. */
const schemas: Readonly<Record<JsonFormat, ValidateFunction>> = {
  gitlab: ajv.compile(gitlab),
  "gitlab-sast": ajv.compile(gitlabSast),
  sonar: ajv.compile(sonar),
  rdjson: ajv.compile(rdjson),
};

/** What no schema can say of a report that has the right form. */
const rules: Readonly<Record<JsonFormat, (report: never) => readonly string[]>> = {
  gitlab: (entries: readonly { fingerprint: string }[]) =>
    repeated(
      "fingerprint",
      entries.map(({ fingerprint }) => fingerprint),
    ),
  "gitlab-sast": ({ vulnerabilities, scan }: SastReport) => [
    ...repeated(
      "id",
      vulnerabilities.map(({ id }) => id),
    ),
    ...vulnerabilities.flatMap(({ location }) => backward(location.start_line, location.end_line)),
    ...(scan.start_time > scan.end_time ? ["the scan ends before it starts"] : []),
  ],
  sonar: ({ rules: described, issues }: SonarReport) => {
    const ids = described.map(({ id }) => id);
    const places = issues.flatMap((issue) => [issue.primaryLocation, ...issue.secondaryLocations]);
    return [
      ...repeated("rule", ids),
      ...issues.flatMap(({ ruleId }) => (ids.includes(ruleId) ? [] : [`${ruleId} is no rule`])),
      ...places.flatMap(({ textRange }) => (textRange === undefined ? [] : misshapen(textRange))),
    ];
  },
  rdjson: ({ diagnostics }: RdjsonReport) =>
    diagnostics
      .flatMap(({ location, suggestions = [] }) => [location, ...suggestions])
      .flatMap(({ range: { start, end } = { start: FIRST, end: FIRST } }) =>
        start.line === end.line
          ? backward(start.column, end.column)
          : backward(start.line, end.line),
      ),
};

interface SastReport {
  readonly vulnerabilities: readonly {
    readonly id: string;
    readonly location: { readonly start_line: number; readonly end_line: number };
  }[];
  readonly scan: { readonly start_time: string; readonly end_time: string };
}

interface SonarTextRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
}

interface SonarLocation {
  readonly textRange?: SonarTextRange;
}

interface SonarReport {
  readonly rules: readonly { readonly id: string }[];
  readonly issues: readonly {
    readonly ruleId: string;
    readonly primaryLocation: SonarLocation;
    readonly secondaryLocations: readonly SonarLocation[];
  }[];
}

interface RdjsonPosition {
  readonly line: number;
  readonly column: number;
}

interface RdjsonPlace {
  readonly range?: { readonly start: RdjsonPosition; readonly end: RdjsonPosition };
}

interface RdjsonReport {
  readonly diagnostics: readonly {
    readonly location: RdjsonPlace;
    readonly suggestions?: readonly RdjsonPlace[];
  }[];
}

const FIRST: RdjsonPosition = { line: 1, column: 1 };

/** What its consumer would refuse in a report, or lose; one sentence each. */
export function problemsOfJson(format: JsonFormat, report: string): readonly string[] {
  // A byte order mark is no JSON for most consumers.
  if (report.startsWith("\ufeff")) return ["it starts with a byte order mark"];
  const value: unknown = JSON.parse(report);
  const isValid = schemas[format];
  if (isValid(value)) return rules[format](value as never);
  return (isValid.errors ?? []).map(
    ({ instancePath, message = "", params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function repeated(what: string, values: readonly string[]): readonly string[] {
  return values
    .filter((value, index) => values.indexOf(value) !== index)
    .map((value) => `${what} ${value} is there twice`);
}

function backward(start: number, end: number): readonly string[] {
  return end < start ? [`${start} is behind ${end}`] : [];
}

/** Sonar makes a range of it, which must not be empty. */
function misshapen({ startLine, endLine, startColumn, endColumn }: SonarTextRange) {
  if (startLine !== endLine) return ["a range spans lines"];
  if (startColumn === undefined || endColumn === undefined) return [];
  return endColumn <= startColumn ? ["a range is empty"] : [];
}
