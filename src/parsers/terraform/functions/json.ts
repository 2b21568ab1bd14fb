import type { Evaluated, EvaluatedEntry } from "../../../values/evaluated.js";
import { known, unset } from "../../../values/value.js";
import { parseJson } from "../../json/parse-json.js";
import { unary } from "./arity.js";
import { type DecodedPlace, placeOfNode, placeOfValue, placesIn } from "./decoded-places.js";
import { failure, success } from "./function-result.js";
import { jsonText } from "./json-text.js";
import { encodedFrom, madeFrom, madeString, notSupported, unknownResult } from "./made-value.js";
import { isExactly } from "./number-precision.js";
import { listResult } from "./read-parameter.js";
import { overScalars } from "./scalar-function.js";
import type {
  FunctionCallContext,
  FunctionResult,
  TerraformFunction,
} from "./terraform-function.js";

/** Deeper data is not read, so that whoever walks a value may recurse. */
const DEEPEST_DATA = 500;

/**
 * Unknown as a whole where a part of the value is.
 * https://developer.hashicorp.com/terraform/language/functions/jsonencode
 */
export const jsonencode = unary((parameter, call) => {
  if (holdsInfinity(parameter)) return failure("JSON has no infinite numbers");
  const text = jsonText(parameter);
  if (typeof text !== "string") return encodedFrom(parameter, unknownResult(text, call));
  const made = success(madeString(text, madeFrom([parameter], call).origin));
  return encodedFrom(parameter, made);
});

/** Divisions by zero give such numbers. */
function holdsInfinity(value: Evaluated): boolean {
  switch (value.state) {
    case "known":
      return value.value === Infinity || value.value === -Infinity;
    case "list":
      return value.items.some(holdsInfinity);
    case "map":
      return [...value.entries.values()].some((entry) => holdsInfinity(entry.value));
    default:
      return false;
  }
}

/** https://developer.hashicorp.com/terraform/language/functions/jsondecode: arrays become tuples. */
export const jsondecode: TerraformFunction = (parameters, call) =>
  decodeAt(parameters[0])(parameters, call);

const decodeAt = (encoded: Evaluated | undefined): TerraformFunction =>
  overScalars(["string"], ([text], call) => {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      return failure("not valid JSON");
    }
    if (hasInexactNumber(text)) return notSupported("numbers of so many digits", call);
    return toValue(data, call, placeOf(text, encoded, call), 0);
  });

/** Where the data stand, if that is known. */
function placeOf(
  text: string,
  encoded: Evaluated | undefined,
  call: FunctionCallContext,
): DecodedPlace | undefined {
  const composition = encoded?.state === "known" ? encoded.composition : undefined;
  if (composition?.kind === "encoded") return placeOfValue(composition.value, call);
  const callAt = placesIn(encoded, call);
  const root = callAt === undefined ? undefined : parseJson(text).root;
  return callAt === undefined || root === undefined ? undefined : placeOfNode(root, callAt);
}

function hasInexactNumber(text: string): boolean {
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:[eE][+-]?\d+)?/g)) {
    if (!token.startsWith('"') && !isExactly(Number(token), token)) return true;
  }
  return false;
}

function toValue(
  data: unknown,
  call: FunctionCallContext,
  place: DecodedPlace | undefined,
  depth: number,
): FunctionResult {
  if (depth > DEEPEST_DATA) return notSupported("JSON that nests so deeply", call);
  const { origin } = place ?? call;
  if (typeof data === "string") return success(madeString(wellFormed(data), origin));
  if (typeof data === "number" || typeof data === "boolean") return success(known(data, origin));
  if (Array.isArray(data)) {
    const items: Evaluated[] = [];
    for (const [index, part] of data.entries()) {
      const item = toValue(part, call, place?.part(index), depth + 1);
      if (!item.ok) return item;
      items.push(item.value);
    }
    return listResult(items, "tuple", { ...call, origin });
  }
  if (typeof data !== "object" || data === null) return success(unset(origin));
  const entries = new Map<string, EvaluatedEntry>();
  for (const [key, part] of Object.entries(data)) {
    const name = wellFormed(key);
    // Terraform stumbles over its own normalization there.
    if (name !== name.normalize("NFC")) return failure(`unsupported attribute "${name}"`);
    const value = toValue(part, call, place?.part(key), depth + 1);
    if (!value.ok) return value;
    entries.set(name, { key: place?.keyAt(key) ?? origin.location, value: value.value });
  }
  return success({ state: "map", entries, origin });
}

/** Half a surrogate pair is no character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
