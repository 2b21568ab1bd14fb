import { join, relative } from "pathe";
import { describeReadFailure } from "../findings/read-failure.js";
import type { InputError } from "../findings/input-error.js";
import {
  type BeanstalkConfiguration,
  readBeanstalkConfiguration,
} from "../parsers/beanstalk-configuration.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import type { ConfigurationIn } from "../parsers/resources/launch-resource-kind.js";
import { SourceFile } from "../source/source-file.js";
import { isBeanstalkConfigurationPath } from "./file-kind.js";
import type { LintRequest } from "./lint-request.js";

/** What the files of one application configure, and why some could not be read. */
export interface ReadConfiguration {
  /** Undefined where they say nothing of metadata. */
  readonly configuration: BeanstalkConfiguration | undefined;
  readonly errors: readonly InputError[];
}

/**
 * The configuration files of Elastic Beanstalk in the tree, each application read once. Remembers which
 * deployment has asked for which: what an environment is deployed with is judged there.
 */
export class ApplicationFiles {
  readonly #request: LintRequest;
  readonly #byDirectory = new Map<string, ReadConfiguration>();
  readonly #askedBy = new Map<EvaluatedDeployment, Set<BeanstalkConfiguration>>();

  constructor(request: LintRequest) {
    this.#request = request;
  }

  /** For the environments of one deployment: what is configured by an application at an absolute path. */
  for(deployment: EvaluatedDeployment): ConfigurationIn {
    const asked = this.#askedBy.get(deployment) ?? new Set();
    this.#askedBy.set(deployment, asked);
    return (directory) => {
      if (relative(this.#request.rootDirectory, directory).startsWith("..")) return undefined;
      const { configuration } = this.read(join(directory, ".ebextensions"));
      if (configuration !== undefined) asked.add(configuration);
      return configuration;
    };
  }

  /** The files that environments of a deployment were found to be deployed with. */
  readBy(deployment: EvaluatedDeployment): ReadonlyMap<string, SourceFile> {
    const asked = [...(this.#askedBy.get(deployment) ?? [])];
    return new Map(asked.flatMap(({ files }) => [...files]));
  }

  /** Whether an environment is deployed with these files by a template or module that was judged by now. */
  areDeployed({ files }: Pick<EvaluatedDeployment, "files">): boolean {
    return [...this.#askedBy.values()].some((asked) =>
      [...asked].some((configuration) => configuration.files === files),
    );
  }

  /** What the configuration files in the directory at an absolute path say. */
  read(directory: string): ReadConfiguration {
    const before = this.#byDirectory.get(directory);
    if (before !== undefined) return before;
    const { fileSystem, loadTolerantYaml } = this.#request;
    const errors: InputError[] = [];
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
    const configuration = readBeanstalkConfiguration(sources, loadTolerantYaml);
    const read = { configuration, errors };
    this.#byDirectory.set(directory, read);
    return read;
  }
}

/** The deployments, then configuration files that none of them deploys: that is known once those are judged. */
export function* withUndeployed(
  deployments: readonly EvaluatedDeployment[],
  configurations: readonly EvaluatedDeployment[],
  applications: ApplicationFiles,
): Iterable<EvaluatedDeployment> {
  yield* deployments;
  for (const configuration of configurations) {
    if (!applications.areDeployed(configuration)) yield configuration;
  }
}
