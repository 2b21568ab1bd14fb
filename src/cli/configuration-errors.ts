import type { ConfigurationFinder } from "../node/configuration-finder.js";
import { describeErrors } from "./describe-errors.js";

/** What is wrong with the configurations that were found, a line each; undefined if nothing is. */
export function describeConfigurationErrors(
  { errors, files }: ConfigurationFinder,
  workingDirectory: string,
): string | undefined {
  const mistakes = errors.map((error) => ({ ...error, path: error.location.path }));
  return errors.length === 0 ? undefined : describeErrors(mistakes, files, workingDirectory);
}
