import { readFileSync } from "node:fs";
import type { Configuration } from "../config/configuration.js";
import { PathPatterns } from "../config/path-patterns.js";

/** What the ignore files of one directory say, and those above it up to the git top level. */
export interface IgnoreLevel {
  /** Of `.gitignore`. */
  readonly git: PathPatterns | undefined;
  /** Of `.imdslintignore`. */
  readonly own: PathPatterns | undefined;
  readonly above: IgnoreLevel | undefined;
}

/** What the ignore files in an absolute directory add. Whoever has listed it passes the names in it. */
export function ignoreLevelOf(
  directory: string,
  above: IgnoreLevel | undefined,
  names?: ReadonlySet<string>,
): IgnoreLevel | undefined {
  const git = patternsOf(directory, ".gitignore", names);
  const own = patternsOf(directory, ".imdslintignore", names);
  return git === undefined && own === undefined ? above : { git, own, above };
}

/**
 * Whether an absolute path is left out: by `.imdslintignore`, else by the configuration, else by
 * `.gitignore`. As in git, of files of one name the nearest that mentions a path decides. A path that
 * ends in a slash is a directory.
 */
export function isIgnored(
  path: string,
  nearest: IgnoreLevel | undefined,
  configuration: Configuration | undefined,
): boolean {
  return (
    decide(path, nearest, ({ own }) => own) ??
    configuration?.ignores(path) ??
    decide(path, nearest, ({ git }) => git) ??
    false
  );
}

function decide(
  path: string,
  nearest: IgnoreLevel | undefined,
  patternsIn: (level: IgnoreLevel) => PathPatterns | undefined,
): boolean | undefined {
  for (let level = nearest; level !== undefined; level = level.above) {
    const decision = patternsIn(level)?.decide(path);
    if (decision !== undefined) return decision;
  }
  return undefined;
}

function patternsOf(
  directory: string,
  name: string,
  names: ReadonlySet<string> | undefined,
): PathPatterns | undefined {
  if (names?.has(name) === false) return undefined;
  try {
    return new PathPatterns(directory, readFileSync(`${directory}/${name}`, "utf8").split("\n"));
  } catch {
    return undefined;
  }
}
