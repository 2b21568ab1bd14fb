import { type Evaluated, type EvaluatedUnknown, oneOf, unknown } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import type {
  TemplateExpression,
  TemplateFor,
  TemplateIf,
  TemplatePart,
} from "../hcl/syntax-tree.js";
import { conditionOf } from "./conditions.js";
import { convertToBool, convertToString } from "./conversion.js";
import { EvaluationError, unwrap } from "./evaluation-error.js";
import { type ExpressionContext, originOf, withNames } from "./expression-context.js";
import { elementsOf } from "./for-expression.js";
import type { Origin } from "../../values/origin.js";

/**
 * The value of a string template. One that is nothing but an interpolation gives that value, whatever
 * its type.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function evaluateTemplate(
  { parts, range }: TemplateExpression,
  context: ExpressionContext,
): Evaluated {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === "interpolation") {
    return context.evaluate(only.expression, context);
  }
  return evaluateParts(parts, originOf(range, context), context);
}

/** The text that parts come to; unknown if one of them is. */
export function evaluateParts(
  parts: readonly TemplatePart[],
  origin: Origin,
  context: ExpressionContext,
): Evaluated {
  const pieces = parts.flatMap((part) => evaluatePart(part, context));
  const open = pieces.filter((piece) => typeof piece !== "string");
  const [first] = open;
  if (first === undefined) return known(fill(pieces, ""), origin);
  const { possible, reason } = first;
  if (open.length > 1 || possible === undefined) return unknown(reason, origin);
  const texts = possible.map((value) => fill(pieces, String(value)));
  return oneOf(
    texts.map((text) => known(text, origin)),
    reason,
    origin,
  );
}

type Piece = string | EvaluatedUnknown;

/** The pieces in a row, with `text` for those that are not known. */
function fill(pieces: readonly Piece[], text: string): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : text)).join("");
}

function evaluatePart(part: TemplatePart, context: ExpressionContext): readonly Piece[] {
  switch (part.kind) {
    case "text":
      return [part.value];
    case "interpolation":
      return [toPiece(context.evaluate(part.expression, context))];
    case "if":
      return evaluateIf(part, context);
    case "for":
      return evaluateForDirective(part, context);
  }
}

function toPiece(value: Evaluated): Piece {
  const text = unwrap(convertToString(value));
  if (text.state === "known") return String(text.value);
  if (text.state === "unknown") return text;
  throw new EvaluationError("a string is required");
}

function evaluateIf(
  { condition, then, otherwise, range }: TemplateIf,
  context: ExpressionContext,
): readonly Piece[] {
  const value = unwrap(convertToBool(context.evaluate(condition, context)));
  const inner = (parts: readonly TemplatePart[]) =>
    parts.flatMap((part) => evaluatePart(part, context));
  if (value.state === "known") return inner(value.value === true ? then : otherwise);
  if (value.state !== "unknown") throw new EvaluationError("the condition is null");
  const holds = context.scenarios.decide(conditionOf(value, condition.range, context));
  if (holds === undefined) return [unknown(value.reason, originOf(range, context))];
  return inner(holds ? then : otherwise);
}

function evaluateForDirective(
  { key, value, collection, body }: TemplateFor,
  context: ExpressionContext,
): readonly Piece[] {
  const elements = context.evaluate(collection, context);
  if (elements.state === "unknown") return [elements];
  return elementsOf(elements).flatMap(([name, element]) => {
    const names: (readonly [string, Evaluated])[] = [[value.name, element]];
    if (key !== undefined) names.push([key.name, name]);
    const inner = withNames(context, names);
    return body.flatMap((part) => evaluatePart(part, inner));
  });
}
