import type { Evaluated } from "../../../values/evaluated.js";
import { known, unset } from "../../../values/value.js";
import { unary } from "./arity.js";
import { failure, success } from "./function-result.js";
import { jsonText } from "./json-text.js";
import {
  encodedFrom,
  madeFrom,
  madeObject,
  madeString,
  notSupported,
  unknownResult,
} from "./made-value.js";
import { isExactly } from "./number-precision.js";
import { listResult } from "./read-parameter.js";
import { overScalars } from "./scalar-function.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";

/** Deeper data is not read, so that whoever walks a value may recurse. */
const DEEPEST_DATA = 500;

/**
 * Unknown as a whole where a part of the value is.
 * https://developer.hashicorp.com/terraform/language/functions/jsonencode
 */
export const jsonencode = unary((parameter, call) => {
  const text = jsonText(parameter);
  if (typeof text !== "string") return encodedFrom(parameter, unknownResult(text, call));
  const made = success(madeString(text, madeFrom([parameter], call).origin));
  return encodedFrom(parameter, made);
});

/** https://developer.hashicorp.com/terraform/language/functions/jsondecode: arrays become tuples. */
export const jsondecode = overScalars(["string"], ([text], call) => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return failure("not valid JSON");
  }
  if (hasInexactNumber(text)) return notSupported("numbers of so many digits", call);
  return toValue(data, call, 0);
});

function hasInexactNumber(text: string): boolean {
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:[eE][+-]?\d+)?/g)) {
    if (!token.startsWith('"') && !isExactly(Number(token), token)) return true;
  }
  return false;
}

function toValue(data: unknown, call: FunctionCallContext, depth: number): FunctionResult {
  const { origin } = call;
  if (depth > DEEPEST_DATA) return notSupported("JSON that nests so deeply", call);
  if (typeof data === "string") return success(madeString(wellFormed(data), origin));
  if (typeof data === "number" || typeof data === "boolean") return success(known(data, origin));
  if (Array.isArray(data)) {
    const items: Evaluated[] = [];
    for (const part of data) {
      const item = toValue(part, call, depth + 1);
      if (!item.ok) return item;
      items.push(item.value);
    }
    return listResult(items, "tuple", call);
  }
  if (typeof data !== "object" || data === null) return success(unset(origin));
  const attributes: (readonly [string, Evaluated])[] = [];
  for (const [key, part] of Object.entries(data)) {
    const name = wellFormed(key);
    // Terraform stumbles over its own normalization there.
    if (name !== name.normalize("NFC")) return failure(`unsupported attribute "${name}"`);
    const value = toValue(part, call, depth + 1);
    if (!value.ok) return value;
    attributes.push([name, value.value]);
  }
  return madeObject(attributes, origin);
}

/** Half a surrogate pair is no character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
