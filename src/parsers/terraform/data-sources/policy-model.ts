/** A policy document as the AWS provider holds it: what is empty is not written. */
export interface PolicyDocument {
  readonly version: string;
  readonly id: string;
  readonly statements: readonly PolicyStatement[];
}

/** A statement of a policy document. */
export interface PolicyStatement {
  readonly sid: string;
  readonly effect: string;
  /** `Action`, `NotAction`, `Resource` and `NotResource`, those that are there. */
  readonly elements: ReadonlyMap<PolicyElement, Json>;
  readonly principals: readonly PolicyPrincipal[];
  readonly notPrincipals: readonly PolicyPrincipal[];
  readonly conditions: readonly PolicyCondition[];
}

/** The parts of a statement that the provider passes on as they are, in the order it writes them. */
export const policyElements = ["Action", "NotAction", "Resource", "NotResource"] as const;

/** One of {@link policyElements}. */
export type PolicyElement = (typeof policyElements)[number];

/** Whom a statement is about: one text and a list of one are written differently. */
export interface PolicyPrincipal {
  readonly type: string;
  readonly identifiers: string | readonly string[];
}

/** `"StringEquals": { "aws:username": ["a", "b"] }`. */
export interface PolicyCondition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** JSON's data. Members of objects keep their order, even where names are digits. */
export type Json = string | number | boolean | null | readonly Json[] | ReadonlyMap<string, Json>;

/** A document that says nothing. */
export const emptyPolicy: PolicyDocument = { version: "", id: "", statements: [] };

/**
 * `document` with `added` merged in: its id, the later version, and its statements, which take the
 * place of those of the same sid.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function mergePolicy(document: PolicyDocument, added: PolicyDocument): PolicyDocument {
  const statements = [...document.statements];
  for (const statement of added.statements) {
    const index =
      statement.sid === "" ? -1 : statements.findIndex(({ sid }) => sid === statement.sid);
    if (index === -1) statements.push(statement);
    else statements[index] = statement;
  }
  return {
    id: added.id === "" ? document.id : added.id,
    version: added.version > document.version ? added.version : document.version,
    statements,
  };
}

/** The first sid that two of the statements share, or undefined. */
export function duplicateSid(statements: readonly PolicyStatement[]): string | undefined {
  const seen = new Set<string>();
  for (const { sid } of statements) {
    if (sid !== "" && seen.has(sid)) return sid;
    seen.add(sid);
  }
  return undefined;
}
