import { isAbsolute, join } from "pathe";
import { entryValue, type Evaluated, type EvaluatedMap } from "../../../values/evaluated.js";

/** The data source, and once resource, that packs files into an archive. */
export const archiveFileType = "archive_file";

/** The name of the directory in an application's bundle that configures its environments. */
const CONFIGURATION_DIRECTORY = ".ebextensions";

/**
 * The absolute path of the directory that is packed with these arguments, with the configuration files of
 * Elastic Beanstalk in it; undefined where other files are, or it is not certain that those are packed too.
 * https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file
 */
export function packedDirectory(
  properties: EvaluatedMap,
  rootDirectory: string,
): string | undefined {
  const directory = entryValue(properties, "source_dir");
  const path = directory?.state === "known" ? String(directory.value) : filePathOf(directory);
  if (path === undefined || !leavesConfigurationIn(properties)) return undefined;
  return isAbsolute(path) ? path : join(rootDirectory, path);
}

function filePathOf(value: Evaluated | undefined): string | undefined {
  return value?.state === "unknown" ? value.filePath : undefined;
}

/** Whether nothing that is excluded can be one of these files: patterns are told by what they begin with. */
function leavesConfigurationIn(properties: EvaluatedMap): boolean {
  const excluded = entryValue(properties, "excludes");
  if (excluded === undefined || excluded.state === "unset") return true;
  if (excluded.state !== "list") return false;
  return excluded.items.every((item) => {
    if (item.state !== "known") return false;
    const [beginning = ""] = String(item.value).split(/[*?[{\\]/, 1);
    return (
      !CONFIGURATION_DIRECTORY.startsWith(beginning) &&
      !beginning.startsWith(CONFIGURATION_DIRECTORY)
    );
  });
}
