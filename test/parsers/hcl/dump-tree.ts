import type {
  Block,
  Body,
  Expression,
  Label,
  TemplatePart,
} from "../../../src/parsers/hcl/syntax-tree.js";
import type { TextRange } from "../../../src/source/text-range.js";

/**
 * Writes a tree as one line per node, indented by depth, with ranges. The golden files under
 * fixtures/parsers/hcl/ have this form and were written from HashiCorp's trees, so it leaves out
 * what those do not have, such as the ranges of `${` and of `for` variables.
 */
export function dumpBody(body: Body): string {
  const dump = new Dump();
  dump.body(body, 0);
  return dump.text();
}

class Dump {
  readonly #lines: string[] = [];

  text(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  body(body: Body, depth: number): void {
    const items = [...body.attributes, ...body.blocks];
    items.sort((a, b) => a.range.start - b.range.start);
    for (const item of items) {
      if ("type" in item) {
        this.#block(item, depth);
      } else {
        const { name } = item;
        this.#line(depth, `attribute ${show(item.range)} ${name.name} ${show(name.range)}`);
        this.expression(item.value, depth + 1);
      }
    }
  }

  #block(block: Block, depth: number): void {
    const { type } = block;
    const labels = block.labels.map(showLabel).join("");
    const header = `${type.name} ${show(type.range)}${labels}`;
    this.#line(depth, `block ${show(block.range)} ${header} body ${show(block.body.range)}`);
    this.body(block.body, depth + 1);
  }

  expression(expression: Expression, depth: number): void {
    const line = (rest: string): void => {
      this.#line(depth, `${expression.kind} ${show(expression.range)}${rest}`);
    };
    const child = (inner: Expression): void => {
      this.expression(inner, depth + 1);
    };
    switch (expression.kind) {
      case "literal":
        line(` ${expression.text}`);
        break;
      case "template":
        line("");
        for (const part of expression.parts) this.part(part, depth + 1);
        break;
      case "variable":
        line(` ${expression.name}`);
        break;
      case "attribute":
        line(` ${expression.name.name}`);
        child(expression.target);
        break;
      case "index":
        line("");
        child(expression.target);
        this.#index(expression.index, depth + 1);
        break;
      case "splat":
        line("");
        child(expression.target);
        child(expression.each);
        break;
      case "call": {
        const { name } = expression;
        line(` ${name.name} ${show(name.range)}${expression.expandLast ? " expand" : ""}`);
        expression.arguments.forEach(child);
        break;
      }
      case "conditional":
        line("");
        child(expression.condition);
        child(expression.then);
        child(expression.otherwise);
        break;
      case "binary":
        line(` ${expression.operator}`);
        child(expression.left);
        child(expression.right);
        break;
      case "unary":
        line(` ${expression.operator}`);
        child(expression.operand);
        break;
      case "tuple":
        line("");
        expression.items.forEach(child);
        break;
      case "object":
        line("");
        for (const item of expression.items) {
          this.#key(item.key, depth + 1);
          child(item.value);
        }
        break;
      case "for": {
        const key = expression.keyVariable;
        const variables = `${key === undefined ? "" : `${key.name}, `}${expression.valueVariable.name}`;
        line(` ${variables}${expression.grouping ? " grouping" : ""}`);
        child(expression.collection);
        if (expression.key !== undefined) child(expression.key);
        child(expression.value);
        if (expression.condition !== undefined) {
          this.#line(depth + 1, "if");
          child(expression.condition);
        }
        break;
      }
      case "parentheses":
        line("");
        child(expression.expression);
        break;
      case "invalid":
        line("");
    }
  }

  part(part: TemplatePart, depth: number): void {
    switch (part.kind) {
      case "text":
        this.#line(depth, `text ${show(part.range)} ${JSON.stringify(part.value)}`);
        break;
      case "interpolation":
        this.expression(part.expression, depth);
        break;
      case "if":
        this.#line(depth, `%if ${show(part.range)}`);
        this.expression(part.condition, depth + 1);
        this.#line(depth + 1, "then");
        for (const inner of part.then) this.part(inner, depth + 2);
        this.#line(depth + 1, "else");
        for (const inner of part.otherwise) this.part(inner, depth + 2);
        break;
      case "for": {
        const variables = `${part.key === undefined ? "" : `${part.key.name}, `}${part.value.name}`;
        this.#line(depth, `%for ${show(part.range)} ${variables}`);
        this.expression(part.collection, depth + 1);
        this.#line(depth + 1, "body");
        for (const inner of part.body) this.part(inner, depth + 2);
      }
    }
  }

  /** HashiCorp's tree keeps of constant indexes only the value. */
  #index(index: Expression, depth: number): void {
    if (index.kind === "literal") {
      this.#line(depth, `key ${index.text}`);
      return;
    }
    const [text, ...more] = index.kind === "template" ? index.parts : [undefined, index];
    if (more.length === 0 && (text === undefined || text.kind === "text")) {
      this.#line(depth, `key ${JSON.stringify(text?.value ?? "")}`);
    } else {
      this.expression(index, depth);
    }
  }

  #key(key: Expression, depth: number): void {
    const [text] = key.kind === "template" ? key.parts : [];
    if (text?.kind === "text" && text.range.start === key.range.start) {
      this.#line(depth, `name ${show(key.range)} ${text.value}`);
    } else {
      this.expression(key, depth);
    }
  }

  #line(depth: number, text: string): void {
    this.#lines.push(" ".repeat(depth) + text);
  }
}

function show(range: TextRange): string {
  return `${range.start}-${range.end}`;
}

function showLabel(label: Label): string {
  return ` ${JSON.stringify(label.value)} ${show(label.range)}`;
}
