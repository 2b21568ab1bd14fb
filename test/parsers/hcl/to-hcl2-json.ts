import type {
  Body,
  Expression,
  ObjectItem,
  TemplatePart,
  UnaryExpression,
} from "../../../src/parsers/hcl/syntax-tree.js";

/** A JSON value as `hcl2-parser` gives it. */
export type Json = string | number | boolean | null | readonly Json[] | { [name: string]: Json };

/**
 * Writes a tree as `hcl2-parser` does, whose convention is that of hcl2json: literals, lists and
 * objects become JSON, all other expressions `"${source text}"`. `text` is what was parsed.
 */
export function toHcl2Json(text: string, body: Body): Json {
  return new Converter(text).body(body);
}

class Converter {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  body(body: Body): { [name: string]: Json } {
    const result: { [name: string]: Json } = {};
    for (const { name, value } of body.attributes) result[name.name] = this.#expression(value);
    for (const block of body.blocks) {
      const path = [block.type.name, ...block.labels.map((label) => label.value)];
      const last = path.pop() ?? "";
      let parent = result;
      for (const name of path) {
        parent[name] ??= {};
        parent = parent[name] as { [name: string]: Json };
      }
      const before = (parent[last] ?? []) as readonly Json[];
      parent[last] = [...before, this.body(block.body)];
    }
    return result;
  }

  #expression(expression: Expression): Json {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "template": {
        const [part, ...others] = expression.parts;
        const isWrapped = part?.kind === "interpolation" && others.length === 0;
        return isWrapped ? this.#expression(part.expression) : this.#parts(expression.parts);
      }
      case "tuple":
        return expression.items.map((item) => this.#expression(item));
      case "object":
        return this.#object(expression.items);
      case "unary":
        return this.#unary(expression);
      default:
        return this.#source(expression);
    }
  }

  /** The one kind of expression that is computed where it can be. */
  #unary(expression: UnaryExpression): Json {
    const { operator, operand } = expression;
    if (operand.kind === "literal" || operand.kind === "unary") {
      const value = this.#expression(operand);
      if (operator === "-" && typeof value === "number") return -value;
      if (operator === "!" && typeof value === "boolean") return !value;
    }
    return this.#source(expression);
  }

  #object(items: readonly ObjectItem[]): Json {
    const result: { [name: string]: Json } = {};
    for (const { key, value } of items) {
      result[this.#key(key)] = this.#expression(value);
    }
    return result;
  }

  #key(key: Expression): string {
    return isStaticTraversal(key) ? this.#cut(key) : this.#interpolation(key);
  }

  #parts(parts: readonly TemplatePart[]): string {
    return parts.map((part) => this.#part(part)).join("");
  }

  #part(part: TemplatePart): string {
    switch (part.kind) {
      case "text":
        return part.value;
      case "interpolation":
        return this.#interpolation(part.expression);
      case "if": {
        const { condition, then, otherwise } = part;
        return this.#conditional(condition, this.#parts(then), this.#parts(otherwise));
      }
      case "for": {
        const variables = `${part.key === undefined ? "" : `${part.key.name}, `}${part.value.name}`;
        const start = `%{for ${variables} in ${this.#cut(part.collection)}}`;
        return `${start}${this.#parts(part.body)}%{endfor}`;
      }
    }
  }

  /** Within other text: there literals are text, and conditionals look like directives. */
  #interpolation(expression: Expression): string {
    switch (expression.kind) {
      case "literal":
        // HCL's numbers are exact, also where JavaScript's are not.
        return String(/^\d+$/.test(expression.text) ? BigInt(expression.text) : expression.value);
      case "template":
        return this.#parts(expression.parts);
      case "conditional": {
        const then = this.#interpolation(expression.then);
        const otherwise = this.#interpolation(expression.otherwise);
        return this.#conditional(expression.condition, then, otherwise);
      }
      default:
        return this.#source(expression);
    }
  }

  #conditional(condition: Expression, then: string, otherwise: string): string {
    const rest = otherwise === "" ? "" : `%{else}${otherwise}`;
    return `%{if ${this.#cut(condition)}}${then}${rest}%{endif}`;
  }

  #source(expression: Expression): string {
    return `\${${this.#cut(expression)}}`;
  }

  #cut({ range }: Expression): string {
    return this.#text.slice(range.start, range.end);
  }
}

/** Whether HashiCorp's parser would make one node of it: names and constant indexes behind a variable. */
function isStaticTraversal(expression: Expression): boolean {
  switch (expression.kind) {
    case "variable":
      return true;
    case "attribute":
      return isStaticTraversal(expression.target);
    case "index":
      return isStaticTraversal(expression.target) && isConstant(expression.index);
    default:
      return false;
  }
}

function isConstant(index: Expression): boolean {
  if (index.kind === "template") return index.parts.every((part) => part.kind === "text");
  return index.kind === "literal";
}
