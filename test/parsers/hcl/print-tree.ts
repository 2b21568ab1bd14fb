import type { BlockTree, BodyTree, Tree } from "./arbitrary-tree.js";

/** Writes a body in one of the many ways that mean the same; `seed` chooses. */
export function printBody(body: BodyTree, seed: number): string {
  return new Printer(seed).body(body);
}

/** The same for an expression, which may go over several lines. */
export function printExpression(expression: Tree, seed: number): string {
  return new Printer(seed).ignoringNewlines((printer) => printer.expression(expression));
}

const bareName = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

class Printer {
  #random: number;
  #ignoresNewlines = false;

  constructor(seed: number) {
    this.#random = seed;
  }

  ignoringNewlines(print: (printer: this) => string): string {
    return this.#withNewlines(true, print);
  }

  #withNewlines(ignored: boolean, print: (printer: this) => string): string {
    const outer = this.#ignoresNewlines;
    this.#ignoresNewlines = ignored;
    const text = print(this);
    this.#ignoresNewlines = outer;
    return text;
  }

  #pick<Choice>(...choices: readonly [Choice, ...Choice[]]): Choice {
    // A linear congruential generator: the same seed writes the same text.
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    return choices[(this.#random >>> 16) % choices.length] ?? choices[0];
  }

  /** White space that has to be there. */
  #space(): string {
    if (!this.#ignoresNewlines) return this.#pick(" ", "  ", "\t", " /* x */ ");
    return this.#pick(" ", " ", "\n", "\r\n  ", " # x\n", "\n// x\n\t", " /*\n*/ ");
  }

  /** White space that may be there. */
  #gap(): string {
    return this.#pick("", "", "", this.#space());
  }

  body(body: BodyTree): string {
    const items = [
      ...body.attributes.map(({ name, value }) => this.#attribute(name.name, value)),
      ...body.blocks.map((block) => this.#block(block)),
    ];
    return items.map((item) => item + this.#pick("\n", "\n\n", " # x\n", "\r\n")).join("");
  }

  #attribute(name: string, value: Tree): string {
    return `${this.#pick("", "  ")}${name}${this.#gap()}=${this.#gap()}${this.expression(value)}`;
  }

  #block({ type, labels, body }: BlockTree): string {
    const header = [type.name, ...labels.map(({ value }) => this.#label(value))].join(
      this.#space(),
    );
    const [attribute, ...others] = body.attributes;
    if (body.blocks.length > 0 || others.length > 0 || this.#pick(true, false)) {
      return `${header} {${this.#pick("\n", " # x\n")}${this.body(body)}}`;
    }
    if (attribute === undefined) return `${header}{${this.#gap()}}`;
    const text = this.#attribute(attribute.name.name, attribute.value);
    return text.endsWith("\n") ? `${header} {\n${text}}` : `${header} { ${text} }`;
  }

  #label(value: string): string {
    if (bareName.test(value) && this.#pick(true, false)) return value;
    return `"${escapeQuoted(value)}"`;
  }

  expression(tree: Tree): string {
    const at = (field: string): Tree => tree[field] as Tree;
    switch (tree.kind) {
      case "literal":
        return String(tree["text"]);
      case "variable":
        return tree["name"] === "*" ? "" : String(tree["name"]);
      case "template":
        return this.#template(tree);
      case "attribute":
        return `${this.expression(at("target"))}${this.#pick(".", ".", " . ")}${nameOf(at("name"))}`;
      case "index":
        return `${this.expression(at("target"))}${this.#index(at("index"))}`;
      case "splat":
        return this.#splat(tree);
      case "call":
        return this.#call(tree);
      case "conditional": {
        const [question, colon] = [
          `${this.#space()}?${this.#space()}`,
          `${this.#space()}:${this.#space()}`,
        ];
        const [condition, then, otherwise] = [at("condition"), at("then"), at("otherwise")];
        return `${this.expression(condition)}${question}${this.expression(then)}${colon}${this.expression(otherwise)}`;
      }
      case "binary": {
        const operator = `${this.#space()}${String(tree["operator"])}${this.#space()}`;
        return `${this.expression(at("left"))}${operator}${this.expression(at("right"))}`;
      }
      case "unary":
        return `${String(tree["operator"])}${this.#gap()}${this.expression(at("operand"))}`;
      case "parentheses":
        return this.ignoringNewlines(
          () => `(${this.#gap()}${this.expression(at("expression"))}${this.#gap()})`,
        );
      case "tuple":
        return this.ignoringNewlines(() => `[${this.#items(tree["items"] as readonly Tree[])}]`);
      case "object":
        return this.#object(tree["items"] as readonly { key: Tree; value: Tree }[]);
      case "for":
        return this.ignoringNewlines(() => this.#for(tree));
      default:
        throw new Error(`cannot print ${tree.kind}`);
    }
  }

  #index(index: Tree): string {
    return this.ignoringNewlines(() => `[${this.#gap()}${this.expression(index)}${this.#gap()}]`);
  }

  #splat(tree: Tree): string {
    const target = this.expression(tree["target"] as Tree);
    const each = tree["each"] as Tree;
    if (tree["style"] === "full") return `${target}[*]${this.expression(each)}`;
    return `${target}.*${this.#dotted(each)}`;
  }

  /** What is done to each element behind `.*`, where indexes have no brackets. */
  #dotted(each: Tree): string {
    if (each.kind === "variable") return "";
    const target = this.#dotted(each["target"] as Tree);
    if (each.kind === "attribute") return `${target}.${nameOf(each["name"] as Tree)}`;
    // With a blank, since `.0.1` would be one number.
    return `${target} .${this.expression(each["index"] as Tree)}`;
  }

  #call(tree: Tree): string {
    const items = tree["arguments"] as readonly Tree[];
    return this.ignoringNewlines(() => {
      const expand = tree["expandLast"] === true ? "..." : "";
      return `${nameOf(tree["name"] as Tree)}(${this.#items(items, expand)})`;
    });
  }

  #items(items: readonly Tree[], expand = ""): string {
    const separator = `${this.#gap()},${this.#gap()}`;
    const end = expand === "" && items.length > 0 ? this.#pick("", ",") : expand;
    const texts = items.map((item) => this.expression(item));
    return `${this.#gap()}${texts.join(separator)}${end}${this.#gap()}`;
  }

  #object(items: readonly { readonly key: Tree; readonly value: Tree }[]): string {
    return this.#withNewlines(false, () => {
      let text = `{${this.#pick("", " ", "\n", " # x\n")}`;
      for (const [index, { key, value }] of items.entries()) {
        const item = `${this.#key(key)}${this.#gap()}=${this.#gap()}${this.expression(value)}`;
        const isLast = index === items.length - 1;
        text += item;
        if (!item.endsWith("\n")) text += this.#pick("\n", ", ", ",\n", isLast ? "" : "\n\n");
      }
      return `${text}}`;
    });
  }

  #key(key: Tree): string {
    const [part, ...others] = key.kind === "template" ? (key["parts"] as readonly Tree[]) : [];
    const value = part?.kind === "text" && others.length === 0 ? String(part["value"]) : "";
    const canBeBare = bareName.test(value) && value !== "for";
    return canBeBare && this.#pick(true, false) ? value : this.expression(key);
  }

  #for(tree: Tree): string {
    const expression = (field: string): string => this.expression(tree[field] as Tree);
    const key = tree["keyVariable"] as Tree | undefined;
    const variables = `${key === undefined ? "" : `${nameOf(key)}${this.#gap()},`} ${nameOf(tree["valueVariable"] as Tree)}`;
    const condition = "condition" in tree ? ` if ${expression("condition")}` : "";
    const head = `${this.#gap()}for ${variables}${this.#space()}in${this.#space()}${expression("collection")} :${this.#gap()}`;
    if (!("key" in tree)) return `[${head}${expression("value")}${condition}]`;
    const grouping = tree["grouping"] === true ? "..." : "";
    return `{${head}${expression("key")}${this.#gap()}=>${this.#gap()}${expression("value")}${grouping}${condition}}`;
  }

  #template(tree: Tree): string {
    const parts = tree["parts"] as readonly Tree[];
    if (tree["style"] === "heredoc")
      return `<<HEREDOC_1\n${this.#parts(parts, escapePlain)}HEREDOC_1\n`;
    return `"${this.#parts(parts, escapeQuoted)}"`;
  }

  #parts(parts: readonly Tree[], escape: (text: string) => string): string {
    return parts.map((part) => this.#part(part, escape)).join("");
  }

  #part(part: Tree, escape: (text: string) => string): string {
    const sequence = (mark: string, print: () => string): string =>
      this.ignoringNewlines(() => `${mark}{${this.#gap()}${print()}${this.#gap()}}`);
    const inner = (field: string): string => this.#parts(part[field] as readonly Tree[], escape);
    const expression = (field: string): string => this.expression(part[field] as Tree);
    switch (part.kind) {
      case "text":
        return escape(String(part["value"]));
      case "interpolation":
        return sequence("$", () => expression("expression"));
      case "if": {
        const otherwise = inner("otherwise");
        const end = otherwise === "" ? "" : `%{ else }${otherwise}`;
        return `${sequence("%", () => `if ${expression("condition")}`)}${inner("then")}${end}%{ endif }`;
      }
      default: {
        const key = part["key"] as Tree | undefined;
        const variables = `${key === undefined ? "" : `${nameOf(key)}, `}${nameOf(part["value"] as Tree)}`;
        const start = sequence("%", () => `for ${variables} in ${expression("collection")}`);
        return `${start}${inner("body")}%{ endfor }`;
      }
    }
  }
}

function nameOf(name: Tree): string {
  return String(name["name"]);
}

function escapePlain(text: string): string {
  return text.replaceAll(/([$%])\{/g, "$1$1{");
}

function escapeQuoted(text: string): string {
  const escaped = text
    .replaceAll(/["\\]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("é", "\\u00e9")
    .replaceAll("😀", "\\U0001F600");
  return escapePlain(escaped);
}
