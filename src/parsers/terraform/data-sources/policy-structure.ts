import {
  entryValue,
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedMap,
  type EvaluatedUnknown,
} from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import { known } from "../../../values/value.js";
import { documentIn } from "../../json-document.js";

/**
 * The document that `aws_iam_policy_document` makes, each part of it where it is written; what is not known
 * leaves the rest known. Layout, order and what the provider would complain of are the text's affair.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyStructure(properties: EvaluatedMap): EvaluatedMap {
  const own = statementsIn(entryValue(properties, "statement")).map(statementOf);
  const sources = ["source_json", "source_policy_documents"].flatMap((name) =>
    documentsIn(properties, name),
  );
  const overriding = ["override_policy_documents", "override_json"].flatMap((name) =>
    documentsIn(properties, name),
  );
  const statements = overriding.reduce(override, [...sources, ...own]);
  const { origin } = properties;
  return mapOf(
    [["Statement", { state: "list", collection: "tuple", items: statements, origin }]],
    origin,
  );
}

function mapOf(entries: readonly (readonly [string, Evaluated])[], origin: Origin): EvaluatedMap {
  const located = entries.map(([name, value]): readonly [string, EvaluatedEntry] => [
    name,
    { key: value.origin.location, value },
  ]);
  return { state: "map", entries: new Map(located), origin };
}

function statementsIn(value: Evaluated | undefined): readonly Evaluated[] {
  if (value === undefined || value.state === "unset") return [];
  return value.state === "list" ? value.items : [value];
}

/** The statements of the documents that an argument names. */
function documentsIn(properties: EvaluatedMap, name: string): readonly Evaluated[] {
  return statementsIn(entryValue(properties, name)).flatMap((text) => {
    const isEmpty = text.state === "unset" || (text.state === "known" && text.value === "");
    const document = isEmpty ? undefined : documentIn(text);
    if (document === undefined || document.state === "unset") return [];
    if (document.state !== "map") return [document];
    return statementsIn(entryValue(document, "Statement"));
  });
}

/** A statement takes the place of the one with its sid. */
function override(statements: readonly Evaluated[], added: Evaluated): readonly Evaluated[] {
  const sid = sidOf(added);
  const index = sid === undefined ? -1 : statements.findIndex((each) => sidOf(each) === sid);
  return index === -1 ? [...statements, added] : statements.with(index, added);
}

function sidOf(statement: Evaluated): string | undefined {
  const sid = statement.state === "map" ? entryValue(statement, "Sid") : undefined;
  return sid?.state === "known" && sid.value !== "" ? String(sid.value) : undefined;
}

const elementNames = [
  ["sid", "Sid"],
  ["effect", "Effect"],
  ["actions", "Action"],
  ["not_actions", "NotAction"],
  ["resources", "Resource"],
  ["not_resources", "NotResource"],
] as const;

function statementOf(block: Evaluated): Evaluated {
  if (block.state !== "map") return block;
  const { entries, origin } = block;
  const statement = new Map<string, EvaluatedEntry>();
  for (const [argument, name] of elementNames) {
    const entry = entries.get(argument);
    if (entry !== undefined && isThere(entry.value))
      statement.set(name, { key: entry.key, value: withVariables(entry.value) });
  }
  if (!statement.has("Effect"))
    statement.set("Effect", { key: origin.location, value: known("Allow", origin) });
  const conditions = conditionsOf(entryValue(block, "condition"), origin);
  if (conditions !== undefined)
    statement.set("Condition", { key: conditions.origin.location, value: conditions });
  return { ...block, entries: statement };
}

/** Empty lists are not written. */
function isThere(value: Evaluated): boolean {
  return value.state !== "unset" && !(value.state === "list" && value.items.length === 0);
}

/** `&{aws:username}` is how a policy's own variables are spelled beside Terraform's. */
function withVariables(value: Evaluated): Evaluated {
  if (value.state === "list") return { ...value, items: value.items.map(withVariables) };
  if (value.state !== "known" || typeof value.value !== "string") return value;
  return value.value.includes("&{")
    ? { ...value, value: value.value.replaceAll("&{", "${") }
    : value;
}

/** Conditions on one key with one operator have their values together. */
function conditionsOf(blocks: Evaluated | undefined, origin: Origin): Evaluated | undefined {
  const items = statementsIn(blocks);
  if (items.length === 0) return undefined;
  const byOperator = new Map<string, Map<string, EvaluatedEntry>>();
  for (const block of items) {
    const open = block.state === "map" ? (block.madeOf ?? openName(block)) : block;
    if (open !== undefined) return open.state === "unknown" ? open : undefined;
    if (block.state !== "map") continue;
    const [test, variable] = ["test", "variable"].map((name) => entryValue(block, name));
    const values = block.entries.get("values");
    if (test?.state !== "known" || variable?.state !== "known" || values === undefined) continue;
    const byKey = byOperator.get(String(test.value)) ?? new Map<string, EvaluatedEntry>();
    const key = String(variable.value);
    const before = byKey.get(key);
    const value = withVariables(values.value);
    byKey.set(key, {
      key: before?.key ?? variable.origin.location,
      value: before === undefined ? value : joined(before.value, value),
    });
    byOperator.set(String(test.value), byKey);
  }
  const operators = [...byOperator].map(
    ([operator, entries]) => [operator, { state: "map", entries, origin } as const] as const,
  );
  return mapOf(operators, origin);
}

function openName(block: EvaluatedMap): EvaluatedUnknown | undefined {
  for (const name of ["test", "variable"]) {
    const value = entryValue(block, name);
    if (value?.state === "unknown") return value;
  }
  return undefined;
}

function joined(one: Evaluated, other: Evaluated): Evaluated {
  if (one.state !== "list") return one;
  if (other.state !== "list") return other;
  return { ...one, items: [...one.items, ...other.items] };
}
