import { dirname, relative, resolve } from "pathe";
import type { RuleMetadata } from "../rules/define-rule.js";
import { type ConfigurationFile, listOf, type WrittenRule } from "./configuration-file.js";
import {
  Configuration,
  type ConfiguredOutput,
  type ConfiguredRule,
  type ConfiguredRules,
  type ConfiguredSettings,
  mergeRules,
  type Setting,
} from "./configuration.js";
import { PathPatterns } from "./path-patterns.js";
import { below } from "./plain-value.js";
import { presetRule } from "./presets.js";
import { terraformText } from "./terraform-text.js";
import type { WrittenConfiguration } from "./written-configuration.js";

/** What composing needs beside the files. */
interface CompositionContext {
  /** Absolute. */
  readonly patternDirectory: string;
  readonly rules: readonly RuleMetadata[];
}

/**
 * Lays configurations over those they extend. The last is the one that was found; its patterns are
 * relative to `patternDirectory`.
 */
export function composeConfiguration(
  layers: readonly [...WrittenConfiguration[], WrittenConfiguration],
  { patternDirectory, rules }: CompositionContext,
): Configuration {
  const found = layers[layers.length - 1] as WrittenConfiguration;
  const settings = layers
    .map((layer) => {
      const settings = settingsOf(layer, directoryOfPatterns(layer, found, patternDirectory));
      return { ...settings, rules: mergeRules(presetRules(layer, rules), settings.rules) };
    })
    .reduce<ConfiguredSettings>(layOver, nothing);
  const files = new Map(layers.map(({ file }) => [file.path, file]));
  return new Configuration(found.file.path, files, settings);
}

/** Patterns of what is extended count in its own directory if that lies above, as that of a tree does. */
function directoryOfPatterns(
  layer: WrittenConfiguration,
  found: WrittenConfiguration,
  patternDirectory: string,
): string {
  const own = dirname(layer.file.path);
  const isAbove = !relative(own, patternDirectory).startsWith("..");
  return layer !== found && isAbove ? own : patternDirectory;
}

const nothing: ConfiguredSettings = {
  rules: new Map(),
  overrides: [],
  ignore: [],
  variables: new Map(),
  varFiles: [],
  parameters: new Map(),
  parameterFiles: [],
};

function layOver(earlier: ConfiguredSettings, later: ConfiguredSettings): ConfiguredSettings {
  return {
    ...earlier,
    ...later,
    rules: mergeRules(earlier.rules, later.rules),
    overrides: [...earlier.overrides, ...later.overrides],
    ignore: [...earlier.ignore, ...later.ignore],
    variables: new Map([...earlier.variables, ...later.variables]),
    varFiles: [...earlier.varFiles, ...later.varFiles],
    parameters: new Map([...earlier.parameters, ...later.parameters]),
    parameterFiles: [...earlier.parameterFiles, ...later.parameterFiles],
  };
}

/** What one file says. */
function settingsOf(written: WrittenConfiguration, patternDirectory: string): ConfiguredSettings {
  const { value, file } = written;
  const directory = dirname(file.path);
  const patterns = (texts: readonly string[]) => new PathPatterns(patternDirectory, texts);
  const paths = (key: "varFiles" | "parameterFiles") =>
    (value[key] ?? []).map((path, index) => ({
      value: resolve(directory, path),
      location: written.locate(below(`/${key}`, index)),
    }));
  return {
    ...scalarSettings(written),
    rules: configuredRules(value.rules, "/rules", written),
    overrides: (value.overrides ?? []).map(({ files, rules }, index) => ({
      files: patterns(listOf(files)),
      rules: configuredRules(rules, `/overrides/${index}/rules`, written),
    })),
    ignore:
      value.ignore === undefined
        ? []
        : [{ value: patterns(value.ignore), location: written.locate("/ignore") }],
    variables: textsOf("variables", written, terraformText),
    varFiles: paths("varFiles"),
    parameters: textsOf("parameters", written, String),
    parameterFiles: paths("parameterFiles"),
    ...(value.format === undefined ? {} : { format: outputs(value.format, written) }),
  };
}

const scalarKeys = [
  "failOn",
  "failOnOpen",
  "failOnSkipped",
  "showOpen",
  "maxWarnings",
  "region",
  "account",
] as const;

function scalarSettings({
  value,
  locate,
}: WrittenConfiguration): Pick<ConfiguredSettings, (typeof scalarKeys)[number]> {
  return Object.fromEntries(
    scalarKeys
      .filter((key) => value[key] !== undefined)
      .map((key) => [key, { value: value[key], location: locate(`/${key}`) }]),
  );
}

function presetRules(
  written: WrittenConfiguration,
  rules: readonly RuleMetadata[],
): ConfiguredRules {
  const { presets } = written.value;
  return listOf(presets).reduce<ConfiguredRules>((sum, preset, index) => {
    const location = written.locate(typeof presets === "string" ? "/presets" : `/presets/${index}`);
    const settings = rules.map(
      (rule) =>
        [rule.id, configuredRule(presetRule(preset, rule), () => ({ location, preset }))] as const,
    );
    return mergeRules(sum, new Map(settings));
  }, new Map());
}

function configuredRules(
  rules: ConfigurationFile["rules"],
  pointer: string,
  { locate }: WrittenConfiguration,
): ConfiguredRules {
  const settings = Object.entries(rules ?? {}).map(([id, rule]) => {
    const own = below(pointer, id);
    const at = (key?: string) => ({ location: locate(key === undefined ? own : below(own, key)) });
    return [id, configuredRule(rule, at)] as const;
  });
  return new Map(settings);
}

/** `at` says where the rule, or one of its keys, is set. */
function configuredRule(
  rule: WrittenRule,
  at: (key?: string) => Pick<Setting<unknown>, "location" | "preset">,
): ConfiguredRule {
  if (typeof rule === "string") return { severity: { value: rule, ...at() }, options: new Map() };
  const { severity, ...options } = rule;
  return {
    ...(severity === undefined ? {} : { severity: { value: severity, ...at("severity") } }),
    options: new Map(
      Object.entries(options).map(([name, value]) => [name, { value, ...at(name) }]),
    ),
  };
}

function textsOf(
  key: "variables" | "parameters",
  { value, locate }: WrittenConfiguration,
  toText: (value: unknown) => string,
): ReadonlyMap<string, Setting<string>> {
  const texts = Object.entries(value[key] ?? {}).map(
    ([name, given]) =>
      [name, { value: toText(given), location: locate(below(`/${key}`, name)) }] as const,
  );
  return new Map(texts);
}

function outputs(
  format: string | readonly string[],
  { file, locate }: WrittenConfiguration,
): Setting<readonly ConfiguredOutput[]> {
  const value = listOf(format).map((text) => {
    const [, name = "", path] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    return {
      format: name,
      ...(path === undefined ? {} : { path: resolve(dirname(file.path), path) }),
    };
  });
  return { value, location: locate("/format") };
}
