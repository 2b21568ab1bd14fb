import type { Location } from "../../source/text-range.js";
import type { Evaluated, EvaluatedEntry, EvaluatedMap } from "../../values/evaluated.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { Ternary } from "../../values/ternary.js";
import type { Resource } from "../resource.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import { readModulePath } from "./addresses.js";
import type { PlanDocument, PlannedResource } from "./plan-document.js";
import {
  type Expressions,
  memberOf,
  type PlannedContext,
  plannedEntries,
  type PlannedNode,
  type Written,
  writtenIn,
} from "./planned-value.js";
import type { References } from "./references.js";
import { standAt } from "./stand-at.js";
import { agreement, hasUnknown, readSourced, snapshot } from "./sourced-value.js";

/** What the resources of one plan share. */
export interface PlanResourceContext {
  readonly plan: PlanDocument;
  readonly references: References;
  readonly templates: ReadonlyMap<string, string>;
  /** The scenarios of the source. */
  readonly scenarios: Scenarios | undefined;
}

/**
 * A planned resource, with what the source says of it where that is at hand, else at the block of the
 * source that brings it, else in the plan.
 */
export class PlanResource implements Resource {
  readonly dialect = "terraform";
  readonly type: string;
  readonly address: string;
  readonly location: Location;
  readonly planned: Location;
  readonly calls: readonly Location[];
  readonly isFound?: true;
  readonly #resource: PlannedResource;
  readonly #source: Resource | undefined;
  readonly #context: PlanResourceContext;
  #properties: EvaluatedMap | undefined;

  constructor(
    resource: PlannedResource,
    source: Resource | undefined,
    block: Location | undefined,
    context: PlanResourceContext,
  ) {
    this.type = resource.type;
    this.address = resource.address;
    this.location = block ?? resource.location;
    this.planned = resource.location;
    this.calls = source?.calls ?? [];
    if (resource.isFound === true) this.isFound = true;
    this.#resource = resource;
    this.#source = source;
    this.#context = context;
  }

  /** Whatever the plan leaves behind is there. */
  exists(): Ternary {
    return "yes";
  }

  /** The arguments that are written, with what the plan says they come to. */
  properties(): EvaluatedMap {
    this.#properties ??= this.#readProperties();
    return this.#properties;
  }

  #readProperties(): EvaluatedMap {
    const { plan, references, templates } = this.#context;
    const { module, type, name, values, unknown, sensitive, location } = this.#resource;
    const node: PlannedNode = { name: type, value: values, unknown, sensitive, key: location };
    const path = readModulePath(module);
    // What a data source found was written elsewhere, and is as the plan says.
    const configured =
      this.isFound === true
        ? undefined
        : plan.configuration.at(path)?.resources.get(`${type}.${name}`);
    const context: PlannedContext = {
      file: plan.file,
      resource: this.#resource,
      references,
      templates,
      place: { module: path, repetition: configured?.repetition },
    };
    const expressions = configured === undefined ? undefined : (configured.expressions ?? "none");
    const source = this.#source?.properties();
    const entries =
      source?.state === "map"
        ? this.#sourcedEntries(node, source, expressions, context)
        : this.#plannedEntries(node, expressions, context);
    return { state: "map", entries, origin: { location: this.location, step: "written" } };
  }

  #plannedEntries(
    node: PlannedNode,
    expressions: Expressions,
    context: PlannedContext,
  ): ReadonlyMap<string, EvaluatedEntry> {
    const entries = plannedEntries(node, expressions, context);
    return this.location === this.planned ? entries : standAt(entries, this.location);
  }

  #sourcedEntries(
    node: PlannedNode,
    source: EvaluatedMap,
    expressions: Expressions,
    context: PlannedContext,
  ): ReadonlyMap<string, EvaluatedEntry> {
    const entries = new Map<string, EvaluatedEntry>();
    for (const [name, entry] of source.entries) {
      const written = writtenIn(expressions, name);
      const read = this.#sourced(memberOf(node, name), entry, written, context);
      entries.set(name, lazyEntry(entry.key, read));
    }
    return entries;
  }

  /**
   * An argument of the source. What the source leaves to conditions the plan has decided: the
   * scenario that goes with the plan counts, or all that do where the plan leaves something open.
   */
  #sourced(
    node: PlannedNode,
    entry: EvaluatedEntry,
    written: Written,
    context: PlannedContext,
  ): () => Evaluated {
    let chosen: Evaluated | "each" | undefined;
    return () => {
      chosen ??= this.#choose(node, entry);
      return readSourced(node, chosen === "each" ? entry.value : chosen, written, context);
    };
  }

  #choose(node: PlannedNode, entry: EvaluatedEntry): Evaluated | "each" {
    const outcomes = this.#context.scenarios?.explore(() => snapshot(entry.value)) ?? [];
    const rated = outcomes.map(({ result }) => ({ result, rate: agreement(node, result) ?? -1 }));
    const best = Math.max(...rated.map(({ rate }) => rate));
    const [first, ...others] = rated.filter(({ rate }) => rate === best);
    if (first === undefined || (others.length > 0 && hasUnknown(node))) return "each";
    return first.result;
  }
}
