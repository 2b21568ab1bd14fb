import type { AwsBlock, LeftOut, NestedAwsBlock } from "../../data/aws-attributes.js";
import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedList,
  type EvaluatedMap,
  unknown,
} from "../../values/evaluated.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import type { Origin } from "../../values/origin.js";
import { known, unset } from "../../values/value.js";

/** How the attributes of one resource are read by whoever refers to them. */
export interface AttributeReading {
  /** The place of the reference. */
  readonly use: Origin;
  /** What only deploying decides, by its path within the resource: `metadata_options[0].http_tokens`. */
  readonly computed: (path: string) => Evaluated;
}

/**
 * An attribute of a resource as an expression sees it: what is written, with what the provider makes of
 * the rest. `written` is the property's value, undefined if there is none; `block` is undefined where nothing
 * is recorded of what the provider makes of it: what is left out is unknown then.
 * https://developer.hashicorp.com/terraform/language/expressions/references#references-to-resource-attributes
 */
export function readAttribute(
  name: string,
  written: Evaluated | undefined,
  block: AwsBlock | undefined,
  reading: AttributeReading,
): Evaluated {
  return attributeAt(name, name, written, block, reading);
}

function attributeAt(
  path: string,
  name: string,
  written: Evaluated | undefined,
  block: AwsBlock | undefined,
  reading: AttributeReading,
): Evaluated {
  const nested = block?.blocks.get(name);
  if (written === undefined || written.state === "unset") {
    if (nested !== undefined) return withoutBlocks(path, nested, reading);
    return leftOut(path, block?.attributes.get(name), reading);
  }
  if (written.state === "list" && written.items.some(isBlock)) {
    return listOfBlocks(path, written, nested, reading);
  }
  // In JSON, a block may be written as an object.
  if (written.state === "map" && nested !== undefined) {
    const { origin } = written;
    const list: EvaluatedList = { state: "list", collection: "list", items: [written], origin };
    return listOfBlocks(path, list, nested, reading);
  }
  return written;
}

function isBlock(value: Evaluated): boolean {
  return value.state === "map" && value.isBlock === true;
}

function leftOut(path: string, what: LeftOut | undefined, reading: AttributeReading): Evaluated {
  if (what === undefined || what === "computed") return reading.computed(path);
  return what.default === null ? unset(reading.use) : known(what.default, reading.use);
}

function withoutBlocks(
  path: string,
  { isComputed, nesting }: NestedAwsBlock,
  { computed, use }: AttributeReading,
): Evaluated {
  if (isComputed) return computed(path);
  return { state: "list", collection: collectionOf(nesting), items: [], origin: use };
}

function collectionOf(nesting: NestedAwsBlock["nesting"]): "list" | "set" {
  return nesting === "set" ? "set" : "list";
}

/** Unknown where it cannot be said how many there are, or in which order they come. */
function listOfBlocks(
  path: string,
  written: EvaluatedList,
  nested: NestedAwsBlock | undefined,
  reading: AttributeReading,
): Evaluated {
  const nesting = nested?.nesting;
  const isOrdered = nesting === "list" || nesting === "one" || written.items.length === 1;
  const items: Evaluated[] = [];
  for (const [index, item] of written.items.entries()) {
    if (!isOrdered) return reading.computed(path);
    if (item.state !== "map") return unknown(openReason(item, path), written.origin);
    if (item.madeOf !== undefined && nesting !== "one") {
      return unknown(item.madeOf.reason, written.origin);
    }
    items.push(blockValue(`${path}[${index}]`, item, nested, reading));
  }
  const collection = nesting === undefined ? "list" : collectionOf(nesting);
  return { state: "list", collection, items, origin: written.origin };
}

function openReason(item: Evaluated, expression: string) {
  return item.state === "unknown"
    ? item.reason
    : ({ kind: "decided-at-deployment", expression } as const);
}

/** A block with all attributes that it has, or of which more than what is written is unknown. */
function blockValue(
  path: string,
  { entries: written, origin }: EvaluatedMap,
  block: AwsBlock | undefined,
  reading: AttributeReading,
): Evaluated {
  const entries = new Map<string, EvaluatedEntry>();
  const names = new Set([
    ...written.keys(),
    ...(block?.attributes.keys() ?? []),
    ...(block?.blocks.keys() ?? []),
  ]);
  for (const name of names) {
    const entry = written.get(name);
    const read = () => attributeAt(`${path}.${name}`, name, entry?.value, block, reading);
    entries.set(name, lazyEntry(entry?.key ?? origin.location, read));
  }
  if (block !== undefined) return { state: "map", collection: "object", entries, origin };
  const reason = { kind: "decided-at-deployment", expression: path } as const;
  return { ...unknown(reason, origin), isNeverNull: true, contents: { entries } };
}
