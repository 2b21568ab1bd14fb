import { Ajv, type ValidateFunction } from "ajv";

const text = { type: "string", minLength: 1 };
const line = { type: "integer", minimum: 1 };
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

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const gitlab = list(
  object({
    description: text,
    check_name: text,
    fingerprint: text,
    severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
    location: object({ path, lines: object({ begin: line }) }),
  }),
);

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
        name: { type: "string", maxLength: 255 },
        description: { type: "string", maxLength: 1_048_576 },
        severity: { enum: ["Info", "Unknown", "Low", "Medium", "High", "Critical"] },
        identifiers: list(object({ type: text, name: text, value: text }, { url: text }), {
          minItems: 1,
          maxItems: 20,
        }),
        location: object(place),
      },
      {
        solution: { type: "string", maxLength: 7_000 },
        links: list(object({ url: text })),
        tracking: object({
          type: { const: "source" },
          items: list(
            object({
              ...place,
              signatures: list(object({ algorithm: text, value: text }), { minItems: 1 }),
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
const sonarPlace = object({ message: text, filePath: path }, { textRange });

/** https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/importing-external-issues/generic-issue-import-format */
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
      primaryLocation: sonarPlace,
      secondaryLocations: list(sonarPlace),
    }),
  ),
});

const position = object({ line, column: line });

/** https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/jsonschema/DiagnosticResult.json */
const rdjson = object({
  source: object({ name: text }),
  diagnostics: list(
    object({
      message: text,
      location: object({ path }, { range: object({ start: position, end: position }) }),
      severity: { enum: ["ERROR", "WARNING", "INFO"] },
      code: object({ value: text }, { url: text }),
    }),
  ),
});

const ajv = new Ajv({ strict: false, allErrors: true });

/** What consumers accept, written from their documentation: no property too many, none missing. */
export const schemas: Readonly<
  Record<"gitlab" | "gitlab-sast" | "sonar" | "rdjson", ValidateFunction>
> = {
  gitlab: ajv.compile(gitlab),
  "gitlab-sast": ajv.compile(gitlabSast),
  sonar: ajv.compile(sonar),
  rdjson: ajv.compile(rdjson),
};
