import { basename, dirname, relative } from "pathe";
import { isTerraformPath } from "../engine/file-kind.js";
import { rootDirectoryOf } from "../node/root-directory.js";
import { mayBePlan } from "../parsers/terraform-plan/recognise-plan.js";
import type { FileSystem } from "../source/file-system.js";

/** Where a run takes place. Directories are absolute. */
interface RunPlace {
  readonly workingDirectory: string;
  /** The root module that plans were made of, where somebody names it. */
  readonly sourceRoot?: string;
}

/**
 * The tree that a run belongs to, see `rootDirectoryOf`. Plans are made anywhere, often in a directory for
 * temporary files, while their findings stand in the source: so a plan counts as lying where that is.
 */
export function rootOfRun(
  files: readonly string[],
  place: RunPlace,
  fileSystem: FileSystem,
): string {
  const { workingDirectory } = place;
  const own = rootDirectoryOf([], workingDirectory);
  const placed = files.map((path) => {
    const mayLieElsewhere = place.sourceRoot !== undefined || relative(own, path).startsWith("..");
    return mayLieElsewhere && isPlan(path, fileSystem)
      ? `${sourceDirectory(path, place, fileSystem)}/${basename(path)}`
      : path;
  });
  return rootDirectoryOf(placed, workingDirectory);
}

function isPlan(path: string, fileSystem: FileSystem): boolean {
  if (isTerraformPath(path)) return false;
  const input = fileSystem.read(path);
  return !("error" in input) && mayBePlan(input.text);
}

/** The first directory that the source of a plan is looked for in and that may hold it, else the plan's own. */
function sourceDirectory(
  path: string,
  { workingDirectory, sourceRoot }: RunPlace,
  fileSystem: FileSystem,
): string {
  if (sourceRoot !== undefined) return sourceRoot;
  const own = dirname(path);
  const hasTerraform = (directory: string) =>
    fileSystem.list(directory).some(({ name }) => isTerraformPath(name));
  return [own, workingDirectory].find(hasTerraform) ?? own;
}
