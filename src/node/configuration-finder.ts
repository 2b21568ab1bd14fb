import { existsSync, readFileSync } from "node:fs";
import { dirname, relative } from "pathe";
import type { Configuration } from "../config/configuration.js";
import { loadConfiguration } from "../config/load-configuration.js";
import type { ConfigurationError } from "../config/configuration-error.js";
import type { TolerantYamlParser } from "../parsers/yaml/parsed-yaml.js";
import type { RuleMetadata } from "../rules/define-rule.js";
import type { FileSystem } from "../source/file-system.js";
import type { SourceFile } from "../source/source-file.js";
import { TreeTops } from "./tree-tops.js";

/** What a configuration file is called, and where else a configuration can stand. */
const configurationNames = ["yaml", "yml", "json"].map((ending) => `imdslint.config.${ending}`);

/** What finding configurations needs. Paths are absolute. */
export interface FinderContext {
  readonly fileSystem: FileSystem;
  readonly workingDirectory: string;
  readonly loadTolerantYaml: () => TolerantYamlParser;
  /** All that there are. */
  readonly rules: readonly RuleMetadata[];
  /** The one to use for all files; null for none at all. By default they are looked for. */
  readonly only?: string | null;
}

/**
 * Finds the configuration of each directory: the nearest at or above it, up to the top level of its
 * git repository. Without git, up to the working directory, if that is above.
 */
export class ConfigurationFinder {
  /** Of all configurations that were found; none of them is to be used if there are any. */
  readonly errors: ConfigurationError[] = [];
  /** What errors and settings point into, by path. */
  readonly files = new Map<string, SourceFile>();
  readonly #context: FinderContext;
  readonly #found = new Map<string, Configuration | undefined>();
  readonly #tops: TreeTops;
  readonly #loaded = new Map<string, Configuration | undefined>();

  constructor(context: FinderContext) {
    this.#context = context;
    this.#tops = new TreeTops(context.workingDirectory);
  }

  /**
   * The configuration of the files in an absolute directory. Whoever has listed it passes the names
   * in it, which saves looking for files.
   */
  in(directory: string, names?: ReadonlySet<string>): Configuration | undefined {
    const { only, workingDirectory } = this.#context;
    if (only === null) return undefined;
    if (only !== undefined) {
      const isAbove = isWithin(workingDirectory, dirname(only));
      return this.#load(only, isAbove ? dirname(only) : workingDirectory);
    }
    if (this.#found.has(directory)) return this.#found.get(directory);
    const own = this.#ownOf(directory, names);
    const isTop = directory === this.#tops.of(directory, names);
    const found = own ?? (isTop ? undefined : this.in(dirname(directory)));
    this.#found.set(directory, found);
    return found;
  }

  /** The tree that a configuration belongs to, and may not reach beyond. */
  treeOf({ path }: Configuration): string {
    return this.#tops.of(dirname(path));
  }

  /** Every configuration that was found so far. */
  get all(): readonly Configuration[] {
    return [...this.#loaded.values()].filter((configuration) => configuration !== undefined);
  }

  #ownOf(directory: string, names?: ReadonlySet<string>): Configuration | undefined {
    const isThere = (name: string) => names?.has(name) ?? existsSync(join(directory, name));
    const [name, second] = configurationNames.filter(isThere);
    if (name !== undefined) {
      const path = join(directory, name);
      if (second !== undefined) {
        const message = `${second} beside it configures the same directory`;
        this.errors.push({ message, location: { path, range: { start: 0, end: 0 } } });
      }
      return this.#load(path, directory);
    }
    const path = join(directory, "package.json");
    return isThere("package.json") && mayConfigure(path) ? this.#load(path, directory) : undefined;
  }

  #load(path: string, patternDirectory: string): Configuration | undefined {
    if (this.#loaded.has(path)) return this.#loaded.get(path);
    const { fileSystem, loadTolerantYaml, rules } = this.#context;
    const { configuration, errors, files } = loadConfiguration(path, {
      fileSystem,
      loadTolerantYaml,
      rules,
      rootDirectory: this.#tops.of(dirname(path)),
      patternDirectory,
    });
    this.errors.push(...errors);
    for (const [name, file] of files) this.files.set(name, file);
    this.#loaded.set(path, configuration);
    return configuration;
  }
}

function join(directory: string, name: string): string {
  return directory === "/" ? `/${name}` : `${directory}/${name}`;
}

function isWithin(path: string, directory: string): boolean {
  return !relative(directory, path).startsWith("..");
}

/** Most files of that name have nothing to say, and need no reader. */
function mayConfigure(packagePath: string): boolean {
  try {
    return /"imdslint"\s*:/.test(readFileSync(packagePath, "utf8"));
  } catch {
    return false;
  }
}
