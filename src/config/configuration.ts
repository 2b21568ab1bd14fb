import type { Severity } from "../findings/severity.js";
import type { RuleSetting } from "../rules/default-setting.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import type { PresetName } from "./configuration-file.js";
import type { PathPatterns } from "./path-patterns.js";

/** Something that is set, and where. */
export interface Setting<T> {
  readonly value: T;
  readonly location: Location;
  /** Where it follows from the preset that is named there. */
  readonly preset?: PresetName;
}

/** What is set of one rule. */
export interface ConfiguredRule {
  readonly severity?: Setting<RuleSetting>;
  /** By the option's name. */
  readonly options: ReadonlyMap<string, Setting<unknown>>;
}

/** Settings of rules, by id. */
export type ConfiguredRules = ReadonlyMap<string, ConfiguredRule>;

/** Settings of rules for some files. */
export interface ConfiguredOverride {
  readonly files: PathPatterns;
  readonly rules: ConfiguredRules;
}

/** A format to report in, as its name, and the absolute path of the file to write; none to print it. */
export interface ConfiguredOutput {
  readonly format: string;
  readonly path?: string;
}

/** Everything that a configuration file and those it extends say. Paths are absolute. */
export interface ConfiguredSettings {
  readonly rules: ConfiguredRules;
  /** Later ones win. */
  readonly overrides: readonly ConfiguredOverride[];
  /** Later ones win. */
  readonly ignore: readonly Setting<PathPatterns>[];
  readonly failOn?: Setting<Severity>;
  readonly failOnOpen?: Setting<boolean>;
  readonly failOnSkipped?: Setting<boolean>;
  readonly showOpen?: Setting<boolean>;
  readonly maxWarnings?: Setting<number>;
  /** By name, as texts that `terraform plan -var` takes. */
  readonly variables: ReadonlyMap<string, Setting<string>>;
  readonly varFiles: readonly Setting<string>[];
  readonly parameters: ReadonlyMap<string, Setting<string>>;
  readonly parameterFiles: readonly Setting<string>[];
  readonly region?: Setting<string>;
  readonly account?: Setting<string>;
  readonly format?: Setting<readonly ConfiguredOutput[]>;
}

/** A configuration file that applies to some files, with those it extends. */
export class Configuration {
  /** Absolute. */
  readonly path: string;
  /** What it was read from, by path: itself and what it extends. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly settings: ConfiguredSettings;
  readonly #rules = new Map<string, ConfiguredRules>();

  /** Takes the file that was found, and all that it and what it extends say. */
  constructor(path: string, files: ReadonlyMap<string, SourceFile>, settings: ConfiguredSettings) {
    this.path = path;
    this.files = files;
    this.settings = settings;
  }

  /** Whether `ignore` leaves out an absolute path, or takes it in again (false); undefined where it says nothing. */
  ignores(path: string): boolean | undefined {
    return this.settings.ignore.map(({ value }) => value.decide(path)).findLast(isDecided);
  }

  /** What is set of rules for the file of an absolute path. Equal settings are one object. */
  rulesFor(path: string): ConfiguredRules {
    const { rules, overrides } = this.settings;
    const fitting = overrides.filter(({ files }) => files.decide(path) === true);
    if (fitting.length === 0) return rules;
    const key = fitting.map((override) => overrides.indexOf(override)).join();
    const known = this.#rules.get(key);
    if (known !== undefined) return known;
    const merged = fitting.reduce((sum, override) => mergeRules(sum, override.rules), rules);
    this.#rules.set(key, merged);
    return merged;
  }
}

function isDecided(decision: boolean | undefined): boolean {
  return decision !== undefined;
}

/** Settings of rules with later ones laid over them: severity by severity, option by option. */
export function mergeRules(earlier: ConfiguredRules, later: ConfiguredRules): ConfiguredRules {
  const merged = new Map(earlier);
  for (const [id, rule] of later) {
    const before = merged.get(id);
    merged.set(id, {
      ...before,
      ...rule,
      options: new Map([...(before?.options ?? []), ...rule.options]),
    });
  }
  return merged;
}
