import { compareText } from "../functions/text-order.js";
import {
  type Json,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyElement,
  policyElements,
  type PolicyPrincipal,
  type PolicyStatement,
} from "./policy-model.js";
import { reverseSorted } from "./string-set.js";

/** What reading a policy comes to; the message is a clause. */
export type PolicyReading =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly message: string };

/** Deeper data is not read, so that whoever walks it may recurse. */
const DEEPEST_DATA = 500;

/** What the provider would not read. */
class MalformedPolicy extends Error {}

/**
 * Reads a policy's JSON as the AWS provider does before it merges: names in any case, statements in a
 * list and nowhere else, lists of principals sorted, numbers in conditions lost.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_model.go
 */
export function readPolicy(text: string): PolicyReading {
  try {
    return { ok: true, document: documentOf(parse(text)) };
  } catch (error) {
    if (error instanceof MalformedPolicy) return { ok: false, message: error.message };
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedPolicy("a policy document is not valid JSON");
  }
}

function documentOf(data: unknown): PolicyDocument {
  const members = membersOf(data, "a policy document");
  return {
    version: textOf(members.get("version"), "Version"),
    id: textOf(members.get("id"), "Id"),
    statements: listOf(members.get("statement"), "Statement").map(statementOf),
  };
}

function statementOf(data: unknown): PolicyStatement {
  if (data === null) throw new MalformedPolicy("a statement must not be null");
  const members = membersOf(data, "a statement");
  const elements = new Map<PolicyElement, Json>();
  for (const name of policyElements) {
    const element = members.get(name.toLowerCase());
    if (element !== undefined && element !== null) elements.set(name, toJson(element, 0));
  }
  return {
    sid: textOf(members.get("sid"), "Sid"),
    effect: textOf(members.get("effect"), "Effect"),
    elements,
    principals: principalsOf(members.get("principal")),
    notPrincipals: principalsOf(members.get("notprincipal")),
    conditions: conditionsOf(members.get("condition")),
  };
}

function principalsOf(data: unknown): readonly PolicyPrincipal[] {
  if (data === undefined) return [];
  // The provider takes any text for everyone.
  if (typeof data === "string") return [{ type: "*", identifiers: ["*"] }];
  if (data === null) throw new MalformedPolicy("principals must not be null");
  return Object.entries(objectOf(data, "principals")).map(([type, identifiers]) => ({
    type,
    identifiers:
      typeof identifiers === "string"
        ? identifiers
        : reverseSorted(textsOf(identifiers, "identifiers of principals")),
  }));
}

function conditionsOf(data: unknown): readonly PolicyCondition[] {
  const conditions: PolicyCondition[] = [];
  for (const [test, variables] of Object.entries(objectOf(data, "conditions"))) {
    for (const [variable, value] of Object.entries(objectOf(variables, "a condition"))) {
      if (typeof value === "string" || typeof value === "boolean") {
        conditions.push({ test, variable, values: [String(value)] });
      } else if (Array.isArray(value)) {
        conditions.push({ test, variable, values: textsOf(value, "values of conditions") });
      }
    }
  }
  return conditions;
}

/** The members of an object by their names in lower case, as Go matches them. */
function membersOf(data: unknown, what: string): ReadonlyMap<string, unknown> {
  const members = Object.entries(objectOf(data, what));
  return new Map(members.map(([name, value]) => [name.toLowerCase(), value]));
}

function objectOf(data: unknown, what: string): object {
  if (data === undefined || data === null) return {};
  if (typeof data === "object" && !Array.isArray(data)) return data;
  throw new MalformedPolicy(`${what} must be an object`);
}

function listOf(data: unknown, what: string): readonly unknown[] {
  if (data === undefined || data === null) return [];
  if (Array.isArray(data)) return data;
  throw new MalformedPolicy(`${what} must be a list`);
}

function textsOf(data: unknown, what: string): readonly string[] {
  if (!Array.isArray(data)) throw new MalformedPolicy(`${what} must be a text or a list`);
  return data.map((item: unknown) => {
    if (typeof item === "string") return item;
    throw new MalformedPolicy(`${what} must be texts`);
  });
}

function textOf(data: unknown, what: string): string {
  if (data === undefined || data === null) return "";
  if (typeof data === "string") return data;
  throw new MalformedPolicy(`${what} must be a text`);
}

function toJson(data: unknown, depth: number): Json {
  if (depth > DEEPEST_DATA) throw new MalformedPolicy("a policy nests too deeply");
  if (typeof data === "string" || typeof data === "number" || typeof data === "boolean")
    return data;
  if (Array.isArray(data)) return data.map((item) => toJson(item, depth + 1));
  if (typeof data !== "object" || data === null) return null;
  const sorted = Object.entries(data).sort(([left], [right]) => compareText(left, right));
  return new Map(sorted.map(([name, member]) => [name, toJson(member, depth + 1)]));
}
