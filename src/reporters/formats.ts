import type { Report } from "../findings/report.js";
import { atlantisReporter } from "./atlantis-reporter.js";
import { azureReporter } from "./azure-reporter.js";
import { checkstyleReporter } from "./checkstyle-reporter.js";
import type { Format } from "./format-names.js";
import { githubReporter } from "./github-reporter.js";
import { gitlabReporter } from "./gitlab-reporter.js";
import { gitlabSastReporter } from "./gitlab-sast-reporter.js";
import { htmlReporter } from "./html-reporter.js";
import { jsonReporter } from "./json-reporter.js";
import { junitReporter } from "./junit-reporter.js";
import { markdownReporter } from "./markdown-reporter.js";
import { rdjsonReporter } from "./rdjson-reporter.js";
import type { Reporter, ReporterContext } from "./reporter.js";
import { sarifReporter } from "./sarif-reporter.js";
import { sonarReporter } from "./sonar-reporter.js";
import { teamcityReporter } from "./teamcity-reporter.js";
import { unixReporter } from "./unix-reporter.js";

const reporters: Readonly<Record<Exclude<Format, "text">, Reporter>> = {
  json: jsonReporter,
  sarif: sarifReporter,
  junit: junitReporter,
  gitlab: gitlabReporter,
  "gitlab-sast": gitlabSastReporter,
  github: githubReporter,
  checkstyle: checkstyleReporter,
  azure: azureReporter,
  teamcity: teamcityReporter,
  sonar: sonarReporter,
  atlantis: atlantisReporter,
  rdjson: rdjsonReporter,
  unix: unixReporter,
  markdown: markdownReporter,
  html: htmlReporter,
};

/** Turns a report into the text of a format for programs; the one for people is `textReporter`. */
export function writeReport(
  format: Exclude<Format, "text">,
  report: Report,
  context: ReporterContext,
): string {
  return reporters[format](report, context);
}
