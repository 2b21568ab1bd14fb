import { resolve } from "pathe";
import { ConfigurationFinder } from "../node/configuration-finder.js";
import type { DiskFileSystem } from "../node/disk-file-system.js";
import { rules } from "../rules/index.js";
import type { CommandLineOptions } from "./command-line-options.js";
import { loadTolerantYaml } from "./load-tolerant-yaml.js";

/** What finds the configurations that the command line admits. */
export function finderFor(
  { config }: Pick<CommandLineOptions, "config">,
  fileSystem: DiskFileSystem,
  workingDirectory: string,
): ConfigurationFinder {
  return new ConfigurationFinder({
    fileSystem,
    workingDirectory,
    loadTolerantYaml,
    rules,
    ...(config === undefined
      ? {}
      : { only: config === false ? null : resolve(workingDirectory, config) }),
  });
}
