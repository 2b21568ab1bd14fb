import type { Evaluated } from "../../values/evaluated.js";
import type {
  DataNode,
  MappingEntry,
  MappingNode,
  ScalarNode,
  SequenceNode,
} from "../yaml/syntax-tree.js";
import { intrinsicCall, isForEachKey, listItems, plainText } from "./intrinsic-call.js";

/**
 * Loops in loops multiply. CloudFormation takes 500 resources and a megabyte once loops are expanded.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MOST_COPIES = 1000;
const MOST_COPIED_CHARACTERS = 2_000_000;

/**
 * A section with the copies that its `Fn::ForEach` entries stand for in their place, at any depth.
 * Copies keep the places of what they are copied from. `evaluate` is what collections come to.
 *
 * Of a collection that is not known one copy is made, with the identifier left as it is, so that
 * what holds for every item is found. Within resources that would hide which properties there are:
 * there such an entry stays as it is written, and so does one of the wrong shape anywhere.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandForEach(
  section: MappingNode,
  evaluate: (node: DataNode) => Evaluated,
): MappingNode {
  return new Expansion(evaluate).expandMapping(section, "section");
}

/** Whether a mapping's entries are those of the section, or lie deeper. */
type Level = "section" | "deeper";

class Expansion {
  readonly #evaluate: (node: DataNode) => Evaluated;
  #copies = 0;
  #copiedCharacters = 0;

  constructor(evaluate: (node: DataNode) => Evaluated) {
    this.#evaluate = evaluate;
  }

  expandMapping(node: MappingNode, level: Level): MappingNode {
    const entries = node.entries.flatMap((entry) =>
      isForEachKey(entry.key.text)
        ? (this.#copiesOf(entry.value, level) ?? [entry])
        : [withValue(entry, this.#expand(entry.value))],
    );
    return withEntries(node, entries);
  }

  #expand(node: DataNode): DataNode {
    switch (node.kind) {
      case "scalar":
        return node;
      case "sequence":
        return withItems(
          node,
          node.items.map((item) => this.#expand(item)),
        );
      case "mapping":
        return this.expandMapping(node, "deeper");
    }
  }

  #copiesOf(argument: DataNode, level: Level): readonly MappingEntry[] | undefined {
    const [identifierNode, collection, fragment, ...others] = listItems(argument) ?? [];
    const identifier = identifierNode === undefined ? undefined : plainText(identifierNode);
    if (identifier === undefined || collection === undefined || others.length > 0) return undefined;
    if (fragment?.kind !== "mapping" || isOtherCall(fragment)) return undefined;
    const items = this.#itemsOf(collection);
    if (items === "unknown") {
      return level === "section" ? this.expandMapping(fragment, level).entries : undefined;
    }
    if (items === undefined || !this.#isWithinLimits(items.length, fragment)) return undefined;
    return items.flatMap((item) => {
      const copy = new Substitution(identifier, item).inMapping(fragment);
      return this.expandMapping(copy, level).entries;
    });
  }

  #isWithinLimits(count: number, { range }: MappingNode): boolean {
    this.#copies += count;
    this.#copiedCharacters += count * (range.end - range.start);
    return this.#copies <= MOST_COPIES && this.#copiedCharacters <= MOST_COPIED_CHARACTERS;
  }

  /** Undefined for what is no list. */
  #itemsOf(collection: DataNode): readonly string[] | "unknown" | undefined {
    const list = this.#evaluate(collection);
    if (list.state === "unknown") return list.reason.kind === "invalid" ? undefined : "unknown";
    if (list.state !== "list") return undefined;
    const items = list.items.filter((item) => item.state === "known");
    return items.length < list.items.length ? "unknown" : items.map(({ value }) => String(value));
  }
}

/** A mapping with nothing but another loop is a fragment like any other. */
function isOtherCall(node: MappingNode): boolean {
  const call = intrinsicCall(node);
  return call !== undefined && !isForEachKey(call.name);
}

/** Puts an item of the collection in the place of the loop's identifier. */
class Substitution {
  readonly #identifier: string;
  readonly #item: string;

  constructor(identifier: string, item: string) {
    this.#identifier = identifier;
    this.#item = item;
  }

  inMapping(node: MappingNode): MappingNode {
    const entries = node.entries.map((entry) => {
      const key = this.#inScalar(entry.key);
      const replaced = withValue(entry, this.#in(entry.value));
      return key === entry.key ? replaced : { ...replaced, key };
    });
    return withEntries(node, entries);
  }

  #in(node: DataNode): DataNode {
    const call = intrinsicCall(node);
    if (call?.name === "Ref" && plainText(call.argument) === this.#identifier) {
      const { range } = node;
      return { kind: "scalar", text: this.#item, style: "double-quoted", range };
    }
    switch (node.kind) {
      case "scalar":
        return this.#inScalar(node);
      case "sequence":
        return withItems(
          node,
          node.items.map((item) => this.#in(item)),
        );
      case "mapping":
        return this.inMapping(node);
    }
  }

  /** `${Name}` is the item, `&{Name}` its letters and digits; both are strings. */
  #inScalar(node: ScalarNode): ScalarNode {
    const text = node.text
      .replaceAll(`\${${this.#identifier}}`, () => this.#item)
      .replaceAll(`&{${this.#identifier}}`, () => this.#item.replace(/[^A-Za-z\d]/g, ""));
    return text === node.text ? node : { ...node, text, style: "double-quoted" };
  }
}

function withValue(entry: MappingEntry, value: DataNode): MappingEntry {
  return value === entry.value ? entry : { ...entry, value };
}

function withEntries(node: MappingNode, entries: readonly MappingEntry[]): MappingNode {
  const isSame =
    entries.length === node.entries.length &&
    entries.every((entry, index) => entry === node.entries[index]);
  return isSame ? node : { ...node, entries };
}

function withItems(node: SequenceNode, items: readonly DataNode[]): SequenceNode {
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
}
