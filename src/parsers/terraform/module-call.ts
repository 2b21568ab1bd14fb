import { join } from "pathe";
import { type Evaluated, type EvaluatedEntry, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { and, type Ternary } from "../../values/ternary.js";
import { type Unknown, undecided } from "../../values/value.js";
import type { DeclaredBlock } from "./declared-block.js";
import { ComputedEntries } from "./computed-entries.js";
import { evaluateOrSkip, LazyEntry } from "./evaluate-block.js";
import { instanceKeys, type Expansion, type Instance, valueOfInstances } from "./expansion.js";
import { originOf } from "./expression-context.js";
import type { ModuleScope } from "./module-scope.js";
import { literalOf, takenFrom } from "./variable.js";

/** Arguments of a module block that are not passed on. */
const metaArguments: ReadonlySet<string> = new Set([
  "source",
  "version",
  "count",
  "for_each",
  "providers",
  "depends_on",
]);

/** A `module` block in one module instance, and the instances it makes. */
export class ModuleCall {
  readonly name: string;
  readonly #parent: ModuleScope;
  readonly #block: DeclaredBlock;
  readonly #expansion: () => Expansion;
  readonly #instances = new Map<string, ModuleScope>();
  readonly #arguments = new Map<string, () => Evaluated>();

  /** Takes the module instance that holds the block, and the block. */
  constructor(parent: ModuleScope, name: string, block: DeclaredBlock) {
    this.#parent = parent;
    this.name = name;
    this.#block = block;
    this.#expansion = parent.expansionOf(block);
  }

  /** Every instance that some scenario makes; none where the module is not there. */
  instances(): readonly ModuleScope[] {
    if (this.#missing() !== undefined) return [];
    return instanceKeys(this.#parent.root.scenarios, this.#expansion).map((instance) =>
      this.#instanceOf(instance),
    );
  }

  #exists(instance: Instance): Ternary {
    const { instances, unknown: open } = this.#expansion();
    const isMade = open !== undefined ? "unknown" : instances.has(instance.suffix) ? "yes" : "no";
    return and(this.#parent.exists(), isMade);
  }

  #argument(name: string, instance: Instance): Evaluated | undefined {
    const attribute = metaArguments.has(name) ? undefined : this.#block.attributes.get(name);
    if (attribute === undefined) return undefined;
    const key = `${instance.suffix} ${name}`;
    let read = this.#arguments.get(key);
    if (read === undefined) {
      const { scenarios } = this.#parent.root;
      const context = this.#parent.contextOf(attribute.path, new Map(instance.names));
      const { location } = originOf(attribute.node.value.range, context);
      read = scenarios.memoize(
        () => {
          const value = evaluateOrSkip(attribute.node.value, context);
          return takenFrom(value, { location, step: "module-argument", name });
        },
        () =>
          undecided(
            { kind: "not-supported", what: `${name}, which refers to itself` },
            { location, step: "module-argument" },
          ),
      );
      this.#arguments.set(key, read);
    }
    return read();
  }

  /** `module.name`: its outputs, in a list or map of instances where it is repeated. */
  value(origin: Origin): Evaluated {
    const missing = this.#missing();
    if (missing !== undefined) return { ...missing, origin };
    return valueOfInstances(this.#expansion(), origin, (instance) =>
      this.#outputsOf(instance, origin),
    );
  }

  #outputsOf(instance: Instance, origin: Origin): Evaluated {
    const module = this.#instanceOf(instance);
    const entries = new ComputedEntries(
      (name): EvaluatedEntry | undefined => {
        if (!module.configuration.outputs.has(name)) return undefined;
        return new LazyEntry(
          origin.location,
          () => module.output(name) ?? unknown({ kind: "invalid" }, origin),
        );
      },
      [...module.configuration.outputs.keys()],
    );
    return { state: "map", entries, origin };
  }

  #instanceOf(instance: Instance): ModuleScope {
    let made = this.#instances.get(instance.suffix);
    if (made === undefined) {
      const configuration = this.#parent.root.loader.load(this.#directory() ?? "");
      if (configuration === undefined) throw new Error(`module ${this.name} is not there`);
      made = this.#parent.root.instantiate(configuration, {
        name: this.name,
        parent: this.#parent,
        instance,
        exists: () => this.#exists(instance),
        argument: (name) => this.#argument(name, instance),
      });
      this.#instances.set(instance.suffix, made);
    }
    return made;
  }

  /** Where the called module lies: a relative path, or what `terraform init` installed. */
  #directory(): string | undefined {
    const source = this.#block.attributes.get("source")?.node.value;
    const text = source === undefined ? undefined : literalOf(source);
    if (typeof text === "string" && /^\.\.?(?:\/|$)/.test(text)) {
      return join(this.#parent.configuration.directory, text);
    }
    const path = [...this.#parent.callPath, this.name].join(".");
    return this.#parent.root.installed.get(path);
  }

  /** Why the module cannot be evaluated, if so; noted in the report. */
  #missing(): Unknown<never> | undefined {
    const { path, node } = this.#block.header;
    const location = { path, range: node.header };
    const origin: Origin = { location, step: "written" };
    const directory = this.#directory();
    const { root } = this.#parent;
    if (directory !== undefined && this.#parent.isWithin(directory)) {
      root.skip({
        kind: "recursive-module",
        message: `module ${this.name} calls itself`,
        location,
      });
      return undecided(
        { kind: "not-supported", what: `module ${this.name}, which calls itself` },
        origin,
      );
    }
    if (directory !== undefined && root.loader.load(directory) !== undefined) return undefined;
    const source = this.#block.attributes.get("source")?.node.value;
    const text = source === undefined ? "" : String(literalOf(source) ?? "");
    const message = `module ${this.name} (${text}) is not installed; run terraform init`;
    root.skip({ kind: "module-not-available", message, location });
    return undecided({ kind: "not-available", what: `module ${this.name}` }, origin);
  }
}
