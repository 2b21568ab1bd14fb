import type { Scalar } from "../../src/values/value.js";
import type { InputPath, InputState } from "./decision-tree.js";
import { type Expression, isEqual, isPartial, unknownInput } from "./expression.js";

/** How an input is spelled where the expression stands: `var.create`, `each.value.create`. */
export type Spell = (path: InputPath) => string;

const unknownValue = `var.${unknownInput}`;

/** How constants are written. */
type Write = (value: Scalar | null) => string;

const asJson: Write = (value) => JSON.stringify(value);

/** The expression in Terraform's language. */
export function renderExpression(
  expression: Expression,
  spell: Spell,
  write: Write = asJson,
): string {
  switch (expression.kind) {
    case "constant":
      return write(expression.value);
    case "unknown":
      return unknownValue;
    case "input":
      return spell(expression.path);
    case "words": {
      // Made of the input, so that a finding stands where that is given.
      const [whenTrue, whenFalse] = expression.words.map((word) => JSON.stringify(word));
      const text = `tostring(${spell(expression.path)})`;
      return `replace(replace(${text}, "true", ${whenTrue}), "false", ${whenFalse})`;
    }
    case "choice":
      return new ChoiceWriter(expression, spell, write).render();
  }
}

type Choice = Extract<Expression, { readonly kind: "choice" }>;

class ChoiceWriter {
  readonly #path: InputPath;
  readonly #branches: ReadonlyMap<InputState, Expression>;
  readonly #isPartial: boolean;
  readonly #spell: Spell;
  readonly #write: Write;
  readonly #input: string;

  constructor(choice: Choice, spell: Spell, write: Write) {
    const { path, branches } = choice;
    this.#path = path;
    this.#branches = branches;
    this.#isPartial = isPartial(choice);
    this.#spell = spell;
    this.#write = write;
    this.#input = spell(path);
  }

  render(): string {
    const input = this.#input;
    const absent = this.#branches.get("absent");
    const whenNull = this.#branches.get("null");
    // The key that stands for all others: whether there is anything in the map.
    if (this.#path.at(-1) === "other" && absent !== undefined) {
      const map = this.#spell(this.#path.slice(0, -1));
      return `length(${map}) == 0 ? ${this.#operand(absent)} : ${this.#set()}`;
    }
    const isSimple = this.#isPassedOn() && whenNull?.kind === "constant" && !isNull(whenNull);
    if (isSimple && (absent === undefined || isEqual(absent, whenNull))) {
      // An unknown input makes this unknown, where a condition would tell two cases apart.
      const value = absent === undefined ? input : `try(${input}, null)`;
      return `coalesce(${value}, ${this.#operand(whenNull)})`;
    }
    if (absent === undefined) {
      return whenNull === undefined
        ? withoutParentheses(this.#set())
        : `${input} == null ? ${this.#operand(whenNull)} : ${this.#set()}`;
    }
    const fallback = this.#fallback(absent);
    if (fallback !== undefined && whenNull === undefined) {
      return this.#switch(`try(${input}, ${fallback})`);
    }
    if (fallback !== undefined && whenNull !== undefined && isEqual(whenNull, absent)) {
      return this.#switch(`coalesce(try(${input}, null), ${fallback})`);
    }
    if (this.#isPassedOn() && isNull(absent)) return `try(${input}, null)`;
    if (whenNull !== undefined && isEqual(whenNull, absent)) {
      return `try(${input}, null) == null ? ${this.#operand(absent)} : ${this.#set()}`;
    }
    if (whenNull === undefined && this.#isPassedOn() && absent.kind === "constant") {
      return `try(${input}, ${this.#operand(absent)})`;
    }
    const present =
      whenNull === undefined
        ? this.#set()
        : `(${input} == null ? ${this.#operand(whenNull)} : ${this.#set()})`;
    return `can(${input}) ? ${present} : ${this.#operand(absent)}`;
  }

  #isPassedOn(): boolean {
    const set = this.#branches.get("set");
    return set?.kind === "input" && set.path.join(".") === this.#path.join(".");
  }

  /** The switch's position that an absent one stands for. */
  #fallback(absent: Expression): string | undefined {
    return ["true", "false"].find((state) => {
      const branch = this.#branches.get(state);
      return branch !== undefined && isEqual(branch, absent);
    });
  }

  #switch(condition: string): string {
    const [whenTrue, whenFalse] = [this.#branches.get("true"), this.#branches.get("false")];
    const unknown: Expression = { kind: "unknown" };
    const [yes, no] = [whenTrue ?? unknown, whenFalse ?? unknown].map((branch) =>
      this.#operand(branch),
    );
    return `${condition} ? ${yes} : ${no}`;
  }

  /** What it is for an input that is there and not null. */
  #set(): string {
    const set = this.#branches.get("set");
    if (set !== undefined) return this.#operand(set);
    if (this.#branches.has("true")) return inParentheses(this.#switch(this.#input));
    const [filled, empty] = [this.#branches.get("filled"), this.#branches.get("empty")];
    if (filled !== undefined && empty !== undefined) {
      const condition = `length(${this.#input}) == 0`;
      return inParentheses(`${condition} ? ${this.#operand(empty)} : ${this.#operand(filled)}`);
    }
    const values = [...this.#branches].filter(([state]) => state !== "absent" && state !== "null");
    const [last] = values.slice(-1);
    if (last === undefined) return unknownValue;
    const isComplete = !this.#isPartial;
    return inParentheses(
      (isComplete ? values.slice(0, -1) : values).reduceRight(
        (otherwise, [state, branch]) =>
          `${this.#input} == ${state} ? ${this.#operand(branch)} : ${otherwise}`,
        isComplete ? this.#operand(last[1]) : unknownValue,
      ),
    );
  }

  #operand(branch: Expression): string {
    return inParentheses(renderExpression(branch, this.#spell, this.#write));
  }
}

function isNull(expression: Expression): boolean {
  return expression.kind === "constant" && expression.value === null;
}

/** Operators bind less than what stands around them. */
function inParentheses(text: string): string {
  const isOperation = / \? | [=!]= /.test(text.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, ""));
  return isOperation ? `(${text})` : text;
}

function withoutParentheses(text: string): string {
  return inParentheses(text) === text && text.startsWith("(") ? text.slice(1, -1) : text;
}
