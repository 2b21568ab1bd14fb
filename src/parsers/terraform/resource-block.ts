import type { Location } from "../../source/text-range.js";
import { type Evaluated, type EvaluatedMap } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { and, type Ternary } from "../../values/ternary.js";
import type { Resource } from "../resource.js";
import { ComputedEntries } from "./computed-entries.js";
import type { DeclaredBlock } from "./declared-block.js";
import { evaluateBlock, LazyEntry } from "./evaluate-block.js";
import { instanceKeys, type Expansion, type Instance, valueOfInstances } from "./expansion.js";
import type { ModuleScope } from "./module-scope.js";

/** A `resource` block in one module instance, and the resources it makes. */
export class ResourceBlock {
  readonly type: string;
  readonly #module: ModuleScope;
  readonly #name: string;
  readonly #block: DeclaredBlock;
  readonly #expansion: () => Expansion;

  /** Takes the module instance that holds the block, its `type.name`, and the block. */
  constructor(module: ModuleScope, name: string, block: DeclaredBlock) {
    this.#module = module;
    this.#name = name;
    this.#block = block;
    this.type = name.slice(0, name.indexOf("."));
    this.#expansion = module.expansionOf(block);
  }

  /** Every resource that some scenario makes. */
  resources(): readonly Resource[] {
    return instanceKeys(this.#module.root.scenarios, this.#expansion).map((instance) => ({
      dialect: "terraform",
      type: this.type,
      address: this.#addressOf(instance),
      location: this.#location(),
      exists: () => this.#exists(instance),
      properties: () => this.#properties(instance),
    }));
  }

  /** `type.name`: its attributes, in a list or map of instances where it is repeated. */
  value(origin: Origin): Evaluated {
    return valueOfInstances(this.#expansion(), origin, (instance) =>
      this.#attributes(instance, origin),
    );
  }

  #addressOf({ suffix }: Instance): string {
    return `${this.#module.prefix}${this.#name}${suffix}`;
  }

  /** From the first label to the last: type and name. */
  #location(): Location {
    const { path, node } = this.#block.header;
    const [type, name] = node.labels;
    if (type === undefined || name === undefined) return { path, range: node.header };
    return { path, range: { start: type.range.start, end: name.range.end } };
  }

  #exists({ suffix }: Instance): Ternary {
    const { instances, unknown: open } = this.#expansion();
    const isMade = open !== undefined ? "unknown" : instances.has(suffix) ? "yes" : "no";
    return and(this.#module.exists(), isMade);
  }

  #properties({ names }: Instance): EvaluatedMap {
    const known = new Map(names);
    return evaluateBlock(this.#block, (path) => this.#module.contextOf(path, known));
  }

  /** What is written is known; anything else is known once the resource is there. */
  #attributes(instance: Instance, origin: Origin): Evaluated {
    const { entries } = this.#properties(instance);
    const address = this.#addressOf(instance);
    const attributes = new ComputedEntries(
      (name) => {
        const written = entries.get(name);
        if (written !== undefined) return written;
        return new LazyEntry(origin.location, () => ({
          state: "unknown",
          reason: { kind: "decided-at-deployment", expression: `${address}.${name}` },
          origin,
          link: { address, attribute: name },
        }));
      },
      [...entries.keys()],
    );
    return { state: "map", entries: attributes, origin };
  }
}
