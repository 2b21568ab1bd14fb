import type { DataNode } from "../parsers/yaml/syntax-tree.js";
import { nearestName } from "../rules/nearest-name.js";
import type { SourceFile } from "../source/source-file.js";
import type { ConfigurationError } from "./configuration-error.js";
import { below, nodeAt } from "./plain-value.js";
import type { SchemaError } from "./schema-errors.js";

/** Says what a validator complains of in words, each at the key or value to change, in source order. */
export function describeSchemaErrors(
  errors: readonly SchemaError[],
  root: DataNode,
  file: SourceFile,
): readonly ConfigurationError[] {
  return errors
    .filter(({ keyword }) => keyword !== "if")
    .map((error) => ({
      message: describe(error),
      location: file.location(placeOf(error, root).range),
    }))
    .sort((left, right) => left.location.range.start - right.location.range.start);
}

/** An unknown key stands at the key, what lacks one at the key before it, a wrong value at the value. */
function placeOf({ keyword, instancePath, params }: SchemaError, root: DataNode): DataNode {
  if (keyword === "additionalProperties") {
    const { node, key } = nodeAt(root, below(instancePath, nameOf(params)));
    return key ?? node;
  }
  const { node, key } = nodeAt(root, instancePath);
  return keyword === "required" ? (key ?? node) : node;
}

function describe(error: SchemaError): string {
  const subject = subjectOf(error.instancePath);
  switch (error.keyword) {
    case "additionalProperties":
      return describeUnknownKey(error);
    case "required":
      return `${subject} needs ${String(error.params["missingProperty"])}`;
    case "enum":
      return describeChoice(subject, error);
    case "type":
      return `${subject} must be ${describeTypes(error)}`;
    case "pattern":
      return describePattern(subject, error);
    case "minimum":
      return `${subject} must be at least ${String(error.params["limit"])}`;
    case "maximum":
      return `${subject} must be at most ${String(error.params["limit"])}`;
    default:
      return `${subject} ${error.message ?? "is not valid"}`;
  }
}

function describeUnknownKey({ instancePath, params, parentSchema }: SchemaError): string {
  const name = nameOf(params);
  const known = Object.keys((parentSchema?.["properties"] ?? {}) as object);
  const nearest = nearestName(name, known);
  if (instancePath.endsWith("/rules")) {
    const hint = nearest === undefined ? "--list-rules prints them all" : meant(nearest);
    return `there is no rule ${name}; ${hint}`;
  }
  const place = instancePath === "" ? "" : ` in ${subjectOf(instancePath)}`;
  const hint = nearest === undefined ? `there ${areOrIs(known)}` : meant(nearest);
  return `there is no key ${name}${place}; ${hint}`;
}

function areOrIs(known: readonly string[]): string {
  const names = known.filter((name) => !name.startsWith("$"));
  return `${names.length === 1 ? "is" : "are"} ${names.join(", ")}`;
}

function describeChoice(subject: string, { data, params }: SchemaError): string {
  const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
  const nearest = typeof data === "string" ? nearestName(data, allowed) : undefined;
  const hint = nearest === undefined ? "" : `; ${meant(nearest)}`;
  return `${subject} cannot be ${JSON.stringify(data)}, but ${oneOf(allowed)}${hint}`;
}

/** The examples of a schema are what a text of that form looks like, or all that there are. */
function describePattern(subject: string, { data, parentSchema }: SchemaError): string {
  const examples = (parentSchema?.["examples"] ?? []) as readonly string[];
  const [example = "", ...others] = examples;
  const text = String(data);
  if (others.length === 0) {
    return `${subject} cannot be ${JSON.stringify(text)}; write it as ${JSON.stringify(example)}`;
  }
  const nearest = nearestName(text.replace(/=.*/s, ""), examples);
  const hint = nearest === undefined ? `there are ${examples.join(", ")}` : meant(nearest);
  return `${subject} cannot be ${JSON.stringify(text)}; ${hint}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "a mapping",
  array: "a list",
};

function describeTypes({ params, data }: SchemaError): string {
  const types = [params["type"]].flat().map(String);
  const names = oneOf(types.map((type) => typeNames[type] ?? type));
  const isUnquoted = typeof data === "number" || typeof data === "boolean";
  return types.includes("string") && isUnquoted ? `${names}; put it in quotes` : names;
}

/** How a place is called in a sentence: `rules.require-imdsv2`, `overrides[0].files`. */
function subjectOf(pointer: string): string {
  if (pointer === "") return "a configuration";
  const steps = pointer.split("/").slice(1);
  return steps
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((name) => (/^\d+$/.test(name) ? `[${name}]` : `.${name}`))
    .join("")
    .slice(1);
}

function nameOf(params: SchemaError["params"]): string {
  return String(params["additionalProperty"]);
}

function meant(name: string): string {
  return `did you mean ${name}?`;
}

function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
