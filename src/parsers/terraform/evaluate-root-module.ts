import { isAbsolute, join } from "pathe";
import type { InputError } from "../../findings/input-error.js";
import type { Skipped } from "../../findings/skipped.js";
import type { FileSystem } from "../../source/file-system.js";
import { SourceFile } from "../../source/source-file.js";
import type { Evaluated } from "../../values/evaluated.js";
import { Scenarios } from "../../values/scenarios.js";
import { parseHcl } from "../hcl/parse-hcl.js";
import type { EvaluatedDeployment, Resource } from "../resource.js";
import { evaluateOrSkip } from "./evaluate-block.js";
import type { ModuleConfiguration, ModuleLoader } from "./module-configuration.js";
import { ModuleInstance } from "./module-instance.js";
import type { ModuleCaller, RootContext } from "./module-scope.js";
import { takenFrom } from "./variable.js";

/** What evaluating a root module needs. */
export interface RootModuleOptions {
  readonly fileSystem: FileSystem;
  /** Shared between root modules, so that a module is read once. */
  readonly loader: ModuleLoader;
  /** The tree that file functions may read; absolute. */
  readonly treeDirectory: string;
}

/**
 * Works out what the resources of a root module and the modules it calls are, as `terraform plan`
 * would. Undefined if the directory holds no configuration. Never throws.
 */
export function evaluateRootModule(
  directory: string,
  options: RootModuleOptions,
): EvaluatedDeployment | undefined {
  const configuration = options.loader.load(directory);
  if (configuration === undefined) return undefined;
  return new RootModule(configuration, options).evaluate();
}

class RootModule implements RootContext {
  readonly scenarios = new Scenarios();
  readonly fileSystem: FileSystem;
  readonly loader: ModuleLoader;
  readonly rootDirectory: string;
  readonly treeDirectory: string;
  readonly installed: ReadonlyMap<string, string>;
  readonly #configuration: ModuleConfiguration;
  readonly #skipped = new Map<string, Skipped>();
  readonly #errors: InputError[] = [];
  readonly #files = new Map<string, SourceFile>();
  readonly #values = new Map<string, () => Evaluated>();

  constructor(
    configuration: ModuleConfiguration,
    { fileSystem, loader, treeDirectory }: RootModuleOptions,
  ) {
    this.#configuration = configuration;
    this.fileSystem = fileSystem;
    this.loader = loader;
    this.treeDirectory = treeDirectory;
    this.rootDirectory = configuration.directory;
    this.installed = readInstalledModules(fileSystem, configuration.directory);
  }

  instantiate(configuration: ModuleConfiguration, caller: ModuleCaller): ModuleInstance {
    return new ModuleInstance(configuration, this, caller);
  }

  skip(skipped: Skipped): void {
    this.#skipped.set(JSON.stringify(skipped), skipped);
  }

  variableValue(name: string): Evaluated | undefined {
    return this.#values.get(name)?.();
  }

  evaluate(): EvaluatedDeployment {
    const root = new ModuleInstance(this.#configuration, this, undefined);
    this.#readVariableFiles(root);
    const resources: Resource[] = [];
    root.walk(({ configuration }, declared) => {
      this.#addFiles(configuration);
      resources.push(...declared);
    });
    const skipped = this.#skipped;
    return {
      dialect: "terraform",
      files: this.#files,
      scenarios: this.scenarios,
      resources,
      errors: this.#errors,
      get skipped() {
        return [...skipped.values()];
      },
    };
  }

  #addFiles(configuration: ModuleConfiguration): void {
    for (const [path, file] of configuration.files) this.#files.set(path, file);
    for (const error of configuration.errors) {
      if (!this.#errors.includes(error)) this.#errors.push(error);
    }
  }

  /**
   * `terraform.tfvars`, then `*.auto.tfvars` in order of names; the last one counts.
   * https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
   */
  #readVariableFiles(root: ModuleInstance): void {
    const names = this.fileSystem
      .list(this.rootDirectory)
      .filter(({ name, kind }) => kind === "file" && name.endsWith(".auto.tfvars"))
      .map(({ name }) => name);
    for (const name of ["terraform.tfvars", ...names]) {
      const path = `${this.rootDirectory}/${name}`;
      const input = this.fileSystem.read(path);
      if ("error" in input) continue;
      const file = new SourceFile(path, input.text);
      this.#files.set(path, file);
      const { body, errors } = parseHcl(input.text);
      for (const { code, message, range } of errors) {
        this.#errors.push({ code, message, path, location: { path, range } });
      }
      const context = {
        ...root.contextOf(path),
        sourceText: ({ start, end }: { start: number; end: number }) =>
          input.text.slice(start, end),
      };
      for (const { name: variable, value } of body.attributes) {
        const location = { path, range: value.range };
        this.#values.set(variable.name, () =>
          takenFrom(evaluateOrSkip(value, context), {
            location,
            step: "variable-value",
            name: variable.name,
          }),
        );
      }
    }
  }
}

/** What `terraform init` wrote down: the directory of each call, by its path of names. */
function readInstalledModules(
  fileSystem: FileSystem,
  rootDirectory: string,
): ReadonlyMap<string, string> {
  const input = fileSystem.read(join(rootDirectory, ".terraform/modules/modules.json"));
  const installed = new Map<string, string>();
  if ("error" in input) return installed;
  try {
    const { Modules } = JSON.parse(input.text) as { Modules?: unknown };
    for (const module of Array.isArray(Modules) ? (Modules as unknown[]) : []) {
      const { Key, Dir } = module as { Key?: unknown; Dir?: unknown };
      if (typeof Key !== "string" || typeof Dir !== "string" || Key === "") continue;
      installed.set(Key, isAbsolute(Dir) ? Dir : join(rootDirectory, Dir));
    }
  } catch {
    // Written by Terraform; if it is damaged, the modules count as not installed.
  }
  return installed;
}
