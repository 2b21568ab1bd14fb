import type { Finding } from "../findings/finding.js";
import type { RuleMetadata } from "../rules/define-rule.js";
import { relativePath } from "./paths.js";
import { oneBasedRange } from "./positions.js";
import type { Reporter, ReporterContext } from "./reporter.js";
import { makeVisible, toJsonText } from "./visible-text.js";
import { sentenceOf } from "./wording.js";

/** The version of GitLab's schema that reports are written for. */
const SCHEMA_VERSION = "15.2.1";

/**
 * GitLab drops signatures whose algorithm it does not know, and then takes a vulnerability on another line for a new
 * one. Of those it knows this says no more than that the value is the identity.
 * https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/models/concerns/vulnerability_finding_signature_helpers.rb
 */
const SIGNATURE = "hash";

/** GitLab's limit on a vulnerability's name, in characters. */
const LONGEST_NAME = 255;

/**
 * GitLab's report on static application security testing (`artifacts:reports:sast`): what is open to
 * exposure. Rules about templates that AWS rejects are no vulnerabilities; `gitlab` reports those.
 * https://gitlab.com/gitlab-org/security-products/security-report-schemas
 */
export const gitlabSastReporter: Reporter = (report, context) => {
  const rules = new Map(context.rules.map((rule) => [rule.id, rule]));
  const vulnerabilities = report.findings.flatMap((finding) => {
    const rule = rules.get(finding.ruleId);
    const isVulnerability = finding.kind === "fail" && rule?.category === "exposure";
    return isVulnerability ? [vulnerability(finding, rule)] : [];
  });
  const tool = {
    id: "imdslint",
    name: "imdslint",
    version: context.version,
    vendor: { name: "imdslint" },
  };
  const startedAt = new Date(context.finishedAt.getTime() - context.elapsedMilliseconds);
  return toJsonText({
    version: SCHEMA_VERSION,
    vulnerabilities,
    scan: {
      analyzer: tool,
      scanner: tool,
      type: "sast",
      start_time: timestamp(startedAt),
      end_time: timestamp(context.finishedAt),
      status: report.errors.length === 0 ? "success" : "failure",
      messages: report.errors.map(({ message, path }) => ({
        level: "fatal",
        value: makeVisible(`${relativePath(context.rootDirectory, path)}: ${message}`),
      })),
    },
  });

  function vulnerability(finding: Finding, rule: RuleMetadata) {
    const { location, advice, fingerprint, ruleId } = finding;
    const { start, end } = oneBasedRange(report.files, location);
    const file = relativePath(context.rootDirectory, location.path);
    const place = { file, start_line: start.line, end_line: end.line };
    return {
      id: fingerprint,
      name: rule.summary.slice(0, LONGEST_NAME),
      description: describe(finding, context),
      severity: severityOf(rule),
      ...(advice === undefined ? {} : { solution: makeVisible(advice) }),
      identifiers: identifiersOf(rule),
      links: rule.sources.map((url) => ({ url })),
      location: place,
      tracking: {
        type: "source",
        items: [
          {
            ...place,
            signatures: [{ algorithm: SIGNATURE, value: `${ruleId}:${fingerprint}` }],
          },
        ],
      },
    };
  }
};

/** What is wrong and how it came about, as GitLab's Markdown; nothing in it may be a mark. */
function describe(finding: Finding, { rootDirectory }: ReporterContext): string {
  const chain = finding.chain.map(
    ({ message, location }) => `- ${message} (${relativePath(rootDirectory, location.path)})`,
  );
  return [`${sentenceOf(finding)}.`, ...chain].map(plain).join("\n");
}

function plain(text: string): string {
  return makeVisible(text).replace(/[\\`*_{}[\]<>()#|~@!$]/g, "\\$&");
}

/** The first is the one that GitLab knows a vulnerability by. */
function identifiersOf({ id, cwe = [], sources: [url] }: RuleMetadata) {
  return [
    {
      type: "imdslint_rule",
      name: `imdslint ${id}`,
      value: id,
      ...(url === undefined ? {} : { url }),
    },
    ...cwe.map((number) => ({
      type: "cwe",
      name: `CWE-${number}`,
      value: `${number}`,
      url: `https://cwe.mitre.org/data/definitions/${number}.html`,
    })),
  ];
}

/** By the rule's score, as https://www.first.org/cvss/v3.1/specification-document names its ranges. */
function severityOf({ securitySeverity = 0 }: RuleMetadata): string {
  if (securitySeverity >= 9) return "Critical";
  if (securitySeverity >= 7) return "High";
  if (securitySeverity >= 4) return "Medium";
  return securitySeverity > 0 ? "Low" : "Unknown";
}

/** In UTC, without a zone and without fractions, as the schema has it. */
function timestamp(date: Date): string {
  return date.toISOString().slice(0, "2026-01-01T00:00:00".length);
}
