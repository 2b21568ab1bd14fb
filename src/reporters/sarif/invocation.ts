import type { Invocation, Notification } from "sarif";
import type { Finding } from "../../findings/finding.js";
import type { InputError } from "../../findings/input-error.js";
import type { Report } from "../../findings/report.js";
import type { Skipped } from "../../findings/skipped.js";
import { mayBePlan } from "../../parsers/terraform-plan/recognise-plan.js";
import type { SarifPlaces } from "./locations.js";
import { nameBrackets, sentences } from "./message-text.js";

/** More results than this in one run, and GitHub rejects the upload. */
export const MOST_RESULTS = 25_000;
/** GitHub keeps this many results of a run. */
const MOST_RESULTS_KEPT = 5_000;

/**
 * How the run went. It was not successful if an input could not be read, since what is missing from
 * the results may then still be wrong.
 */
export function describeInvocation(
  { errors, coverage, files }: Report,
  shown: readonly Finding[],
  places: SarifPlaces,
): Invocation {
  return {
    executionSuccessful: errors.length === 0,
    toolExecutionNotifications: [
      ...errors.map((error) => inputErrorNotification(error, places)),
      ...coverage.skipped.map((skipped) => skippedNotification(skipped, places)),
      ...planNotifications(shown, files, places),
      ...limitNotifications(shown.length),
    ],
  };
}

function inputErrorNotification(
  { code, message, path, location }: InputError,
  places: SarifPlaces,
): Notification {
  return {
    descriptor: { id: code },
    level: "error",
    message: { text: sentences(nameBrackets(message)) },
    locations: [location === undefined ? places.file(path) : places.location(location)],
  };
}

function skippedNotification(
  { kind, message, location }: Skipped,
  places: SarifPlaces,
): Notification {
  return {
    descriptor: { id: kind },
    level: "warning",
    message: { text: sentences(`Not looked at: ${message}`) },
    locations: [places.location(location)],
  };
}

/** Of plans without their source: what stands in them stands in no file of the repository. */
function planNotifications(
  shown: readonly Finding[],
  files: Report["files"],
  places: SarifPlaces,
): Notification[] {
  const paths = [...new Set(shown.map(({ location }) => location.path))];
  return paths
    .filter((path) => mayBePlan(files.get(path)?.text ?? ""))
    .map((path) => ({
      descriptor: { id: "plan-without-source" },
      level: "warning" as const,
      message: {
        text: sentences(
          "The source of this plan was not found, so that findings stand in the plan, where code scanning cannot show them; --source-root names the directory of the source",
        ),
      },
      locations: [places.file(path)],
    }));
}

/** https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
function limitNotifications(resultCount: number): Notification[] {
  if (resultCount <= MOST_RESULTS_KEPT) return [];
  const cut =
    resultCount > MOST_RESULTS
      ? `this file holds the ${MOST_RESULTS} worst of ${resultCount} results, and`
      : `there are ${resultCount} results, and`;
  const text = sentences(`${cut} GitHub shows the first ${MOST_RESULTS_KEPT}`);
  return [{ descriptor: { id: "too-many-results" }, level: "warning", message: { text } }];
}
