import type { Condition } from "../../values/condition.js";
import {
  type Evaluated,
  type EvaluatedMap,
  type EvaluatedUnknown,
  unknown,
} from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { fromBoolean, type Ternary } from "../../values/ternary.js";
import { known } from "../../values/value.js";
import type { Expression } from "../hcl/syntax-tree.js";
import { isNotEmpty, type MeasuredCollection, measuredCollection } from "./emptiness.js";
import { abbreviate, conditionOf, statement } from "./conditions.js";
import { convertToBool, convertToNumber, possibleScalars } from "./conversion.js";
import { type Element, elementsOf } from "./elements.js";
import { failure, success } from "./functions/function-result.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { lazily } from "./lazy-entry.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import { type Argument, type Declaration, locate } from "./module.js";
import { contentOf } from "./read-declarations.js";
import type { Binding, Scope } from "./scope.js";

/** The key of an instance as its address has it: empty for the only one, `[0]`, `["a"]`. */
export type InstanceSuffix = string;

/** The instance that stands for all where `count` or `for_each` is unknown. */
export const anyInstance: InstanceSuffix = "[*]";

/** More instances than this are judged as one that stands for all. */
const MOST_INSTANCES = 1000;

/** The instances of a block in one scenario. */
export type Expansion =
  /** Without `isOpen` it is there; with it nobody knows. */
  | { readonly kind: "single"; readonly isOpen?: true }
  /** Switched off, so that it is null. */
  | { readonly kind: "none"; readonly place: Origin }
  /** Where `least` is `most`, that is how many there are. */
  | {
      readonly kind: "count";
      readonly least: number;
      readonly most: number;
      readonly place: Origin;
    }
  | { readonly kind: "for-each"; readonly elements: ReadonlyMap<InstanceSuffix, Element> }
  /** `isThere` says when a count is above 0. */
  | { readonly kind: "unknown"; readonly value: EvaluatedUnknown; readonly isThere?: Condition };

/**
 * The instances that `count` or `for_each` make of a resource or module block, or OpenTofu's `enabled` leaves.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/count
 * https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
 * https://opentofu.org/docs/language/meta-arguments/enabled/
 */
export class Repetition {
  readonly #scope: Scope;
  readonly #read: () => Expansion;
  readonly #address: string;
  #suffixes: readonly InstanceSuffix[] | undefined;

  /** Takes the block, its address without key, and the scope of the module around it. */
  constructor(declaration: Declaration, address: string, scope: Scope) {
    this.#scope = scope;
    this.#address = address;
    const count = declaration.arguments.get("count");
    const forEach = declaration.arguments.get("for_each");
    const enabled = enabledOf(declaration);
    if (count !== undefined) this.#read = this.#expandBy(count, readCount);
    else if (forEach !== undefined) this.#read = this.#expandBy(forEach, readForEach);
    else if (enabled !== undefined) this.#read = this.#expandBy(enabled, readEnabled);
    else this.#read = () => ({ kind: "single" });
  }

  /** The instances in the scenario of the moment. */
  current(): Expansion {
    return this.#read();
  }

  /** The instances of all scenarios. */
  allSuffixes(): readonly InstanceSuffix[] {
    if (this.#suffixes === undefined) {
      const outcomes = this.#scope.context.scenarios.explore(() => suffixesOf(this.current()));
      this.#suffixes = [...new Set(outcomes.flatMap(({ result }) => result))];
    }
    return this.#suffixes;
  }

  /** Whether the instance is there in the scenario of the moment. */
  exists(suffix: InstanceSuffix): Ternary {
    const expansion = this.current();
    switch (expansion.kind) {
      case "single":
        if (suffix !== "") return "no";
        return expansion.isOpen === true ? "unknown" : "yes";
      case "none":
        return "no";
      case "count": {
        const index = indexOf(suffix);
        if (index === undefined || index >= expansion.most) return "no";
        return index < expansion.least ? "yes" : "unknown";
      }
      case "for-each":
        return expansion.elements.has(suffix) ? "yes" : "no";
      case "unknown":
        return suffix === anyInstance ? this.#isAnyThere(expansion.isThere) : "no";
    }
  }

  #isAnyThere(condition: Condition | undefined): Ternary {
    const holds =
      condition === undefined ? undefined : this.#scope.context.scenarios.decide(condition);
    return holds === undefined ? "unknown" : fromBoolean(holds);
  }

  /** What `each` and `count` mean within an instance. */
  bindings(suffix: InstanceSuffix): readonly Binding[] {
    if (suffix === "") return [];
    const identity = `${this.#address}${suffix}`;
    return [
      { name: "each", identity, value: () => this.#each(suffix) },
      { name: "count", identity, value: () => this.#count(suffix) },
    ];
  }

  #each(suffix: InstanceSuffix): Evaluated {
    const expansion = this.current();
    if (expansion.kind === "unknown") return this.#openEach(expansion.value);
    const element = expansion.kind === "for-each" ? expansion.elements.get(suffix) : undefined;
    if (element === undefined) return this.#absent();
    const { key, value } = element;
    const place = key.origin.location;
    return {
      state: "map",
      entries: new Map([
        ["key", { key: place, value: key }],
        ["value", lazyEntry(place, value)],
      ]),
      origin: key.origin,
    };
  }

  #openEach(collection: EvaluatedUnknown): EvaluatedMap {
    const { reason, origin } = collection;
    const key = { ...unknown(reason, origin), isNeverNull: true } as const;
    const { openValues } = this.#scope.context;
    const read = () => openValues.elementOf(collection, "[*]", "each.value");
    const place = origin.location;
    const entries = new Map([
      ["key", { key: place, value: key }],
      ["value", lazyEntry(place, read)],
    ]);
    return { state: "map", entries, origin };
  }

  #count(suffix: InstanceSuffix): Evaluated {
    const expansion = this.current();
    if (expansion.kind === "unknown") return openObject("index", expansion.value);
    const index = indexOf(suffix);
    if (expansion.kind !== "count" || index === undefined) return this.#absent();
    const { place } = expansion;
    const entry = { key: place.location, value: known(index, place) };
    return { state: "map", entries: new Map([["index", entry]]), origin: place };
  }

  /** Within an instance that this scenario does not have, nothing is known. */
  #absent(): Evaluated {
    return unknown({ kind: "invalid" }, this.#scope.written({ start: 0, end: 0 }));
  }

  #expandBy(argument: Argument, read: ReadExpansion): () => Expansion {
    const { file, value: expression } = argument;
    const scope = this.#scope.at({ file, step: "written" });
    const evaluate = lazily(
      () => scope.valueOf(expression),
      locate(file, expression.range),
      `${argument.name.name} of ${this.#address}`,
      scope.context,
    );
    const measure = scope.context.scenarios.memoize(
      () => measuredCollection(expression, scope),
      () => undefined,
    );
    const expand = (): Expansion => {
      const result = read(evaluate(), expression, scope);
      if (result.ok) return settle(result.expansion, argument, scope, measure);
      // What Terraform rejects here leaves a body that is still worth judging.
      return { kind: "unknown", value: scope.reject(expression, result.message) };
    };
    return scope.context.scenarios.memoize(expand, expand);
  }
}

type ReadExpansion = (value: Evaluated, written: Expression, scope: Scope) => ExpansionResult;

type ExpansionResult =
  | { readonly ok: true; readonly expansion: Expansion }
  | { readonly ok: false; readonly message: string };

function enabledOf({ blocks }: Declaration): Argument | undefined {
  const lifecycle = blocks.find(({ block }) => block.type.name === "lifecycle");
  return lifecycle && contentOf(lifecycle.block.body, lifecycle.file).arguments.get("enabled");
}

function readEnabled(value: Evaluated, written: Expression, scope: Scope): ExpansionResult {
  const result = convertToBool(value);
  if (!result.ok) return result;
  const enabled = result.value;
  const place = enabled.origin;
  if (enabled.state === "unset") return failure("enabled must not be null");
  const isThere =
    enabled.state === "unknown"
      ? scope.context.scenarios.decide(conditionOf(enabled, written, scope))
      : enabled.state === "known" && enabled.value === true;
  if (isThere === undefined) return { ok: true, expansion: { kind: "single", isOpen: true } };
  return { ok: true, expansion: isThere ? { kind: "single" } : { kind: "none", place } };
}

function readCount(value: Evaluated): ExpansionResult {
  const result: FunctionResult = convertToNumber(value);
  if (!result.ok) return result;
  const count = result.value;
  const place = count.origin;
  if (count.state === "unset") return failure("count must not be null");
  if (count.state === "known") {
    const most = Number(count.value);
    if (!Number.isInteger(most) || most < 0) return failure("count must be a whole number");
    if (most > MOST_INSTANCES) {
      const reason = { kind: "not-supported", what: `a count of ${most}` } as const;
      return { ok: true, expansion: { kind: "unknown", value: unknown(reason, place) } };
    }
    return { ok: true, expansion: { kind: "count", least: most, most, place } };
  }
  if (count.state !== "unknown") return failure("count must be a number");
  const possible = possibleScalars(count)?.map(Number);
  if (possible === undefined || possible.length === 0) {
    return { ok: true, expansion: { kind: "unknown", value: count } };
  }
  const [least, most] = [Math.min(...possible), Math.max(...possible)];
  return { ok: true, expansion: { kind: "count", least, most, place } };
}

/** With `for_each` the address says enough: something may be there for any key. */
function settle(
  expansion: Expansion,
  { name, value }: Argument,
  scope: Scope,
  measure: () => MeasuredCollection | undefined,
): Expansion {
  if (expansion.kind !== "unknown") return settleCount(expansion, value, scope);
  if (name.name !== "count") return expansion;
  const measured = measure();
  if (measured !== undefined) {
    return { ...expansion, isThere: isNotEmpty(measured.collection, measured.expression, scope) };
  }
  const text = abbreviate(scope.textOf(value.range));
  const wording = { label: `${text} > 0`, denial: `${text} is 0` };
  const isThere = statement([value], wording.label, expansion.value.reason, scope, wording);
  return { ...expansion, isThere };
}

/**
 * Where it cannot be known how many there are, scenarios tell the fewest from the most, so that what
 * stands under one condition is there together.
 */
function settleCount(expansion: Expansion, expression: Expression, scope: Scope): Expansion {
  if (expansion.kind !== "count" || expansion.least === expansion.most) return expansion;
  const { least, most, place } = expansion;
  const isConditional = expression.kind === "conditional";
  const count = abbreviate(scope.textOf(expression.range));
  const label = isConditional ? scope.textOf(expression.condition.range) : `${count} > ${least}`;
  const reason = { kind: "decided-at-deployment", expression: label } as const;
  const wording = isConditional ? undefined : { label, denial: `${count} is ${least}` };
  const holds = scope.context.scenarios.decide(
    statement([expression], label, reason, scope, wording),
  );
  if (holds === undefined) return expansion;
  const otherwise = isConditional ? scope.evaluate(expression.otherwise) : undefined;
  const isReversed =
    otherwise?.ok === true && otherwise.value.state === "known" && otherwise.value.value === most;
  const settled = holds === isReversed ? least : most;
  return { kind: "count", least: settled, most: settled, place };
}

function readForEach(value: Evaluated): ExpansionResult {
  const checked = checkForEach(value);
  if (!checked.ok) return checked;
  const elements = elementsOf(value);
  if (elements.kind === "none") return failure(elements.message);
  if (elements.kind === "unknown") {
    return { ok: true, expansion: { kind: "unknown", value: elements.value } };
  }
  const bySuffix = elements.elements.map(
    (element) => [`[${JSON.stringify(element.identity)}]`, element] as const,
  );
  return { ok: true, expansion: { kind: "for-each", elements: new Map(bySuffix) } };
}

function checkForEach(value: Evaluated): FunctionResult {
  if (value.state === "list" && value.collection !== "set") {
    return failure("for_each takes a map or a set of strings, not a list");
  }
  if (value.state === "list" && value.items.some(({ state }) => state !== "known")) {
    return failure("for_each takes a set of strings that are not null");
  }
  return success(value);
}

function suffixesOf(expansion: Expansion): readonly InstanceSuffix[] {
  switch (expansion.kind) {
    case "single":
      return [""];
    case "none":
      return [];
    case "count":
      return Array.from({ length: expansion.most }, (_, index) => `[${index}]`);
    case "for-each":
      return [...expansion.elements.keys()];
    case "unknown":
      return [anyInstance];
  }
}

function indexOf(suffix: InstanceSuffix): number | undefined {
  const digits = /^\[(\d+)\]$/.exec(suffix)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** An object of one attribute, of which only the name is known. */
function openObject(name: string, { reason, origin }: EvaluatedUnknown): Evaluated {
  const value = { ...unknown(reason, origin), isNeverNull: true } as const;
  return { state: "map", entries: new Map([[name, { key: origin.location, value }]]), origin };
}
