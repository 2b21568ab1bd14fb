import { entryValue, type EvaluatedMap } from "../../../values/evaluated.js";
import { inSetOrder, serializeString } from "./block-set.js";
import { DataSourceArguments, type Obstacle } from "./data-source-arguments.js";
import {
  duplicateSid,
  emptyPolicy,
  type Json,
  mergePolicy,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyElement,
  type PolicyPrincipal,
  type PolicyStatement,
} from "./policy-model.js";
import { readPolicy } from "./read-policy.js";
import { oneOrList, reverseSorted } from "./string-set.js";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
const olderVersion = "2008-10-17";
const versions: readonly string[] = [olderVersion, "2012-10-17"];

/**
 * The policy document that a data source with these arguments makes: what its sources say, then its
 * own statements, then what overrides them.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocumentOf(properties: EvaluatedMap): PolicyDocument | Obstacle {
  const reader = new PolicyArguments();
  const document = reader.merged(properties);
  return reader.obstacle ?? document;
}

/** Whether there is something in the way of a document. */
export function isObstacle(result: PolicyDocument | Obstacle): result is Obstacle {
  return "kind" in result;
}

class PolicyArguments extends DataSourceArguments {
  /** `source_json` and `override_json` had a meaning up to version 4 of the provider. */
  merged(properties: EvaluatedMap): PolicyDocument {
    const sources = this.#documents(properties, "source_policy_documents");
    this.#rejectDuplicates(
      properties,
      sources.flatMap(({ statements }) => statements),
    );
    return [
      ...this.#document(properties, "source_json"),
      ...sources,
      this.#configured(properties),
      ...this.#documents(properties, "override_policy_documents"),
      ...this.#document(properties, "override_json"),
    ].reduce(mergePolicy, emptyPolicy);
  }

  #documents(properties: EvaluatedMap, name: string): readonly PolicyDocument[] {
    return this.texts(properties, name).flatMap((text) => this.#read(text, properties, name));
  }

  #document(properties: EvaluatedMap, name: string): readonly PolicyDocument[] {
    return this.#read(this.text(properties, name) ?? "", properties, name);
  }

  /** An empty text is no document, nor is what is not known, which has been noted. */
  #read(text: string, properties: EvaluatedMap, name: string): readonly PolicyDocument[] {
    if (text === "") return [];
    const reading = readPolicy(text);
    if (reading.ok) return [reading.document];
    this.reject(entryValue(properties, name) ?? properties, `${name}: ${reading.message}`);
    return [];
  }

  #configured(properties: EvaluatedMap): PolicyDocument {
    const version = this.#oneOf(versions, properties, "version", "2012-10-17");
    const id = this.text(properties, "policy_id") ?? "";
    const statements = this.blocks(properties, "statement").map((block) =>
      this.#statement(block, version),
    );
    this.#rejectDuplicates(properties, statements);
    return { version, id, statements };
  }

  #statement(block: EvaluatedMap, version: string): PolicyStatement {
    const sid = this.text(block, "sid") ?? "";
    const effect = this.#oneOf(["Allow", "Deny"], block, "effect", "Allow");
    const elements = new Map<PolicyElement, Json>();
    const add = (element: PolicyElement, texts: readonly string[], hasVariables = false) => {
      if (texts.length === 0) return;
      // In this order: `&` and `$` sort differently.
      const sorted = reverseSorted([...new Set(texts)]);
      elements.set(
        element,
        oneOrList(hasVariables ? this.#replace(block, sorted, version) : sorted),
      );
    };
    add("Action", this.texts(block, "actions"));
    add("NotAction", this.texts(block, "not_actions"));
    add("Resource", this.texts(block, "resources"), true);
    add("NotResource", this.texts(block, "not_resources"), true);
    return {
      sid,
      effect,
      elements,
      principals: this.#principals(block, "principals", version),
      notPrincipals: this.#principals(block, "not_principals", version),
      conditions: this.#conditions(block, version),
    };
  }

  #principals(block: EvaluatedMap, type: string, version: string): readonly PolicyPrincipal[] {
    const principals = this.blocks(block, type).map((principal) => ({
      type: this.requiredText(principal, "type"),
      identifiers: [...new Set(this.requiredTexts(principal, "identifiers"))],
    }));
    return inSetOrder(principals, (principal) => {
      const identifiers = inSetOrder(principal.identifiers, serializeString);
      const members = identifiers.map(serializeString).join("");
      return `identifiers:{${members}};type:${serializeString(principal.type)}`;
    }).map(({ type: kind, identifiers }) => ({
      type: kind,
      identifiers: oneOrList(reverseSorted(this.#replace(block, identifiers, version))),
    }));
  }

  #conditions(block: EvaluatedMap, version: string): readonly PolicyCondition[] {
    const conditions = this.blocks(block, "condition").map((condition) => ({
      test: this.requiredText(condition, "test"),
      variable: this.requiredText(condition, "variable"),
      values: this.requiredTexts(condition, "values"),
    }));
    return inSetOrder(conditions, ({ test, variable, values }) => {
      const members = values.map(serializeString).join("");
      return `test:${serializeString(test)}values:(${members});variable:${serializeString(variable)}`;
    }).map((condition) => ({
      ...condition,
      values: this.#replace(block, condition.values, version),
    }));
  }

  /** `&{aws:username}` is how a policy's own variables are spelled beside Terraform's. */
  #replace(block: EvaluatedMap, texts: readonly string[], version: string): readonly string[] {
    if (version === olderVersion && texts.some((text) => text.includes("&{")))
      this.reject(block, `"&{" needs a newer version than ${olderVersion}`);
    return texts.map((text) => text.replaceAll("&{", "${"));
  }

  #oneOf(allowed: readonly string[], map: EvaluatedMap, name: string, fallback: string): string {
    const text = this.text(map, name) ?? fallback;
    if (!allowed.includes(text))
      this.reject(entryValue(map, name) ?? map, `${name} must be one of ${allowed.join(", ")}`);
    return text;
  }

  #rejectDuplicates(place: EvaluatedMap, statements: readonly PolicyStatement[]): void {
    const sid = duplicateSid(statements);
    if (sid !== undefined) this.reject(place, `there are two statements ${sid}`);
  }
}
