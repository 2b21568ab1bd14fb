import { env } from "node:process";
import { dirname, resolve } from "pathe";
import type { Configuration, ConfiguredSettings } from "../config/configuration.js";
import type {
  DeploymentSettings,
  FileSettings,
  ParameterSources,
  ParameterText,
} from "../engine/lint-request.js";
import { oncePerObject } from "../engine/settings-by-file.js";
import type { Severity } from "../findings/severity.js";
import type { ConfigurationFinder } from "../node/configuration-finder.js";
import { leadsOutside } from "../node/leads-outside.js";
import type { VariableSources } from "../parsers/terraform/given-variables.js";
import { relativePath } from "../reporters/paths.js";
import { chooseRules } from "../rules/choose-rules.js";
import type { RuleSetting } from "../rules/default-setting.js";
import type { Rule } from "../rules/define-rule.js";
import type { CommandLineOptions, RequestedOutput } from "./command-line-options.js";

/** When a finding makes a run fail. */
export interface FailureSettings {
  readonly failOn: Severity;
  readonly failOnOpen: boolean;
  readonly failOnSkipped: boolean;
}

/** What counts in a run: what the command line says, else the configuration of each file, else the defaults. */
export class RunSettings {
  /** What counts by file; undefined where no configuration does. */
  readonly byFile: FileSettings | undefined;
  readonly #options: CommandLineOptions;
  readonly #finder: ConfigurationFinder;
  readonly #workingDirectory: string;

  /** Takes the absolute working directory, whose configuration is also that of the run as a whole. */
  constructor(options: CommandLineOptions, finder: ConfigurationFinder, workingDirectory: string) {
    this.#options = options;
    this.#finder = finder;
    this.#workingDirectory = workingDirectory;
    const rulesBy = oncePerObject(
      (configured: ReturnType<Configuration["rulesFor"]> | undefined) => {
        const severities = [...(configured ?? [])].flatMap(([id, { severity }]) =>
          severity === undefined ? [] : [[id, severity.value] as const],
        );
        return this.#chooseRules(severities);
      },
    );
    const deploymentBy = oncePerObject((configuration: Configuration | undefined) =>
      this.#deploymentOf(configuration?.settings),
    );
    if (finder.all.length === 0) return;
    this.byFile = {
      rulesFor: (path) => rulesBy(finder.in(dirname(path))?.rulesFor(path)),
      deploymentIn: (directory) => deploymentBy(finder.in(directory)),
    };
  }

  /** The rules for files without a configuration. */
  get rules(): ReadonlyMap<Rule, Severity> {
    return this.#chooseRules([]);
  }

  /** What the command line says of deployments. */
  get deployment(): DeploymentSettings {
    return this.#deploymentOf(undefined);
  }

  /** What makes a run fail of what stands in the file of an absolute path. */
  failuresIn(path: string): FailureSettings {
    const { failOn, failOnOpen, failOnSkipped } = this.#options;
    const settings = this.#finder.in(dirname(path))?.settings;
    return {
      failOn: failOn ?? settings?.failOn?.value ?? "warning",
      failOnOpen: failOnOpen ?? settings?.failOnOpen?.value ?? false,
      failOnSkipped: failOnSkipped ?? settings?.failOnSkipped?.value ?? false,
    };
  }

  /** How many warnings a run may have; undefined where they are judged as other findings are. */
  get maxWarnings(): number | undefined {
    return this.#options.maxWarnings ?? this.#ofRun?.maxWarnings?.value;
  }

  get showOpen(): boolean {
    return this.#options.showOpen ?? this.#ofRun?.showOpen?.value ?? false;
  }

  /** The reports to write, with absolute paths; or why they cannot be written as is asked. */
  get outputs(): readonly RequestedOutput[] | string {
    const { outputs, outputFile } = this.#options;
    const configured = this.#ofRun?.format?.value as readonly RequestedOutput[] | undefined;
    const asked = outputs ?? configured ?? [{ format: "text" }];
    const outside = this.#outputOutside(configured);
    if (outputs === undefined && outside !== undefined) return outside;
    const printed = asked.filter(({ path }) => path === undefined);
    if (printed.length > 1) {
      const [first, second] = printed.map(({ format }) => format);
      return `${this.#runConfigurationName}: the formats ${first} and ${second} would both be printed; write one as ${second}=file`;
    }
    if (outputFile !== undefined && printed.length === 0) {
      return "--output-file names a second file for what the configuration names one for";
    }
    return asked.map((output) => {
      const path = output.path ?? outputFile;
      return path === undefined
        ? output
        : { ...output, path: resolve(this.#workingDirectory, path) };
    });
  }

  /** Says which file a configuration would write beyond links that lead out of its tree. */
  #outputOutside(outputs: readonly RequestedOutput[] = []): string | undefined {
    const configuration = this.#finder.in(this.#workingDirectory);
    if (configuration === undefined) return undefined;
    const tree = this.#finder.treeOf(configuration);
    const [first] = outputs.flatMap(({ path }) =>
      path !== undefined && leadsOutside(path, tree) ? [path] : [],
    );
    return first === undefined
      ? undefined
      : `${this.#runConfigurationName}: ${relativePath(this.#workingDirectory, first)} leads outside the repository, where no configuration may reach`;
  }

  get #ofRun(): ConfiguredSettings | undefined {
    return this.#finder.in(this.#workingDirectory)?.settings;
  }

  get #runConfigurationName(): string {
    const { path = "" } = this.#finder.in(this.#workingDirectory) ?? {};
    return relativePath(this.#workingDirectory, path);
  }

  #chooseRules(severities: readonly (readonly [string, RuleSetting])[]) {
    return chooseRules(new Map([...severities, ...this.#options.rules]));
  }

  #deploymentOf(settings: ConfiguredSettings | undefined): DeploymentSettings {
    const parameters = this.#parametersOf(settings);
    const region = this.#options.region ?? settings?.region?.value;
    const account = this.#options.account ?? settings?.account?.value;
    return {
      variables: this.#variablesOf(settings),
      ...(parameters === undefined ? {} : { parameters }),
      place: {
        ...(region === undefined ? {} : { region }),
        ...(account === undefined ? {} : { accountId: account }),
      },
    };
  }

  /** `TF_VAR_name` counts only if somebody says so, or a result would depend on who runs it. */
  #variablesOf(settings: ConfiguredSettings | undefined): VariableSources {
    const named = Object.entries(env).flatMap(([key, text]) => {
      const [, name] = /^TF_VAR_(.+)$/s.exec(key) ?? [];
      return name === undefined || text === undefined ? [] : [[name, text] as const];
    });
    const { varFiles = [], variables = new Map<string, never>() } = settings ?? {};
    return {
      environment: new Map(this.#options.envVars ? named : []),
      commandLine: [
        ...varFiles.map(({ value: path }) => ({ kind: "file" as const, path })),
        ...[...variables].map(([name, { value: text, location }]) => {
          const by = relativePath(this.#workingDirectory, location.path);
          return { kind: "value" as const, name, text, by };
        }),
        ...this.#options.variables.map((source) =>
          source.kind === "file"
            ? { ...source, path: resolve(this.#workingDirectory, source.path) }
            : source,
        ),
      ],
    };
  }

  /** Files on the command line are other deployments than the configured ones, of which values still count. */
  #parametersOf(settings: ConfiguredSettings | undefined): ParameterSources | undefined {
    const { files, values } = this.#options.parameters;
    const named = files.map((file) => resolve(this.#workingDirectory, file));
    const own = [...values].map(([name, text]) => [name, { text }] as const);
    const configured = [...(settings?.parameters ?? [])].map(
      ([name, { value: text, location }]): readonly [string, ParameterText] => {
        return [name, { text, by: relativePath(this.#workingDirectory, location.path) }];
      },
    );
    const configuredFiles = settings?.parameterFiles.map(({ value }) => value) ?? [];
    if (named.length > 0) {
      return { files: named, values: new Map(own), weakerValues: new Map(configured) };
    }
    const isGiven = configured.length + own.length + configuredFiles.length > 0;
    return isGiven
      ? { files: configuredFiles, values: new Map([...configured, ...own]) }
      : undefined;
  }
}
