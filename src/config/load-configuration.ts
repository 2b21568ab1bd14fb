import { dirname, relative, resolve } from "pathe";
import { describeReadFailure } from "../findings/read-failure.js";
import type { TolerantYamlParser } from "../parsers/yaml/parsed-yaml.js";
import type { RuleMetadata } from "../rules/define-rule.js";
import type { FileSystem } from "../source/file-system.js";
import { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import { composeConfiguration } from "./compose-configuration.js";
import type { Configuration } from "./configuration.js";
import { listOf } from "./configuration-file.js";
import type { ConfigurationError } from "./configuration-error.js";
import { readConfiguration, type WrittenConfiguration } from "./written-configuration.js";

/** What loading a configuration needs. */
export interface ConfigurationContext {
  readonly fileSystem: FileSystem;
  /** The tree, absolute: nothing outside it may be extended, read or written. */
  readonly rootDirectory: string;
  /** What patterns are relative to, unless they stand in an extended file above it. */
  readonly patternDirectory: string;
  readonly loadTolerantYaml: () => TolerantYamlParser;
  /** All that there are, for presets to speak of. */
  readonly rules: readonly RuleMetadata[];
}

/** A configuration, or why there is none. */
export interface LoadedConfiguration {
  /** Undefined where something is wrong, and where a `package.json` has nothing to say. */
  readonly configuration?: Configuration;
  readonly errors: readonly ConfigurationError[];
  /** What was read, by path; errors point into it. */
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** Reads the configuration file at an absolute path with all that it extends. Never throws. */
export function loadConfiguration(
  path: string,
  context: ConfigurationContext,
): LoadedConfiguration {
  const loader = new ConfigurationLoader(context);
  const layers = loader.load(path, []);
  const { errors, files } = loader;
  const [last, ...others] = [...layers].reverse();
  if (errors.length > 0 || last === undefined) return { errors, files };
  const configuration = composeConfiguration([...others.reverse(), last], context);
  return { configuration, errors, files };
}

/** A configuration that extends another: its path, and where and as what it names that. */
interface Extending {
  readonly path: string;
  readonly location: Location;
  readonly name: string;
}

class ConfigurationLoader {
  readonly errors: ConfigurationError[] = [];
  readonly files = new Map<string, SourceFile>();
  readonly #context: ConfigurationContext;

  constructor(context: ConfigurationContext) {
    this.#context = context;
  }

  /** The file and what it extends, which comes first. `by` are those that led here. */
  load(path: string, by: readonly Extending[]): WrittenConfiguration[] {
    const file = this.#read(path, by.at(-1));
    if (file === undefined) return [];
    const written = readConfiguration(file, this.#context.loadTolerantYaml);
    if (written === undefined) return [];
    this.errors.push(...written.errors);
    if (written.errors.length > 0) return [written];
    if (!this.#staysInTree(written)) return [written];
    const named = listOf(written.value.extends);
    const bases = named.flatMap((name, index) => {
      const pointer = typeof written.value.extends === "string" ? "" : `/${index}`;
      const location = written.locate(`/extends${pointer}`);
      const base = resolve(dirname(path), name);
      const chain = [...by, { path, location, name }];
      if (!chain.some((step) => step.path === base)) return this.load(base, chain);
      this.errors.push({ message: `${name} extends this configuration in turn`, location });
      return [];
    });
    return [...bases, written];
  }

  #read(path: string, by: Extending | undefined): SourceFile | undefined {
    const known = this.files.get(path);
    if (known !== undefined) return known;
    const input = this.#context.fileSystem.read(path);
    if ("error" in input) {
      const { message } = describeReadFailure(input.error, path);
      const location = by?.location ?? { path, range: { start: 0, end: 0 } };
      const subject = by === undefined ? "" : `cannot extend ${by.name}: `;
      this.errors.push({ message: `${subject}${message}`, location });
      return undefined;
    }
    const file = new SourceFile(path, input.text);
    this.files.set(path, file);
    return file;
  }

  /** A configuration may come with a change that nobody has looked at yet, so that it is kept to its tree. */
  #staysInTree({ value, file, locate }: WrittenConfiguration): boolean {
    const { extends: bases, varFiles = [], parameterFiles = [], format, baseline } = value;
    const targets = listOf(format).map((text) => text.replace(/^[^=]*=?/s, ""));
    const lists = {
      extends: listOf(bases),
      varFiles,
      parameterFiles,
      format: targets,
      baseline: listOf(baseline),
    };
    let isInside = true;
    for (const [key, paths] of Object.entries(lists)) {
      for (const [index, path] of paths.entries()) {
        const absolute = resolve(dirname(file.path), path);
        if (!relative(this.#context.rootDirectory, absolute).startsWith("..")) continue;
        isInside = false;
        const isList = Array.isArray(value[key as keyof typeof lists]);
        this.errors.push({
          message: `${path} lies outside the repository, where no configuration may reach`,
          location: locate(isList ? `/${key}/${index}` : `/${key}`),
        });
      }
    }
    return isInside;
  }
}
