import { type Evaluated, type EvaluatedUnknown, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import { ComputedEntries } from "./computed-entries.js";
import { known } from "../../values/value.js";
import { convertToNumber } from "./conversion.js";
import type { DeclaredBlock } from "./declared-block.js";
import { evaluateExpression } from "./evaluate-expression.js";
import { EvaluationError, unwrap } from "./evaluation-error.js";
import { type ExpressionContext, originOf } from "./expression-context.js";
import { elementsOf } from "./for-expression.js";

/** One of the instances that `count` or `for_each` make. */
export interface Instance {
  /** As it stands behind the address: nothing, `[0]`, `["a"]`, or `[*]` where the key is unknown. */
  readonly suffix: string;
  /** `each` or `count`, for the expressions inside. */
  readonly names: readonly (readonly [string, Evaluated])[];
}

/** The instances of a block in one scenario. */
export interface Expansion {
  readonly kind: "single" | "count" | "for_each";
  readonly instances: ReadonlyMap<string, Instance>;
  /** Why the instances cannot be told; there is then one, which stands for them all. */
  readonly unknown?: EvaluatedUnknown;
}

const single: Expansion = { kind: "single", instances: new Map([["", { suffix: "", names: [] }]]) };

/**
 * The instances of a resource or module block, in the scenario of the moment.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/count
 * https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
 */
export function expandBlock(
  block: DeclaredBlock,
  contextOf: (path: string) => ExpressionContext,
): Expansion {
  const count = block.attributes.get("count");
  const forEach = block.attributes.get("for_each");
  const attribute = count ?? forEach;
  if (attribute === undefined) return single;
  const context = contextOf(attribute.path);
  const kind = count === undefined ? "for_each" : "count";
  try {
    const value = evaluateExpression(attribute.node.value, context);
    return kind === "count" ? expandCount(value) : expandForEach(value);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const origin = originOf(attribute.node.value.range, context);
    return unknownInstances(unknown({ kind: "invalid" }, origin), kind);
  }
}

function expandCount(value: Evaluated): Expansion {
  const count = unwrap(convertToNumber(value));
  if (count.state === "unknown") return unknownInstances(count, "count");
  if (count.state !== "known") throw new EvaluationError("count is null");
  const instances = Array.from({ length: Number(count.value) }, (_, index): [string, Instance] => {
    const suffix = `[${index}]`;
    return [
      suffix,
      { suffix, names: [["count", objectOf({ index: known(index, value.origin) }, value)]] },
    ];
  });
  return { kind: "count", instances: new Map(instances) };
}

function expandForEach(value: Evaluated): Expansion {
  if (value.state === "unknown") return unknownInstances(value, "for_each");
  const instances = elementsOf(value).map(([key, element]): [string, Instance] => {
    if (key.state !== "known") throw new EvaluationError("a key of for_each is not known");
    const suffix = `[${JSON.stringify(String(key.value))}]`;
    return [suffix, { suffix, names: [["each", objectOf({ key, value: element }, value)]] }];
  });
  return { kind: "for_each", instances: new Map(instances) };
}

function unknownInstances(value: EvaluatedUnknown, kind: "count" | "for_each"): Expansion {
  const open = unknown(value.reason, value.origin);
  const names: readonly (readonly [string, Evaluated])[] =
    kind === "count"
      ? [["count", objectOf({ index: open }, value)]]
      : [["each", objectOf({ key: open, value: open }, value)]];
  const instances = new Map([["[*]", { suffix: "[*]", names }]]);
  return { kind, instances, unknown: value };
}

function objectOf(values: Readonly<Record<string, Evaluated>>, { origin }: Evaluated): Evaluated {
  const entries = Object.entries(values).map(
    ([name, value]) => [name, { key: origin.location, value }] as const,
  );
  return { state: "map", entries: new Map(entries), origin };
}

/** Every instance that some scenario makes. */
export function instanceKeys(
  scenarios: Scenarios,
  expansion: () => Expansion,
): readonly Instance[] {
  const found = new Map<string, Instance>();
  for (const { result } of scenarios.explore(() => [...expansion().instances.values()])) {
    for (const instance of result) found.set(instance.suffix, instance);
  }
  return [...found.values()];
}

/** What a reference to the whole block gives: one value, a list (`count`) or a map (`for_each`). */
export function valueOfInstances(
  { kind, instances, unknown: open }: Expansion,
  origin: Origin,
  valueOf: (instance: Instance) => Evaluated,
): Evaluated {
  const [first] = instances.values();
  if (kind === "single" && first !== undefined) return valueOf(first);
  if (open !== undefined) {
    // Whichever instance is asked for, this one stands for it.
    const entries = new ComputedEntries(
      () => first && { key: origin.location, value: valueOf(first) },
      [],
    );
    return { state: "map", entries, origin };
  }
  if (kind === "count") {
    const items = [...instances.values()].map(valueOf);
    return { state: "list", collection: "tuple", items, origin };
  }
  const entries = [...instances.values()].map((instance) => {
    const key = JSON.parse(instance.suffix.slice(1, -1)) as string;
    return [key, { key: origin.location, value: valueOf(instance) }] as const;
  });
  return { state: "map", entries: new Map(entries), origin };
}
