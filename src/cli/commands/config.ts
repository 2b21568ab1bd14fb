import { dirname, resolve } from "pathe";
import type { Configuration, Setting } from "../../config/configuration.js";
import { DiskFileSystem } from "../../node/disk-file-system.js";
import { isLeftOut } from "../../node/discover-files.js";
import { isDirectory } from "../../node/is-directory.js";
import { relativePath } from "../../reporters/paths.js";
import { makeVisible, toJsonText } from "../../reporters/visible-text.js";
import { defaultSetting } from "../../rules/default-setting.js";
import { rules } from "../../rules/index.js";
import type { CommandLineOptions } from "../command-line-options.js";
import { type CommandResult, success, usageError } from "../command-result.js";
import { describeConfigurationErrors } from "../configuration-errors.js";
import { finderFor } from "../finder-for.js";

/** A value that counts, and what says so. */
interface Entry {
  readonly name: string;
  readonly value: unknown;
  /** `default`, `command line`, or a place in a file. */
  readonly source: string;
}

/** `imdslint config [file]`: prints what counts for a file, and where each value comes from. */
export function runConfig(
  options: CommandLineOptions,
  format: "text" | "json",
  workingDirectory: string,
): CommandResult {
  const [path = "."] = options.paths;
  const absolute = resolve(workingDirectory, path);
  const isForDirectory = isDirectory(absolute);
  const finder = finderFor(options, new DiskFileSystem(), workingDirectory);
  const configuration = finder.in(isForDirectory ? absolute : dirname(absolute));
  const complaint = describeConfigurationErrors(finder, workingDirectory);
  if (complaint !== undefined) return usageError(complaint);

  const described = new DescribedConfiguration(configuration, options, workingDirectory);
  const result = {
    path: relativePath(workingDirectory, absolute),
    configurations: [...(configuration?.files.keys() ?? [])]
      .reverse()
      .map((file) => relativePath(workingDirectory, file)),
    isIgnored: isLeftOut(absolute, workingDirectory, {
      configurationIn: (directory) => finder.in(directory),
    }),
    settings: described.settings(),
    rules: described.rulesFor(absolute),
  };
  return success(format === "json" ? toJsonText(result) : toText(result));
}

/** What a configuration says beneath the command line, by name and source. */
class DescribedConfiguration {
  readonly #configuration: Configuration | undefined;
  readonly #options: CommandLineOptions;
  readonly #workingDirectory: string;

  constructor(
    configuration: Configuration | undefined,
    options: CommandLineOptions,
    workingDirectory: string,
  ) {
    this.#configuration = configuration;
    this.#options = options;
    this.#workingDirectory = workingDirectory;
  }

  settings(): readonly Entry[] {
    const settings = this.#configuration?.settings;
    const options = this.#options;
    const one = (name: string, given: unknown, setting?: Setting<unknown>, otherwise?: unknown) =>
      this.#entry(name, given, setting, otherwise);
    return [
      ...one("failOn", options.failOn, settings?.failOn, "warning"),
      ...one("failOnOpen", options.failOnOpen, settings?.failOnOpen, false),
      ...one("failOnSkipped", options.failOnSkipped, settings?.failOnSkipped, false),
      ...one("maxWarnings", options.maxWarnings, settings?.maxWarnings),
      ...one("showOpen", undefined, settings?.showOpen, false),
      ...one("format", undefined, this.#format(), "text"),
      ...one("region", options.region, settings?.region),
      ...one("account", options.account, settings?.account),
      ...this.#variables(),
      ...this.#parameters(),
      ...(settings?.ignore ?? []).map(({ value, location }) => ({
        name: "ignore",
        value: value.patterns,
        source: this.#place({ value, location }),
      })),
    ];
  }

  rulesFor(path: string): readonly Entry[] {
    const configured = this.#configuration?.rulesFor(path);
    return rules.flatMap((rule) => {
      const { id } = rule;
      const { severity, options = new Map<string, Setting<unknown>>() } = configured?.get(id) ?? {};
      return [
        ...this.#entry(id, this.#options.rules.get(id), severity, defaultSetting(rule)),
        ...[...options].flatMap(([name, setting]) =>
          this.#entry(`${id}.${name}`, undefined, setting),
        ),
      ];
    });
  }

  #format(): Setting<readonly string[]> | undefined {
    const format = this.#configuration?.settings.format;
    if (format === undefined) return undefined;
    const value = format.value.map(({ format: name, path }) =>
      path === undefined ? name : `${name}=${this.#relative(path)}`,
    );
    return { ...format, value };
  }

  #variables(): readonly Entry[] {
    const { variables, varFiles = [] } = this.#configuration?.settings ?? {};
    const given = this.#options.variables.map((variable) =>
      variable.kind === "file"
        ? { name: "varFiles", value: variable.path, source: commandLine }
        : { name: `variables.${variable.name}`, value: variable.text, source: commandLine },
    );
    const isGiven = (name: string) => given.some((entry) => entry.name === name);
    return [
      ...varFiles.flatMap((setting) => this.#path("varFiles", setting)),
      ...[...(variables ?? [])]
        .filter(([name]) => !isGiven(`variables.${name}`))
        .flatMap(([name, setting]) => this.#entry(`variables.${name}`, undefined, setting)),
      ...given,
    ];
  }

  #parameters(): readonly Entry[] {
    const { parameters = new Map<string, Setting<string>>(), parameterFiles = [] } =
      this.#configuration?.settings ?? {};
    const { files, values } = this.#options.parameters;
    const names = [...new Set([...parameters.keys(), ...values.keys()])];
    return [
      ...(files.length > 0
        ? files.map((value) => ({ name: "parameterFiles", value, source: commandLine }))
        : parameterFiles.flatMap((setting) => this.#path("parameterFiles", setting))),
      ...names.flatMap((name) =>
        this.#entry(`parameters.${name}`, values.get(name), parameters.get(name)),
      ),
    ];
  }

  #path(name: string, setting: Setting<string>): readonly Entry[] {
    return this.#entry(name, undefined, { ...setting, value: this.#relative(setting.value) });
  }

  /** None where nothing says anything. */
  #entry(
    name: string,
    given: unknown,
    setting?: Setting<unknown>,
    otherwise?: unknown,
  ): readonly Entry[] {
    if (given !== undefined) return [{ name, value: given, source: commandLine }];
    if (setting !== undefined) {
      return [{ name, value: setting.value, source: this.#place(setting) }];
    }
    return otherwise === undefined ? [] : [{ name, value: otherwise, source: "default" }];
  }

  /** Line and column count from one. */
  #place({ location: { path, range }, preset }: Setting<unknown>): string {
    const position = this.#configuration?.files.get(path)?.position(range.start);
    const { line = 0, column = 0 } = position ?? {};
    const place = `${this.#relative(path)}:${line + 1}:${column + 1}`;
    return preset === undefined ? place : `preset ${preset}, ${place}`;
  }

  #relative(path: string): string {
    return relativePath(this.#workingDirectory, path);
  }
}

const commandLine = "command line";

/** Everything there is to say of a file. */
interface Result {
  readonly path: string;
  /** The one that was found, then those that it extends. */
  readonly configurations: readonly string[];
  readonly isIgnored: boolean;
  readonly settings: readonly Entry[];
  readonly rules: readonly Entry[];
}

function toText({ path, configurations, isIgnored, settings, rules: ruleEntries }: Result): string {
  const [found, ...extended] = configurations;
  const extending = extended.length === 0 ? "" : `, which extends ${extended.join(", ")}`;
  const configured = `configured by ${found ?? ""}${extending}`;
  const head = `${path}: ${found === undefined ? "no configuration" : configured}`;
  return [
    makeVisible(head),
    ...(isIgnored ? ["It is ignored, so that it is not judged unless it is named."] : []),
    "",
    ...inColumns(settings),
    "",
    "Rules:",
    ...inColumns(ruleEntries),
    "",
  ].join("\n");
}

function inColumns(entries: readonly Entry[]): readonly string[] {
  const rows = entries.map(({ name, value, source }) => [
    makeVisible(name),
    makeVisible(typeof value === "string" ? value : [value].flat().map(String).join(", ")),
    makeVisible(source),
  ]);
  const widths = [0, 1].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}
