import type {
  Evaluated,
  EvaluatedEntry,
  EvaluatedList,
  EvaluatedMap,
  EvaluatedUnknown,
} from "../../values/evaluated.js";
import { known, type Scalar, unset } from "../../values/value.js";
import {
  isUnknown,
  itemsOf,
  linked,
  memberOf,
  type PlannedContext,
  type PlannedNode,
  readPlanned,
  type Written,
  writtenIn,
} from "./planned-value.js";

/**
 * A planned value at its place in Terraform's source. The source tells what is written, where, and
 * which resource a reference means; the plan tells what it comes to. What the source does not set
 * stays unset, whatever the provider or the state fills in.
 */
export function readSourced(
  node: PlannedNode,
  source: Evaluated,
  written: Written,
  context: PlannedContext,
): Evaluated {
  if (isUnknown(node)) return readUnknown(node, source, written, context);
  if (source.state === "unset") return source;
  const { value } = node;
  const content = value?.scalar();
  if (value === undefined || content === null) return readNull(node, source);
  if (value.kind === "array") return readList(node, source, written, context);
  if (value.kind === "object") return readObject(node, source, written, context);
  if (content === undefined) return source;
  return readScalar(content, node, source, written, context);
}

/** The source may know what the plan does not say, above all what is not written. */
function readUnknown(
  node: PlannedNode,
  source: Evaluated,
  written: Written,
  context: PlannedContext,
): Evaluated {
  if (source.state !== "unknown") return source;
  const here = withPlannedLink(source, context);
  if (here.link !== undefined) return here;
  const planned = readPlanned(node, written, context);
  if (planned.state !== "unknown" || planned.link === undefined) return here;
  return { ...here, link: planned.link };
}

function readNull({ sensitive, name }: PlannedNode, source: Evaluated): Evaluated {
  if (source.state === "unset" || sensitive?.scalar() === true) return source;
  return unset({ location: source.origin.location, step: "written", name });
}

function readScalar(
  content: Scalar,
  node: PlannedNode,
  source: Evaluated,
  written: Written,
  context: PlannedContext,
): Evaluated {
  if (source.state === "known" && isSame(source.value, content)) {
    return linked(source, node, { kind: "untold" }, context) ?? source;
  }
  const here = known(content, source.origin);
  if (source.state !== "unknown") return here;
  const reference = withPlannedLink(source, context);
  const isReference = reference.link !== undefined && isTemplateAt(reference.link.address, context);
  return isReference ? reference : (linked(here, node, written, context) ?? here);
}

function readList(
  node: PlannedNode,
  source: Evaluated,
  written: Written,
  context: PlannedContext,
): Evaluated {
  // What is there without a block comes from the state.
  if (source.state === "list" && source.items.length === 0) return source;
  const items = itemsOf(node);
  const { origin } = source;
  const blocks = written.kind === "expression" ? written.expression.items() : [];
  const read = items.map((item, index) => {
    const block = blocks.length === items.length ? blocks[index] : undefined;
    const own: Written =
      block === undefined ? { kind: "untold" } : { kind: "expression", expression: block };
    return readSourced(item, itemAt(source, index, items.length), own, context);
  });
  return { state: "list", collection: "list", items: read, origin };
}

/**
 * The source's item for one of the plan's; where their numbers differ, only the place is known. In
 * JSON syntax a single block may be an object.
 */
function itemAt(source: Evaluated, index: number, count: number): Evaluated {
  if (source.state === "map" && count === 1) return source;
  if (source.state !== "list") return somethingAt(source);
  const item = source.items.length === count ? source.items[index] : undefined;
  return item ?? somethingAt(source.items[0] ?? source);
}

function somethingAt(source: Evaluated): EvaluatedUnknown {
  if (source.state === "unknown") return source;
  const reason = { kind: "not-supported", what: "what this block makes" } as const;
  return { state: "unknown", reason, origin: source.origin };
}

function readObject(
  node: PlannedNode,
  source: Evaluated,
  written: Written,
  context: PlannedContext,
): Evaluated {
  const block = written.kind === "expression" ? written.expression : undefined;
  const read = (name: string, value: Evaluated) =>
    readSourced(memberOf(node, name), value, writtenIn(block, name), context);
  if (source.state === "map") {
    const entries = [...source.entries].map(
      ([name, { key, value }]) => [name, { key, value: read(name, value) }] as const,
    );
    return { ...source, entries: new Map(entries) };
  }
  const whole = somethingAt(source);
  const { location } = whole.origin;
  const entries = new Map<string, EvaluatedEntry>();
  for (const name of node.value?.members().keys() ?? []) {
    entries.set(name, { key: location, value: read(name, whole) });
  }
  for (const [name, { value }] of node.unknown?.members() ?? []) {
    if (value.scalar() === true) entries.set(name, { key: location, value: read(name, whole) });
  }
  return { state: "map", entries, origin: { location, step: "written" } };
}

function withPlannedLink(
  source: EvaluatedUnknown,
  { references, resource }: PlannedContext,
): EvaluatedUnknown {
  const { link, ...rest } = source;
  if (link === undefined) return source;
  const target = references.resourceAt(link.address, resource);
  return target === undefined ? rest : { ...rest, link: { ...link, address: target.address } };
}

function isTemplateAt(address: string, { references, resource }: PlannedContext): boolean {
  const type = references.resourceAt(address, resource)?.type;
  return type === "aws_launch_template" || type === "aws_launch_configuration";
}

/** Providers turn `"2"` into 2 and back. */
function isSame(left: Scalar, right: Scalar): boolean {
  return String(left) === String(right);
}

/** The value with everything in it read, as it is in the scenario of the moment. */
export function snapshot(value: Evaluated): Evaluated {
  if (value.state === "list")
    return { ...value, items: value.items.map(snapshot) } satisfies EvaluatedList;
  if (value.state !== "map") return value;
  const entries = [...value.entries].map(
    ([name, entry]) => [name, { key: entry.key, value: snapshot(entry.value) }] as const,
  );
  return { ...value, entries: new Map(entries) } satisfies EvaluatedMap;
}

/**
 * How well the source, as it is in one scenario, goes with what was planned: the number of values
 * that both know, undefined where they contradict each other.
 */
export function agreement(node: PlannedNode, source: Evaluated): number | undefined {
  const { value } = node;
  if (isUnknown(node) || source.state === "unknown") return 0;
  const content = value?.scalar();
  if (value === undefined || content === null) return source.state === "unset" ? 1 : undefined;
  switch (source.state) {
    case "unset":
      // The provider's own choice, or what the state has.
      return 0;
    case "known":
      return content !== undefined && isSame(source.value, content) ? 1 : undefined;
    case "list": {
      const items = itemsOf(node);
      if (source.items.length === 0) return items.length === 0 ? 1 : 0;
      if (items.length !== source.items.length) return undefined;
      return sum(items.map((item, index) => agreement(item, itemAt(source, index, items.length))));
    }
    case "map": {
      if (value.kind === "array") {
        const [item, ...others] = itemsOf(node);
        return item === undefined || others.length > 0 ? 0 : agreement(item, source);
      }
      const members = [...source.entries].filter(([name]) => value.members().has(name));
      return sum(members.map(([name, entry]) => agreement(memberOf(node, name), entry.value)));
    }
  }
}

function sum(parts: readonly (number | undefined)[]): number | undefined {
  return parts.reduce<number | undefined>(
    (total, part) => (total === undefined || part === undefined ? undefined : total + part),
    0,
  );
}

/** Whether something in the value is known only after apply. */
export function hasUnknown(node: PlannedNode): boolean {
  const { unknown: mark } = node;
  return mark !== undefined && /\btrue\b/.test(mark.text);
}
