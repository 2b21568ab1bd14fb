import { parseHcl } from "../src/parsers/hcl/parse-hcl.js";
import type { Attribute, Block, Body, Expression } from "../src/parsers/hcl/syntax-tree.js";

/** How blocks are written, of which JSON allows both. */
export type BlockStyle = "objects" | "lists";

/**
 * The same Terraform file in JSON syntax. Where JSON has no counterpart, an expression stands as it
 * is between `${` and `}`. Places differ, findings must not.
 */
export function moduleToJson(text: string, style: BlockStyle): string {
  const data = new Converter(text, style).body(parseHcl(text).body, "");
  return JSON.stringify(data, undefined, 2);
}

/** The same values of variables in JSON. */
export function variableValuesToJson(text: string): string {
  const converter = new Converter(text, "objects");
  const { attributes } = parseHcl(text).body;
  const entries = attributes.map(({ name, value }) => [name.name, converter.constant(value)]);
  return JSON.stringify(Object.fromEntries(entries), undefined, 2);
}

/** An expression as the value of an argument in JSON. */
export function expressionToJson(text: string, expression: Expression): unknown {
  return new Converter(text, "objects").template(expression);
}

/** Arguments that are written as expressions without `${`. */
const bare = new Set([
  "depends_on",
  "ignore_changes",
  "iterator",
  "provider",
  "providers",
  "replace_triggered_by",
]);

/** The same of arguments that are that only in blocks of one type. */
const bareIn: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["import", new Set(["to"])],
  ["moved", new Set(["from", "to"])],
  ["removed", new Set(["from"])],
  ["variable", new Set(["type"])],
]);

type Data = Record<string, unknown>;

class Converter {
  readonly #text: string;
  readonly #style: BlockStyle;

  constructor(text: string, style: BlockStyle) {
    this.#text = text;
    this.#style = style;
  }

  body({ attributes, blocks }: Body, type: string): Data {
    const data: Data = { "//": "a comment" };
    for (const attribute of attributes) data[attribute.name.name] = this.#argument(attribute, type);
    for (const block of blocks) this.#add(data, [block.type, ...block.labels].map(nameOf), block);
    return data;
  }

  #add(data: Data, [name = "", ...labels]: readonly string[], block: Block): void {
    if (labels.length > 0) {
      const inner: Data = {};
      this.#add(inner, labels, block);
      const before = data[name];
      if (this.#style === "lists") data[name] = [...listOf(before), inner];
      else if (before === undefined) data[name] = inner;
      else this.#add(before as Data, labels, block);
      return;
    }
    const blocks = [...listOf(data[name]), this.body(block.body, block.type.name)];
    data[name] = this.#style === "objects" && blocks.length === 1 ? blocks[0] : blocks;
  }

  #argument({ name, value }: Attribute, type: string): unknown {
    if (type === "variable" && name.name === "default") return this.constant(value);
    const isBare = bare.has(name.name) || (bareIn.get(type)?.has(name.name) ?? false);
    return isBare ? this.#bare(value) : this.template(value);
  }

  /** A value in which nothing is evaluated. */
  constant(value: Expression): unknown {
    switch (value.kind) {
      case "template":
        return value.parts.map((part) => (part.kind === "text" ? part.value : "")).join("");
      case "tuple":
        return value.items.map((item) => this.constant(item));
      case "object":
        return Object.fromEntries(
          value.items.map((item) => [this.constant(item.key), this.constant(item.value)]),
        );
      default:
        return JSON.parse(this.#source(value));
    }
  }

  #bare(value: Expression): unknown {
    switch (value.kind) {
      case "tuple":
        return value.items.map((item) => this.#bare(item));
      case "object":
        return Object.fromEntries(
          value.items.map((item) => [
            isText(item.key) ? this.constant(item.key) : this.#source(item.key),
            this.#bare(item.value),
          ]),
        );
      default:
        return this.#source(value);
    }
  }

  /** A value whose strings are templates. */
  template(value: Expression): unknown {
    switch (value.kind) {
      case "literal":
        // Numbers may be written, and be as long, as they cannot be in JSON.
        return String(value.value) === value.text ? value.value : this.#interpolation(value);
      case "tuple":
        return value.items.map((item) => this.template(item));
      case "object":
        return Object.fromEntries(
          value.items.map((item) => [this.#key(item.key), this.template(item.value)]),
        );
      case "template":
        return isText(value) ? escape(this.constant(value)) : this.#interpolation(value);
      default:
        return this.#interpolation(value);
    }
  }

  #key(key: Expression): string {
    return isText(key) ? escape(this.constant(key)) : this.#interpolation(key);
  }

  #interpolation(value: Expression): string {
    // A heredoc must end with its line.
    return `\${${this.#source(value)}\n}`;
  }

  #source({ range }: Expression): string {
    return this.#text.slice(range.start, range.end);
  }
}

function isText(value: Expression): boolean {
  if (value.kind !== "template" || value.style === "heredoc") return false;
  return value.parts.every(({ kind }) => kind === "text");
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function nameOf(name: { readonly name: string } | { readonly value: string }): string {
  return "name" in name ? name.name : name.value;
}

function escape(text: unknown): string {
  return String(text).replace(/([$%])\{/g, "$1$1{");
}
