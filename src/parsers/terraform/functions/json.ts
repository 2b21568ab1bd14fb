import type { Evaluated, EvaluatedEntry } from "../../../values/evaluated.js";
import { known, unset } from "../../../values/value.js";
import { parseJson } from "../../json/parse-json.js";
import type { DataNode, MappingEntry, MappingNode } from "../../yaml/syntax-tree.js";
import { unary } from "./arity.js";
import { type CallAt, placesIn } from "./decoded-places.js";
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
  decodeAt(placesIn(parameters[0], call))(parameters, call);

const decodeAt = (callAt: CallAt | undefined): TerraformFunction =>
  overScalars(["string"], ([text], call) => {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      return failure("not valid JSON");
    }
    if (hasInexactNumber(text)) return notSupported("numbers of so many digits", call);
    const places = callAt === undefined ? undefined : { callAt, node: parseJson(text).root };
    return toValue(data, call, places, 0);
  });

/** Where the data stands, if that is known: its node in the text. */
interface Places {
  readonly callAt: CallAt;
  readonly node: DataNode | undefined;
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
  places: Places | undefined,
  depth: number,
  name?: string,
): FunctionResult {
  if (depth > DEEPEST_DATA) return notSupported("JSON that nests so deeply", call);
  const { callAt, node } = places ?? {};
  const here = node === undefined ? call : (callAt?.(node.range, name) ?? call);
  const { origin } = here;
  if (typeof data === "string") return success(madeString(wellFormed(data), origin));
  if (typeof data === "number" || typeof data === "boolean") return success(known(data, origin));
  if (Array.isArray(data)) {
    const items: Evaluated[] = [];
    for (const [index, part] of data.entries()) {
      const own = node?.kind === "sequence" ? node.items[index] : undefined;
      const item = toValue(part, call, places && { ...places, node: own }, depth + 1);
      if (!item.ok) return item;
      items.push(item.value);
    }
    return listResult(items, "tuple", here);
  }
  if (typeof data !== "object" || data === null) return success(unset(origin));
  const entries = new Map<string, EvaluatedEntry>();
  for (const [key, part] of Object.entries(data)) {
    const attribute = wellFormed(key);
    // Terraform stumbles over its own normalization there.
    if (attribute !== attribute.normalize("NFC")) {
      return failure(`unsupported attribute "${attribute}"`);
    }
    const own = node?.kind === "mapping" ? lastEntryOf(node, key) : undefined;
    const at = places && { ...places, node: own?.value };
    const value = toValue(part, call, at, depth + 1, attribute);
    if (!value.ok) return value;
    const place = own === undefined ? undefined : callAt?.(own.key.range).origin.from?.location;
    entries.set(attribute, { key: place ?? origin.location, value: value.value });
  }
  return success({ state: "map", entries, origin });
}

/** Of equal keys the last one counts. */
function lastEntryOf({ entries }: MappingNode, key: string): MappingEntry | undefined {
  return entries.findLast((entry) => entry.key.text === key);
}

/** Half a surrogate pair is no character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
