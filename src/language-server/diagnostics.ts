import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from "vscode-languageserver";
import type { ConfigurationError } from "../config/configuration-error.js";
import type { Finding } from "../findings/finding.js";
import type { Severity } from "../findings/severity.js";
import { otherAddresses, sentenceOf } from "../reporters/wording.js";
import type { Rule } from "../rules/define-rule.js";
import type { Analysis, AnalysedError, AnalysedFinding } from "./analysis.js";
import { type Files, locationOf, rangeOf } from "./ranges.js";

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
};

/** Rules on what has no effect where it stands, and which an editor therefore shows paler. */
const RULES_ON_NEEDLESS_TEXT: ReadonlySet<string> = new Set([
  "metadata-options-ignored",
  "unused-suppression",
]);

/** What a diagnostic says beside its text, so that code actions find the finding again. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

/** What of the findings a client wants to see. */
export interface DiagnosticOptions {
  readonly rules: readonly Rule[];
  /** Whether what only the deployment decides is shown, as a hint. */
  readonly showOpen: boolean;
}

/** The diagnostics of one file, in the order of their places. */
export function diagnosticsOf(
  analysis: Analysis,
  path: string,
  options: DiagnosticOptions,
): readonly Diagnostic[] {
  const shown = analysis
    .findingsIn(path)
    .filter(({ finding }) => options.showOpen || finding.kind === "fail");
  return [
    ...analysis.errorsIn(path).map(ofError),
    ...shown.map((found) => ofFinding(found, options.rules)),
  ];
}

/** What is wrong with a configuration, which therefore does not count. */
export function ofConfigurationError(
  { message, location }: ConfigurationError,
  files: Files,
): Diagnostic {
  const severity = DiagnosticSeverity.Error;
  const range = rangeOf(files, location);
  return {
    range,
    severity,
    code: "configuration",
    source: "imdslint",
    message: asSentence(message),
  };
}

function ofError({ error, files }: AnalysedError): Diagnostic {
  const { code, message, location } = error;
  const start = { line: 0, character: 0 };
  const range = location === undefined ? { start, end: start } : rangeOf(files, location);
  const severity = DiagnosticSeverity.Error;
  return { range, severity, code, source: "imdslint", message: asSentence(message) };
}

function ofFinding({ finding, files }: AnalysedFinding, rules: readonly Rule[]): Diagnostic {
  const { kind, severity, ruleId, location, fingerprint } = finding;
  const url = rules.find(({ id }) => id === ruleId)?.sources[0];
  const related = relatedInformation(finding, files);
  const data: DiagnosticData = { fingerprint };
  return {
    range: rangeOf(files, location),
    severity: kind === "open" ? DiagnosticSeverity.Hint : severities[severity],
    code: ruleId,
    ...(url === undefined ? {} : { codeDescription: { href: url } }),
    source: "imdslint",
    message: messageOf(finding),
    ...(related.length === 0 ? {} : { relatedInformation: [...related] }),
    ...(RULES_ON_NEEDLESS_TEXT.has(ruleId) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    data,
  };
}

function messageOf(finding: Finding): string {
  const others = otherAddresses(finding);
  const sentence = sentenceOf(finding);
  const startsWithName = finding.resources.some(({ address }) => sentence.startsWith(address));
  return [
    startsWithName ? `${sentence}.` : asSentence(sentence),
    ...(finding.advice === undefined ? [] : [asSentence(finding.advice)]),
    ...(others.length === 0 ? [] : [`Also: ${others.join(", ")}.`]),
  ].join("\n");
}

function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

/** The chain up to the finding's own place, and what else takes part. */
function relatedInformation(
  { chain, related }: Finding,
  files: Files,
): readonly DiagnosticRelatedInformation[] {
  return [...chain.slice(0, -1), ...related].map(({ message, location }) => ({
    message,
    location: locationOf(files, location),
  }));
}
