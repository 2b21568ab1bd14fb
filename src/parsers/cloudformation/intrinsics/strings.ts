import { type Evaluated, type EvaluatedUnknown, unknown } from "../../../values/evaluated.js";
import { known } from "../../../values/value.js";
import { encodeBase64, encodeUtf8 } from "../../../source/bytes.js";
import { isOneOf } from "../combine-conditions.js";
import { type IntrinsicCall, listItems, plainText } from "../intrinsic-call.js";
import {
  combineTexts,
  isScalarValue,
  LONGEST_TEXT,
  type ScalarValue,
  takenFrom,
  textValue,
  TOO_LONG,
} from "../scalar-text.js";
import type { TemplateContext } from "../template-context.js";
import { withoutLanguageExtensions } from "./language-extensions.js";

/** A scalar whose possible values can be tried one by one costs at most this many scenarios. */
const TRIED_VALUES_LIMIT = 8;

/**
 * The strings of a list with a delimiter between them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html
 */
export function evaluateJoin(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { diagnostics } = context;
  const [delimiterNode, listNode, ...others] = listItems(call.argument) ?? [];
  const delimiter = delimiterNode === undefined ? undefined : plainText(delimiterNode);
  if (delimiter === undefined || listNode === undefined || others.length > 0) {
    return diagnostics.invalid(call.node, "Fn::Join takes a list of a delimiter and a list");
  }
  const list = context.evaluate(listNode);
  const origin = diagnostics.written(call.node);
  if (list.state === "unknown") return unknown(list.reason, takenFrom(origin, list));
  const items = list.state === "list" ? scalarItems(list.items) : undefined;
  if (items === undefined) {
    return diagnostics.invalid(listNode, "Fn::Join joins a list of strings");
  }
  const parts = items.flatMap((item, index): readonly ScalarValue[] =>
    index === 0 ? [item] : [known(delimiter, origin), item],
  );
  return combineTexts(parts, call.node, diagnostics);
}

/**
 * The list of the strings between delimiters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-split.html
 */
export function evaluateSplit(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { diagnostics } = context;
  const [delimiterNode, textNode, ...others] = listItems(call.argument) ?? [];
  const delimiter = delimiterNode === undefined ? undefined : plainText(delimiterNode);
  if (delimiter === undefined || textNode === undefined || others.length > 0) {
    return diagnostics.invalid(call.node, "Fn::Split takes a list of a delimiter and a string");
  }
  const value = tryValues(context.evaluate(textNode), context);
  if (!isScalarValue(value)) return diagnostics.invalid(textNode, "Fn::Split splits a string");
  const origin = takenFrom(diagnostics.written(call.node), value);
  if (value.state === "unknown") return unknown(value.reason, origin);
  const items = String(value.value)
    .split(delimiter)
    .map((text) => textValue(text, origin));
  return { state: "list", items, collection: "list", origin };
}

/**
 * A string's UTF-8 bytes in Base64, which is how EC2 takes user data.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-base64.html
 */
export function evaluateBase64(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { diagnostics } = context;
  const value = context.evaluate(call.argument);
  if (!isScalarValue(value)) {
    return diagnostics.invalid(call.node, "Fn::Base64 encodes a string");
  }
  return combineTexts([value], call.node, diagnostics, (text) => encodeBase64(encodeUtf8(text)));
}

/**
 * A list or mapping as JSON, in the order in which it is written.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html
 */
export function evaluateToJsonString(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const { diagnostics } = context;
  const rejected = withoutLanguageExtensions(call, context);
  if (rejected !== undefined) return rejected;
  const value = context.evaluate(call.argument);
  if (value.state === "known" || value.state === "unset") {
    return diagnostics.invalid(call.node, "Fn::ToJsonString takes a list or a mapping");
  }
  const origin = diagnostics.written(call.node);
  const json = { text: "" };
  const unknownPart = writeJson(value, json);
  if (unknownPart !== undefined) return unknown(unknownPart.reason, takenFrom(origin, unknownPart));
  return json.text.length > LONGEST_TEXT
    ? diagnostics.notSupported(call.node, TOO_LONG)
    : textValue(json.text, origin);
}

/** Writes the value behind what there is, until that is too long; gives the first unknown part. */
function writeJson(value: Evaluated, json: { text: string }): EvaluatedUnknown | undefined {
  switch (value.state) {
    case "known":
      json.text += JSON.stringify(value.value);
      return undefined;
    case "unset":
      json.text += "null";
      return undefined;
    case "unknown":
      return value;
    case "list":
      return writeAll(
        value.items.map((item) => ["", item]),
        "[]",
        json,
      );
    case "map": {
      const members = [...value.entries].map(([name, entry]) => [name, entry.value] as const);
      const written = members.filter(([, member]) => member.state !== "unset");
      return writeAll(
        written.map(([name, member]) => [`${JSON.stringify(name)}:`, member]),
        "{}",
        json,
      );
    }
  }
}

function writeAll(
  parts: readonly (readonly [label: string, value: Evaluated])[],
  brackets: "[]" | "{}",
  json: { text: string },
): EvaluatedUnknown | undefined {
  json.text += brackets.charAt(0);
  for (const [index, [label, value]] of parts.entries()) {
    if (json.text.length > LONGEST_TEXT) return undefined;
    json.text += index === 0 ? label : `,${label}`;
    const unknownPart = writeJson(value, json);
    if (unknownPart !== undefined) return unknownPart;
  }
  json.text += brackets.charAt(1);
  return undefined;
}

/**
 * The value that the scenario has chosen for a parameter, choosing one where it has not. Lists
 * cannot say what they possibly are, so functions that make one ask for a certain value.
 */
function tryValues(value: Evaluated, context: TemplateContext): Evaluated {
  if (value.state !== "unknown") return value;
  const { subject, possible, origin } = value;
  if (subject === undefined || possible === undefined) return value;
  if (possible.length > TRIED_VALUES_LIMIT) return value;
  for (const candidate of possible) {
    const isChosen = context.scenarios.decide(isOneOf(subject, [candidate]));
    if (isChosen === undefined) return value;
    if (isChosen) return known(candidate, origin);
  }
  return value;
}

function scalarItems(items: readonly Evaluated[]): readonly ScalarValue[] | undefined {
  return items.every(isScalarValue) ? items : undefined;
}
