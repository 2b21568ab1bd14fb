import { parseHclExpression, parseHclTemplate } from "../../hcl/parse-hcl.js";
import type { Expression, ObjectItem, TemplatePart } from "../../hcl/syntax-tree.js";
import type { DataNode, MappingNode, ScalarNode } from "../../yaml/syntax-tree.js";
import type { ValueReading } from "./block-structure.js";
import { innerRange, type JsonSyntaxError, placementOf } from "./json-value.js";

/** Reads values of JSON as the expressions that they stand for. */
export class ExpressionReader {
  readonly #source: string;
  readonly #errors: JsonSyntaxError[];

  /** `source` is the text of the whole file; what is wrong is added to `errors`. */
  constructor(source: string, errors: JsonSyntaxError[]) {
    this.#source = source;
    this.#errors = errors;
  }

  /**
   * The expression that a value stands for.
   * https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
   */
  read(node: DataNode, reading: ValueReading): Expression {
    switch (node.kind) {
      case "scalar":
        return node.style === "plain" ? readLiteral(node) : this.#readString(node, reading);
      case "sequence": {
        const items = node.items.map((item) => this.read(item, reading));
        return { kind: "tuple", items, range: node.range };
      }
      case "mapping":
        return { kind: "object", items: this.#readItems(node, reading), range: node.range };
    }
  }

  #readItems({ entries }: MappingNode, reading: ValueReading): readonly ObjectItem[] {
    const names = new Set<string>();
    return entries.map(({ key, value }) => {
      if (names.has(key.text)) this.#reportDuplicate(key);
      names.add(key.text);
      return {
        key: this.#readString(key, reading === "template" ? "template" : "literal"),
        value: this.read(value, reading),
        range: { start: key.range.start, end: value.range.end },
      };
    });
  }

  #reportDuplicate({ text, range }: ScalarNode): void {
    const message = `key ${JSON.stringify(text)} is already in this object`;
    this.#errors.push({ code: "duplicate-key", message, range });
  }

  #readString(node: ScalarNode, reading: ValueReading): Expression {
    if (reading === "expression") {
      const offset = placementOf(node, this.#source);
      const { expression, errors } = parseHclExpression(node.text, { offset });
      this.#errors.push(...errors);
      return expression;
    }
    const { range } = node;
    const parts = reading === "template" ? this.#readTemplate(node) : this.#plainParts(node);
    const [only] = parts;
    // What is only `${…}` keeps its type, as it does between the quotes of native syntax.
    if (only?.kind === "interpolation" && parts.length === 1) return only.expression;
    return { kind: "template", style: "quoted", parts, range };
  }

  #readTemplate(node: ScalarNode): readonly TemplatePart[] {
    if (!node.text.includes("{")) return this.#plainParts(node);
    const offset = placementOf(node, this.#source);
    const { parts, errors } = parseHclTemplate(node.text, { offset });
    this.#errors.push(...errors);
    return parts;
  }

  #plainParts(node: ScalarNode): readonly TemplatePart[] {
    if (node.text === "") return [];
    return [{ kind: "text", value: node.text, range: innerRange(node, this.#source) }];
  }
}

/** A number, `true`, `false` or `null`; of anything else the JSON reader has complained. */
function readLiteral({ text, range }: ScalarNode): Expression {
  if (text === "null") return { kind: "literal", value: null, text, range };
  if (text === "true" || text === "false") {
    return { kind: "literal", value: text === "true", text, range };
  }
  return /^-?\d/.test(text)
    ? { kind: "literal", value: Number(text), text, range }
    : { kind: "invalid", range };
}
