import { basename, dirname, join, relative } from "pathe";
import { evaluateConfigurationFiles } from "../parsers/beanstalk-configuration.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { SourceFile } from "../source/source-file.js";
import { isConfigurationPath } from "./file-kind.js";
import type { LintRequest } from "./lint-request.js";

/**
 * Evaluates the configuration files of Elastic Beanstalk among the files, each with the others of its
 * directory, since the last one counts.
 */
export function evaluateBeanstalkConfigurations({
  files,
  fileSystem,
  rootDirectory,
  loadTolerantYaml,
}: LintRequest): readonly EvaluatedDeployment[] {
  const directories = new Set(files.filter(isConfigurationPath).map((path) => dirname(path)));
  return [...directories].flatMap((directory) => {
    const sources = fileSystem
      .list(directory)
      .map(({ name }) => `${directory}/${name}`)
      .filter(isConfigurationPath)
      .sort()
      .flatMap((path) => {
        const input = fileSystem.read(path);
        return "error" in input ? [] : [new SourceFile(path, input.text)];
      });
    const application = relative(rootDirectory, dirname(directory));
    const address = join(application.startsWith("..") ? "" : application, basename(directory));
    return evaluateConfigurationFiles(address, sources, loadTolerantYaml) ?? [];
  });
}
