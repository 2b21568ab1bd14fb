import { type Composition, type Evaluated, oneOf, type Piece } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { identityOfText } from "../../values/text-identity.js";
import { known } from "../../values/value.js";
import type { TemplateExpression, TemplateFor, TemplatePart } from "../hcl/syntax-tree.js";
import { holds } from "./conditions.js";
import { convertToString, possibleScalars } from "./conversion.js";
import { elementsOf } from "./elements.js";
import { failure, success } from "./functions/function-result.js";
import { takenFrom } from "./functions/made-value.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { loopBindings } from "./loop-bindings.js";
import { evaluateBool } from "./operands.js";
import { madeOf } from "./origin-path.js";
import type { Scope } from "./scope.js";

/** A string with several possible texts has at most this many. */
const MOST_TEXTS = 16;

/**
 * A string, unless it is one interpolation and nothing else: that keeps its value and type.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function evaluateTemplate(expression: TemplateExpression, scope: Scope): FunctionResult {
  return evaluateParts(expression.parts, scope.written(expression.range), scope);
}

/** As `evaluateTemplate`, for a text that is a template as a whole. */
export function evaluateParts(
  parts: readonly TemplatePart[],
  origin: Origin,
  scope: Scope,
): FunctionResult {
  const [only] = parts;
  if (parts.length <= 1) {
    if (only === undefined) return success(known("", origin));
    if (only.kind === "text") {
      const piece = { isWritten: true, value: known(only.value, scope.written(only.range)) };
      const composition: Composition = { kind: "pieces", pieces: [piece] };
      return success({ ...known(only.value.normalize("NFC"), origin), composition });
    }
    if (only.kind === "interpolation") return scope.evaluate(only.expression);
  }
  const pieces: Piece[] = [];
  const wrong = collectTexts(parts, scope, pieces);
  if (wrong !== undefined) return wrong;
  const joined = joinTexts(
    pieces.map(({ value }) => value),
    origin,
  );
  const isText = joined.state === "known" || joined.state === "unknown";
  return success(isText ? { ...joined, composition: { kind: "pieces", pieces } } : joined);
}

/** Adds what the parts come to; gives what is wrong with one of them. */
function collectTexts(
  parts: readonly TemplatePart[],
  scope: Scope,
  pieces: Piece[],
): FunctionResult | undefined {
  for (const part of parts) {
    const wrong = collectText(part, scope, pieces);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function collectText(
  part: TemplatePart,
  scope: Scope,
  pieces: Piece[],
): FunctionResult | undefined {
  switch (part.kind) {
    case "text":
      pieces.push({ isWritten: true, value: known(part.value, scope.written(part.range)) });
      return undefined;
    case "interpolation": {
      const result = scope.evaluate(part.expression);
      if (!result.ok) return result;
      const text = convertToString(result.value);
      if (!text.ok) return text;
      if (text.value.state === "unset") return failure("a template cannot include a null value");
      pieces.push({ isWritten: false, value: text.value });
      return undefined;
    }
    case "if": {
      const condition = evaluateBool(part.condition, scope);
      if (!condition.ok) return condition;
      const isTrue = holds(condition.value, scope);
      if (isTrue !== undefined) {
        return collectTexts(isTrue ? part.then : part.otherwise, scope, pieces);
      }
      pieces.push({
        isWritten: false,
        value: condition.value.state === "unknown" ? opaque(condition.value) : condition.value,
      });
      return undefined;
    }
    case "for":
      return collectLoop(part, scope, pieces);
  }
}

function collectLoop(part: TemplateFor, scope: Scope, pieces: Piece[]): FunctionResult | undefined {
  const collection = scope.evaluate(part.collection);
  if (!collection.ok) return collection;
  const elements = elementsOf(collection.value);
  if (elements.kind === "none") return failure(elements.message);
  if (elements.kind === "unknown") {
    pieces.push({ isWritten: false, value: opaque(elements.value) });
    return undefined;
  }
  for (const element of elements.elements) {
    const bindings = loopBindings(part.key, part.value, element, part.range, scope);
    const wrong = collectTexts(part.body, scope.bind(...bindings), pieces);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** A text of which nothing is known, because of something that is not. */
function opaque({ reason, origin }: Extract<Evaluated, { readonly state: "unknown" }>): Evaluated {
  return { state: "unknown", reason, origin };
}

function joinTexts(texts: readonly Evaluated[], origin: Origin): Evaluated {
  const open = texts.find((text) => text.state === "unknown");
  const identified = open === undefined ? {} : identify(texts);
  let joined: readonly string[] = [""];
  for (const text of texts) {
    const possible = text.state === "unknown" ? possibleScalars(text) : undefined;
    const next = text.state === "known" ? [text.value] : possible;
    if (next === undefined || joined.length * next.length > MOST_TEXTS) {
      const reason = open?.reason ?? { kind: "invalid" };
      const place = open ? takenFrom(origin, open) : origin;
      return { state: "unknown", reason, origin: place, isNeverNull: true, ...identified };
    }
    joined = joined.flatMap((before) => next.map((text) => before + String(text)));
  }
  const place = open === undefined ? madeOf(origin, texts) : takenFrom(origin, open);
  const strings = joined.map((text) => known(text.normalize("NFC"), place));
  const value = oneOf(strings, open?.reason ?? { kind: "invalid" }, place);
  return value.state === "unknown" ? { ...value, ...identified } : value;
}

/** Two texts made of the same parts are the same, whatever the parts turn out to be. */
function identify(texts: readonly Evaluated[]): { readonly identity?: string } {
  const parts = texts.filter((text) => text.state === "known" || text.state === "unknown");
  const identity = parts.length === texts.length ? identityOfText(parts) : undefined;
  return identity === undefined ? {} : { identity };
}
