import type { Expression, TemplatePart } from "../../../src/parsers/hcl/syntax-tree.js";

/** Writes an expression in one line, brackets around everything, for tables of expectations. */
export function sketchExpression(expression: Expression): string {
  const sketch = sketchExpression;
  switch (expression.kind) {
    case "literal":
      return expression.text;
    case "variable":
      return expression.name;
    case "template":
      return `"${sketchParts(expression.parts)}"`;
    case "attribute":
      return `(. ${sketch(expression.target)} ${expression.name.name})`;
    case "index":
      return `([] ${sketch(expression.target)} ${sketch(expression.index)})`;
    case "splat": {
      const star = expression.style === "full" ? "[*]" : ".*";
      return `(${star} ${sketch(expression.target)} ${sketch(expression.each)})`;
    }
    case "call": {
      const rest = expression.arguments.map((argument) => ` ${sketch(argument)}`).join("");
      return `(call ${expression.name.name}${rest}${expression.expandLast ? "..." : ""})`;
    }
    case "conditional": {
      const { condition, then, otherwise } = expression;
      return `(? ${sketch(condition)} ${sketch(then)} ${sketch(otherwise)})`;
    }
    case "binary":
      return `(${expression.operator} ${sketch(expression.left)} ${sketch(expression.right)})`;
    case "unary":
      return `(${expression.operator} ${sketch(expression.operand)})`;
    case "tuple":
      return `[${expression.items.map(sketch).join(" ")}]`;
    case "object": {
      const items = expression.items.map((item) => `${sketch(item.key)}=${sketch(item.value)}`);
      return `{${items.join(" ")}}`;
    }
    case "for": {
      const { keyVariable, valueVariable, collection, key, value, grouping, condition } =
        expression;
      const variables = `${keyVariable === undefined ? "" : `${keyVariable.name},`}${valueVariable.name}`;
      const arrow = key === undefined ? "" : `${sketch(key)}=>`;
      const filter = condition === undefined ? "" : ` if ${sketch(condition)}`;
      const result = `${arrow}${sketch(value)}${grouping ? "..." : ""}`;
      return `(for ${variables} in ${sketch(collection)}: ${result}${filter})`;
    }
    case "parentheses":
      return `(${sketch(expression.expression)})`;
    case "invalid":
      return "<invalid>";
  }
}

/** The same of what is between the quotes of a template, with visible line endings and tabs. */
export function sketchParts(parts: readonly TemplatePart[]): string {
  return parts.map(sketchPart).join("|");
}

function sketchPart(part: TemplatePart): string {
  switch (part.kind) {
    case "text":
      return part.value.replaceAll("\n", "⏎").replaceAll("\r", "␍").replaceAll("\t", "⇥");
    case "interpolation":
      return `\${${sketchExpression(part.expression)}}`;
    case "if": {
      const { condition, then, otherwise } = part;
      return `%{if ${sketchExpression(condition)}: ${sketchParts(then)}: ${sketchParts(otherwise)}}`;
    }
    case "for": {
      const variables = `${part.key === undefined ? "" : `${part.key.name},`}${part.value.name}`;
      return `%{for ${variables} in ${sketchExpression(part.collection)}: ${sketchParts(part.body)}}`;
    }
  }
}
