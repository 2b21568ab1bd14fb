import { basename, dirname, join, relative } from "pathe";
import { environmentByConfiguration } from "../parsers/beanstalk-configuration.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import type { InputError } from "../findings/input-error.js";
import type { ApplicationFiles } from "./application-files.js";
import { isBeanstalkConfigurationPath } from "./file-kind.js";
import type { LintRequest } from "./lint-request.js";

/** What the configuration files of Elastic Beanstalk say, by application, and those that cannot be read. */
export interface EvaluatedConfigurations {
  readonly deployments: readonly EvaluatedDeployment[];
  readonly errors: readonly InputError[];
}

/**
 * Evaluates the configuration files of Elastic Beanstalk among the files, each with the others of its
 * directory, since the last one counts.
 */
export function evaluateBeanstalkConfigurations(
  { files, rootDirectory }: LintRequest,
  applications: ApplicationFiles,
): EvaluatedConfigurations {
  const directories = new Set(
    files.filter(isBeanstalkConfigurationPath).map((path) => dirname(path)),
  );
  const read = [...directories].map((directory) => {
    const application = relative(rootDirectory, dirname(directory));
    const address = join(application.startsWith("..") ? "" : application, basename(directory));
    return { address, ...applications.read(directory) };
  });
  return {
    deployments: read.flatMap(({ address, configuration }) =>
      configuration === undefined ? [] : [environmentByConfiguration(address, configuration)],
    ),
    errors: read.flatMap(({ configuration, errors }) => [
      ...errors,
      ...(configuration?.errors ?? []),
    ]),
  };
}
