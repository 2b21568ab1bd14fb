import type { Evaluated } from "../../values/evaluated.js";
import type { TextRange } from "../../source/text-range.js";
import type { EvaluatedSpan } from "../composed-text.js";
import type { DataNode, MappingEntry, ScalarNode } from "../yaml/syntax-tree.js";
import { scalarValue } from "./scalar-text.js";
import type { ParsedTemplate } from "./template-files.js";

/**
 * A template in which scalars that are made outside refer to their values, so that these keep their
 * origin, and may be unknown. What is known and only part of a scalar, or a key, stays as it is.
 */
export function withOuterValues(
  template: ParsedTemplate,
  spans: readonly EvaluatedSpan[],
): ParsedTemplate {
  if (spans.length === 0) return template;
  const outerValues = new Map<string, Evaluated>(spans.map(({ name, value }) => [name, value]));
  const root = new Replacement(spans, outerValues).in(template.root);
  return { ...template, root, outerValues };
}

class Replacement {
  readonly #spans: readonly EvaluatedSpan[];
  readonly #outerValues: Map<string, Evaluated>;

  constructor(spans: readonly EvaluatedSpan[], outerValues: Map<string, Evaluated>) {
    this.#spans = spans;
    this.#outerValues = outerValues;
  }

  in(node: DataNode): DataNode {
    switch (node.kind) {
      case "scalar":
        return this.#inScalar(node);
      case "sequence":
        return { ...node, items: node.items.map((item) => this.in(item)) };
      case "mapping":
        return { ...node, entries: node.entries.map((entry) => this.#inEntry(entry)) };
    }
  }

  #inEntry(entry: MappingEntry): MappingEntry {
    const { key, value } = entry;
    if (key.text !== "Fn::Sub") return { ...entry, value: this.in(value) };
    if (value.kind === "scalar") return { ...entry, value: this.#inSubstitution(value) };
    if (value.kind !== "sequence") return entry;
    const items = value.items.map((item) =>
      item.kind === "scalar" ? this.#inSubstitution(item) : this.in(item),
    );
    return { ...entry, value: { ...value, items } };
  }

  #inScalar(node: ScalarNode): DataNode {
    if (node.tag === "!Sub") return this.#inSubstitution(node);
    if (node.tag?.startsWith("!") === true) return node;
    const whole = this.#spans.find(({ range }) => isAllOf(range, node));
    if (whole !== undefined) {
      const { name, value } = whole;
      // A number or boolean is what YAML makes of its text.
      if (value.state === "known") this.#outerValues.set(name, scalarValue(node, value.origin));
      return { kind: "scalar", text: name, style: "plain", tag: "!Ref", range: node.range };
    }
    return this.#hasUnknown(node) ? this.#joined(node) : node;
  }

  /** In the text of `Fn::Sub` a value from outside is a variable like others. */
  #inSubstitution(node: ScalarNode): ScalarNode {
    let { text } = node;
    for (const { name, value } of this.#spans) {
      if (value.state !== "known") text = text.replaceAll(name, () => `\${${name}}`);
    }
    return { ...node, text };
  }

  #hasUnknown({ text }: ScalarNode): boolean {
    return this.#spans.some(({ name, value }) => value.state !== "known" && text.includes(name));
  }

  #joined(node: ScalarNode): DataNode {
    const { range } = node;
    const scalar = (text: string): ScalarNode => ({
      kind: "scalar",
      text,
      style: "double-quoted",
      range,
    });
    const unknowns = this.#spans.filter(({ value }) => value.state !== "known");
    const pattern = new RegExp(`(${unknowns.map(({ name }) => `${name}(?!\\d)`).join("|")})`);
    const items = node.text
      .split(pattern)
      .map((text, index) => (index % 2 === 0 ? scalar(text) : { ...scalar(text), tag: "!Ref" }));
    return {
      kind: "sequence",
      tag: "!Join",
      style: "flow",
      range,
      items: [scalar(""), { kind: "sequence", style: "flow", range, items }],
    };
  }
}

/** Whether a stretch is all that a scalar says, its quotes apart. */
function isAllOf(range: TextRange, { range: { start, end }, style }: ScalarNode): boolean {
  const quote = style === "double-quoted" || style === "single-quoted" ? 1 : 0;
  return range.start === start + quote && range.end === end - quote && range.start < range.end;
}
