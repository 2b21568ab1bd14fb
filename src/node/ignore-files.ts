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
  /** The configuration whose `ignore` does not count here, since `.imdslintignore` takes the directory in. */
  readonly overruled?: Configuration | undefined;
}

/** What the ignore files in an absolute directory add. Whoever has listed it passes the names in it. */
export function ignoreLevelOf(
  directory: string,
  above: IgnoreLevel | undefined,
  names?: ReadonlySet<string>,
): IgnoreLevel | undefined {
  const git = patternsOf(directory, ".gitignore", names);
  const own = patternsOf(directory, ".imdslintignore", names);
  if (git === undefined && own === undefined) return above;
  return { git, own, above, overruled: above?.overruled };
}

/**
 * What counts within a directory that is not left out, whose path ends in a slash. Where something that counts
 * more takes it in, what would leave it out says nothing of what is in it either.
 */
export function levelWithin(
  path: string,
  level: IgnoreLevel | undefined,
  configuration: Configuration | undefined,
): IgnoreLevel | undefined {
  const left = withoutOverruled(path, level);
  if (configuration?.ignores(path) !== true) return left;
  return { git: left?.git, own: left?.own, above: left?.above, overruled: configuration };
}

function withoutOverruled(path: string, level: IgnoreLevel | undefined): IgnoreLevel | undefined {
  if (level === undefined) return undefined;
  const counting = (patterns?: PathPatterns) =>
    patterns?.decide(path) === true ? undefined : patterns;
  const [git, own] = [counting(level.git), counting(level.own)];
  const above = withoutOverruled(path, level.above);
  const isSame = git === level.git && own === level.own && above === level.above;
  return isSame ? level : { ...level, git, own, above };
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
    (configuration === nearest?.overruled ? undefined : configuration?.ignores(path)) ??
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
