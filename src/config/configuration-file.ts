import type { Severity } from "../findings/severity.js";
import type { RuleSetting } from "../rules/default-setting.js";

/** What a rule may be set to: a severity, or that and values for the rule's options. */
export type WrittenRule =
  RuleSetting | { readonly severity?: RuleSetting; readonly [option: string]: unknown };

/** Sets of settings that have a name. */
export type PresetName = "recommended" | "strict" | "all";

/** What a configuration file says, as `docs/config.schema.json` describes it. Paths and patterns are as written. */
export interface ConfigurationFile {
  readonly extends?: string | readonly string[];
  readonly presets?: PresetName | readonly PresetName[];
  readonly rules?: Readonly<Record<string, WrittenRule>>;
  readonly ignore?: readonly string[];
  readonly overrides?: readonly {
    readonly files: string | readonly string[];
    readonly rules: Readonly<Record<string, WrittenRule>>;
  }[];
  readonly failOn?: Severity;
  readonly failOnOpen?: boolean;
  readonly failOnSkipped?: boolean;
  readonly showOpen?: boolean;
  readonly maxWarnings?: number;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly varFiles?: readonly string[];
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly parameterFiles?: readonly string[];
  readonly region?: string;
  readonly account?: string;
  readonly format?: string | readonly string[];
}

/** One value or several, as a list. */
export function listOf<T extends string>(given: T | readonly T[] | undefined): readonly T[] {
  if (given === undefined) return [];
  return typeof given === "string" ? [given] : given;
}
