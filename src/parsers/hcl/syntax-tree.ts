import type { TextRange } from "../../source/text-range.js";

/**
 * The syntax tree of HCL's native syntax.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 *
 * Every node carries its exact range. Text that cannot be read leaves an
 * `invalid` expression or a shortened body, never a missing tree.
 */
export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  /** From after the opening brace to before the closing one; the whole text for a file. */
  readonly range: TextRange;
}

/** `name = value`. */
export interface Attribute {
  readonly name: Identifier;
  readonly value: Expression;
  readonly range: TextRange;
}

/** `type "label" { … }`. */
export interface Block {
  readonly type: Identifier;
  readonly labels: readonly Label[];
  readonly body: Body;
  /**
   * Type and labels, without the brace: what a finding on the block points at. In Terraform's JSON
   * syntax blocks share type and first labels, and the last of them alone is the header.
   */
  readonly header: TextRange;
  /** From the header to the closing brace. */
  readonly range: TextRange;
}

/** A bare name. */
export interface Identifier {
  readonly name: string;
  readonly range: TextRange;
}

/** A block label, quoted or bare. `range` includes the quotes. */
export interface Label {
  readonly value: string;
  readonly range: TextRange;
}

/** A comment of any of the three kinds, with its markers, without the line ending. */
export interface Comment {
  readonly range: TextRange;
}

/** Any expression, told apart by `kind`. */
export type Expression =
  | LiteralExpression
  | TemplateExpression
  | VariableExpression
  | AttributeAccess
  | IndexAccess
  | SplatExpression
  | FunctionCall
  | ConditionalExpression
  | BinaryExpression
  | UnaryExpression
  | TupleExpression
  | ObjectExpression
  | ForExpression
  | ParenthesizedExpression
  | InvalidExpression;

/** A number, `true`, `false` or `null`. Numbers keep their text, since Terraform's are exact. */
export interface LiteralExpression {
  readonly kind: "literal";
  readonly value: number | boolean | null;
  /** The literal as written. */
  readonly text: string;
  readonly range: TextRange;
}

/** A quoted string or heredoc. A string without interpolation has at most one `text` part. */
export interface TemplateExpression {
  readonly kind: "template";
  readonly style: "quoted" | "heredoc";
  readonly parts: readonly TemplatePart[];
  /** With quotes, or from `<<` to the end of the closing marker. */
  readonly range: TextRange;
}

/** A piece of a string template, told apart by `kind`. */
export type TemplatePart = TemplateText | TemplateInterpolation | TemplateIf | TemplateFor;

/** Literal text after escapes, trim markers (`~`) and heredoc dedent. */
export interface TemplateText {
  readonly kind: "text";
  readonly value: string;
  /** What the text was written as. */
  readonly range: TextRange;
}

/** `${ … }`. */
export interface TemplateInterpolation {
  readonly kind: "interpolation";
  readonly expression: Expression;
  readonly range: TextRange;
}

/** `%{ if … } … %{ else } … %{ endif }`. */
export interface TemplateIf {
  readonly kind: "if";
  readonly condition: Expression;
  readonly then: readonly TemplatePart[];
  readonly otherwise: readonly TemplatePart[];
  readonly range: TextRange;
}

/** `%{ for key, value in … } … %{ endfor }`. */
export interface TemplateFor {
  readonly kind: "for";
  readonly key?: Identifier;
  readonly value: Identifier;
  readonly collection: Expression;
  readonly body: readonly TemplatePart[];
  readonly range: TextRange;
}

/** The first step of a traversal: `var`, `local`, `aws_instance`, or a `for` variable. */
export interface VariableExpression {
  readonly kind: "variable";
  readonly name: string;
  readonly range: TextRange;
}

/** `target.name`. */
export interface AttributeAccess {
  readonly kind: "attribute";
  readonly target: Expression;
  readonly name: Identifier;
  readonly range: TextRange;
}

/** `target[index]`, or the legacy `target.0`, whose index is then a number literal. */
export interface IndexAccess {
  readonly kind: "index";
  readonly target: Expression;
  readonly index: Expression;
  readonly range: TextRange;
}

/**
 * `target.*.a.b` (`attribute-only`) or `target[*].a[0]` (`full`). `each` is what is done to every
 * element, written over the element, which stands in it as `{ kind: "variable", name: "*" }`.
 */
export interface SplatExpression {
  readonly kind: "splat";
  readonly style: "attribute-only" | "full";
  readonly target: Expression;
  readonly each: Expression;
  readonly range: TextRange;
}

/** `name(arguments…)`; namespaced names keep their colons: `provider::aws::arn_parse`. */
export interface FunctionCall {
  readonly kind: "call";
  readonly name: Identifier;
  readonly arguments: readonly Expression[];
  /** Whether the last argument is followed by `...`. */
  readonly expandLast: boolean;
  readonly range: TextRange;
}

/** `condition ? then : otherwise`. */
export interface ConditionalExpression {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
  readonly range: TextRange;
}

/** The binary operators, as written. */
export type BinaryOperator =
  "+" | "-" | "*" | "/" | "%" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "||";

/** `left operator right`. */
export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly range: TextRange;
}

/** `-operand` or `!operand`. */
export interface UnaryExpression {
  readonly kind: "unary";
  readonly operator: "-" | "!";
  readonly operand: Expression;
  readonly range: TextRange;
}

/** `[a, b]`. */
export interface TupleExpression {
  readonly kind: "tuple";
  readonly items: readonly Expression[];
  readonly range: TextRange;
}

/** `{ a = 1, b = 2 }`. */
export interface ObjectExpression {
  readonly kind: "object";
  readonly items: readonly ObjectItem[];
  readonly range: TextRange;
}

/**
 * `key = value` or `key : value`. A bare identifier as key is a string: it is given as a template
 * with one text part whose range is the identifier. `(expression)` keeps its parentheses.
 */
export interface ObjectItem {
  readonly key: Expression;
  readonly value: Expression;
  readonly range: TextRange;
}

/** `[for k, v in c : value if condition]` or `{for k, v in c : key => value... if condition}`. */
export interface ForExpression {
  readonly kind: "for";
  readonly keyVariable?: Identifier;
  readonly valueVariable: Identifier;
  readonly collection: Expression;
  /** Present for an object. */
  readonly key?: Expression;
  readonly value: Expression;
  /** Whether values of equal keys are grouped into tuples (`...`). */
  readonly grouping: boolean;
  readonly condition?: Expression;
  readonly range: TextRange;
}

/** `(expression)`. */
export interface ParenthesizedExpression {
  readonly kind: "parentheses";
  readonly expression: Expression;
  readonly range: TextRange;
}

/** Stands where an expression was expected and none could be read. May be empty. */
export interface InvalidExpression {
  readonly kind: "invalid";
  readonly range: TextRange;
}
