import type { PropertyType } from "../data/resource-types.js";
import {
  type DeclaredProperty,
  definitionsIn,
  type WrittenValue,
} from "../model/declared-property.js";
import { rename, replaceValue } from "../findings/fix.js";
import type { Failure } from "../findings/problem.js";
import type { Evaluated } from "../values/evaluated.js";
import type { Scalar } from "../values/value.js";
import { defineRule } from "./define-rule.js";
import { describeType, nameOfType, pathOf } from "./property-wording.js";
import { nearestWord, type UnknownName, unknownNames } from "./unknown-names.js";

const messages = {
  "unknown-property": {
    says: "{address} sets {name}, which {type} does not have, so the deployment fails",
    advice: "did you mean {nearest}?",
  },
  "missing-property": {
    says: "{address} has no {name}, which {type} requires, so the deployment fails",
    advice: "add {name}",
  },
  "wrong-type": {
    says: "{address} sets {name} to {value}, which is not {wanted}, so the deployment fails",
    advice: "write {wanted}",
  },
  rejected: {
    says: "{address} sets {name} to {value}, which AWS rejects",
    advice: "write {wanted}",
  },
} as const;

type Invalid = Failure<keyof typeof messages>;

/** Reports properties that CloudFormation will reject. */
export const validProperties = defineRule({
  id: "valid-properties",
  subject: "property",
  dialects: ["cloudformation"],
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "Properties must be ones that CloudFormation accepts.",
  rationale: `
A misspelt, missing or mistyped property makes the deployment fail, at worst halfway through an
update. This is checked for the types that launch instances, name what instances are launched from,
or constrain the metadata service. CloudFormation reads \`"true"\` as true, \`"8"\` as a number and
numbers as strings, and so does this rule. Metadata options have a rule of their own,
\`valid-metadata-options\`.
`,
  undecided: `
Never: a value that is not known is not reported, nor is anything in a template that a macro rewrites.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-type-schemas.html",
  ],
  peers: { "cfn-lint": ["E3002", "E3003", "E3012", "E3030"] },
  messages,

  *check(property) {
    const { written } = property;
    if (written === undefined) return;
    const unknown = unknownNames(property);
    yield* misspelt(property, unknown);
    yield* missing(property, written, unknown);
    yield* unacceptable(property, written);
  },
});

function* misspelt(property: DeclaredProperty, unknown: readonly UnknownName[]): Iterable<Invalid> {
  for (const { name, key, nearest } of unknown) {
    if (nearest === undefined) continue;
    const data = { address: property.address, name, type: nameOfType(property), nearest };
    const at = { location: key, step: "written", name } as const;
    const option = pathOf(property, name);
    const fix = rename(key, name, nearest);
    yield { kind: "fail", message: "unknown-property", data, at, option, fix };
  }
}

function* missing(
  property: DeclaredProperty,
  { value, place }: WrittenValue,
  unknown: readonly UnknownName[],
): Iterable<Invalid> {
  if (value.state !== "map") return;
  for (const [name, { isRequired }] of definitionsIn(property.type) ?? []) {
    // One that is misspelt would be the same mistake twice.
    if (!isRequired || unknown.some(({ nearest }) => nearest === name)) continue;
    const entry = value.entries.get(name);
    if (entry !== undefined && entry.value.state !== "unset") continue;
    const data = { address: property.address, name, type: nameOfType(property) };
    const at = { location: entry?.key ?? place, step: "written", name } as const;
    yield { kind: "fail", message: "missing-property", data, at, option: pathOf(property, name) };
  }
}

function* unacceptable(property: DeclaredProperty, { value }: WrittenValue): Iterable<Invalid> {
  const { type, address } = property;
  if (type.kind === "any") return;
  const isCollection = value.state === "list" || value.state === "map";
  if (isCollection && takesCollection(type, value.state)) return;
  const candidates = candidatesOf(value);
  if (!isCollection) {
    if (candidates.length === 0 || candidates.some((scalar) => takesScalar(type, scalar))) return;
  }
  const path = pathOf(property);
  const name = path === "" ? "Properties" : path;
  const data = { address, name, wanted: describeType(type) };
  const failure = { kind: "fail", at: value.origin, option: path } as const;
  if (isCollection) {
    const found = value.state === "list" ? "a list" : "a mapping";
    yield { ...failure, message: "wrong-type", data: { ...data, value: found } };
    return;
  }
  const found = candidates.map((scalar) => JSON.stringify(scalar)).join(" or ");
  if (type.kind !== "string" || type.words === undefined) {
    yield { ...failure, message: "wrong-type", data: { ...data, value: found } };
    return;
  }
  const nearest = nearestWord(String(candidates[0]), type.words);
  const wanted = nearest === undefined ? data.wanted : JSON.stringify(nearest);
  const [written] = candidates;
  const fix =
    nearest === undefined || written === undefined || value.state !== "known"
      ? undefined
      : replaceValue(value.origin, written, nearest);
  yield { ...failure, message: "rejected", data: { ...data, wanted, value: found }, fix };
}

/** The scalars it can be, where those are known. */
function candidatesOf(value: Evaluated): readonly Scalar[] {
  if (value.state === "known") return [value.value];
  return value.state === "unknown" ? (value.possible ?? []) : [];
}

function takesCollection(type: PropertyType, found: "list" | "map"): boolean {
  return found === "list" ? type.kind === "list" : type.kind === "map" || type.kind === "object";
}

/**
 * CloudFormation makes of scalars what the property wants: `"true"` is true, `"8"` is 8, 8 is `"8"`.
 * What it makes of 0 and 1 where a boolean belongs is not documented, so they pass.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
function takesScalar(type: PropertyType, scalar: Scalar): boolean {
  const text = String(scalar).trim();
  switch (type.kind) {
    case "any":
      return true;
    case "list":
    case "map":
    case "object":
      return false;
    case "boolean":
      return /^(?:true|false|0|1)$/i.test(text);
    case "integer":
      return text !== "" && Number.isInteger(Number(text));
    case "number":
      return text !== "" && Number.isFinite(Number(text));
    case "string":
      return type.words?.includes(String(scalar)) ?? true;
  }
}
