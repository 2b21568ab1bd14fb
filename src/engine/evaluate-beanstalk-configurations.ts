import { basename, dirname, join, relative } from "pathe";
import { evaluateBeanstalkConfiguration } from "../parsers/beanstalk-configuration.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { SourceFile } from "../source/source-file.js";
import type { InputError } from "../findings/input-error.js";
import { describeReadFailure } from "../findings/read-failure.js";
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
export function evaluateBeanstalkConfigurations({
  files,
  fileSystem,
  rootDirectory,
  loadTolerantYaml,
}: LintRequest): EvaluatedConfigurations {
  const errors: InputError[] = [];
  const directories = new Set(
    files.filter(isBeanstalkConfigurationPath).map((path) => dirname(path)),
  );
  const deployments = [...directories].flatMap((directory) => {
    const sources = fileSystem
      .list(directory)
      .map(({ name }) => `${directory}/${name}`)
      .filter(isBeanstalkConfigurationPath)
      .sort()
      .flatMap((path) => {
        const input = fileSystem.read(path);
        if (!("error" in input)) return [SourceFile.of(path, input)];
        errors.push(describeReadFailure(input.error, path));
        return [];
      });
    const application = relative(rootDirectory, dirname(directory));
    const address = join(application.startsWith("..") ? "" : application, basename(directory));
    return evaluateBeanstalkConfiguration(address, sources, loadTolerantYaml) ?? [];
  });
  return { deployments, errors };
}
