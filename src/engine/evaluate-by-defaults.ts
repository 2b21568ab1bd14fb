import type { EvaluatedDeployment } from "../parsers/resource.js";
import { launchResourceTypes } from "../parsers/resources/normalize-deployment.js";
import {
  evaluateRootModule,
  type RootModuleOptions,
} from "../parsers/terraform/evaluate-root-module.js";

/**
 * A module that others call as its defaults alone would have it, if they can matter for what it or a
 * module below it launches. The directory is absolute.
 */
export function evaluateByDefaults(
  directory: string,
  context: RootModuleOptions,
): EvaluatedDeployment | undefined {
  const module = context.loader.load(directory);
  if (module === undefined) return undefined;
  const hasDefaults = [...module.variables.values()].some(({ arguments: own }) =>
    own.has("default"),
  );
  const mayLaunch =
    module.moduleCalls.size > 0 ||
    module.managedResources.some(({ labels: [type = ""] }) => launchResourceTypes.has(type));
  if (!hasDefaults || !mayLaunch) return undefined;
  const options = { ...context, resourceTypes: launchResourceTypes, isByDefaults: true };
  return evaluateRootModule(directory, options);
}
