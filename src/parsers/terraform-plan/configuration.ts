import type { JsonOutline } from "../json/json-outline.js";
import type { ModuleStep } from "./addresses.js";

/** A `resource` or `data` block as the plan's configuration has it. */
export interface ConfiguredResource {
  /** By argument; nested blocks are lists. Blocks that `dynamic` makes are left out by Terraform. */
  readonly expressions: JsonOutline | undefined;
  /** The expression of `count` or `for_each`. */
  readonly repetition: JsonOutline | undefined;
}

/** A `module` block. */
export interface ConfiguredCall extends ConfiguredResource {
  readonly source: string | undefined;
  readonly module: ModuleConfiguration;
}

/**
 * A module of a plan's `configuration`: what is written, with the names that expressions refer to
 * rather than their text. Locals are not part of it.
 * https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
export class ModuleConfiguration {
  readonly #view: JsonOutline | undefined;
  #resources: ReadonlyMap<string, ConfiguredResource> | undefined;
  readonly #calls = new Map<string, ConfiguredCall>();

  constructor(view: JsonOutline | undefined) {
    this.#view = view;
  }

  /** Whether the plan says what this module holds. */
  get isThere(): boolean {
    return this.#view !== undefined;
  }

  /** By `aws_instance.web` and `data.aws_ami.this`. */
  get resources(): ReadonlyMap<string, ConfiguredResource> {
    this.#resources ??= readResources(this.#view);
    return this.#resources;
  }

  /** The names of the calls. */
  get calls(): readonly string[] {
    return [...(this.#view?.member("module_calls")?.members().keys() ?? [])];
  }

  /** The names of the variables that are declared as sensitive. */
  get sensitiveVariables(): ReadonlySet<string> {
    const variables = [...(this.#view?.member("variables")?.members() ?? [])];
    const isSensitive = (view: JsonOutline) => view.member("sensitive")?.scalar() === true;
    return new Set(variables.flatMap(([name, { value }]) => (isSensitive(value) ? [name] : [])));
  }

  call(name: string): ConfiguredCall | undefined {
    const known = this.#calls.get(name);
    if (known !== undefined) return known;
    const view = this.#view?.member("module_calls")?.member(name);
    if (view === undefined) return undefined;
    const call = {
      ...readBlock(view),
      source: view.member("source")?.string(),
      module: new ModuleConfiguration(view.member("module")),
    };
    this.#calls.set(name, call);
    return call;
  }

  /** The expression of an output. */
  output(name: string): JsonOutline | undefined {
    return this.#view?.member("outputs")?.member(name)?.member("expression");
  }

  /** The module that the calls of that path lead to. */
  at(path: readonly ModuleStep[]): ModuleConfiguration | undefined {
    return path.reduce<ModuleConfiguration | undefined>(
      (module, { name }) => module?.call(name)?.module,
      this,
    );
  }
}

function readResources(view: JsonOutline | undefined): ReadonlyMap<string, ConfiguredResource> {
  const resources = new Map<string, ConfiguredResource>();
  for (const resource of view?.member("resources")?.items() ?? []) {
    const type = resource.member("type")?.string() ?? "";
    const name = resource.member("name")?.string() ?? "";
    const isData = resource.member("mode")?.string() === "data";
    resources.set(`${isData ? "data." : ""}${type}.${name}`, readBlock(resource));
  }
  return resources;
}

function readBlock(view: JsonOutline): ConfiguredResource {
  return {
    expressions: view.member("expressions"),
    repetition: view.member("for_each_expression") ?? view.member("count_expression"),
  };
}
