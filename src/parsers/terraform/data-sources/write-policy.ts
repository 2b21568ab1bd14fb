import { jsonString, sortedEntries } from "../functions/json-text.js";
import {
  type Json,
  type PolicyCondition,
  type PolicyDocument,
  policyElements,
  type PolicyPrincipal,
  type PolicyStatement,
} from "./policy-model.js";
import { oneOrList } from "./string-set.js";

/**
 * The text of a policy document, byte by byte as the AWS provider writes it: with line breaks and two
 * spaces for each level as `json`, with neither as `minified_json`.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_model.go
 */
export function writePolicy(document: PolicyDocument, layout: "indented" | "minified"): string {
  return writeJson(documentJson(document), layout === "indented" ? "\n" : "");
}

function documentJson({ version, id, statements }: PolicyDocument): Json {
  const members = new Map<string, Json>();
  if (version !== "") members.set("Version", version);
  if (id !== "") members.set("Id", id);
  if (statements.length > 0) members.set("Statement", statements.map(statementJson));
  return members;
}

function statementJson(statement: PolicyStatement): Json {
  const { sid, effect, elements, principals, notPrincipals, conditions } = statement;
  const members = new Map<string, Json>();
  if (sid !== "") members.set("Sid", sid);
  if (effect !== "") members.set("Effect", effect);
  for (const name of policyElements) {
    const element = elements.get(name);
    if (element !== undefined) members.set(name, element);
  }
  if (principals.length > 0) members.set("Principal", principalsJson(principals));
  if (notPrincipals.length > 0) members.set("NotPrincipal", principalsJson(notPrincipals));
  if (conditions.length > 0) members.set("Condition", conditionsJson(conditions));
  return members;
}

/** Everyone, and nobody else, is `"*"`; a type that is there twice gets the identifiers of both. */
function principalsJson(principals: readonly PolicyPrincipal[]): Json {
  const [first, second] = principals;
  if (first?.type === "*" && second === undefined && isEveryone(first)) return "*";
  const byType = new Map<string, string | readonly string[]>();
  for (const { type, identifiers } of principals) {
    const others = byType.get(type);
    byType.set(type, others === undefined ? identifiers : [others, identifiers].flat());
  }
  return new Map(sortedEntries(byType));
}

function isEveryone({ identifiers }: PolicyPrincipal): boolean {
  return typeof identifiers === "string"
    ? identifiers === "*"
    : identifiers.length === 1 && identifiers[0] === "*";
}

function conditionsJson(conditions: readonly PolicyCondition[]): Json {
  const byTest = new Map<string, Map<string, readonly string[]>>();
  for (const { test, variable, values } of conditions) {
    const byVariable = byTest.get(test) ?? new Map<string, readonly string[]>();
    byTest.set(test, byVariable.set(variable, [...(byVariable.get(variable) ?? []), ...values]));
  }
  const tests = sortedEntries(byTest).map(([test, byVariable]) => {
    const variables = sortedEntries(byVariable).map(
      ([variable, values]) => [variable, oneOrList(values)] as const,
    );
    return [test, new Map(variables)] as const;
  });
  return new Map(tests);
}

/** `lineBreak` is that between the value's parts and what stands before them; empty for none. */
function writeJson(value: Json, lineBreak: string): string {
  if (typeof value === "string") return jsonString(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = lineBreak === "" ? "" : `${lineBreak}  `;
  if (isList(value)) {
    const items = value.map((item) => inner + writeJson(item, inner));
    return items.length === 0 ? "[]" : `[${items.join(",")}${lineBreak}]`;
  }
  const colon = lineBreak === "" ? ":" : ": ";
  const members = [...value].map(
    ([name, member]) => inner + jsonString(name) + colon + writeJson(member, inner),
  );
  return members.length === 0 ? "{}" : `{${members.join(",")}${lineBreak}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
