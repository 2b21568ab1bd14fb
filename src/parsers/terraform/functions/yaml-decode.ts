import type { Evaluated, EvaluatedEntry } from "../../../values/evaluated.js";
import { decidingOrigin, type Origin } from "../../../values/origin.js";
import { unset } from "../../../values/value.js";
import { parseYaml } from "../../yaml/parse-yaml.js";
import type { DataNode, MappingNode } from "../../yaml/syntax-tree.js";
import { scalarToString } from "../conversion.js";
import { type CallAt, placesIn } from "./decoded-places.js";
import { failure, success } from "./function-result.js";
import { notSupported } from "./made-value.js";
import { listResult } from "./read-parameter.js";
import { overScalars } from "./scalar-function.js";
import type { FunctionResult, TerraformFunction } from "./terraform-function.js";
import { isMergeKey, scalarValue, unsupportedTag, YAML_TAG } from "./yaml-scalar.js";

/**
 * One document; YAML 1.2's numbers, YAML 1.1's booleans, timestamps as strings.
 * https://developer.hashicorp.com/terraform/language/functions/yamldecode
 */
export const yamldecode: TerraformFunction = (parameters, call) =>
  decodeAt(placesIn(parameters[0], call) ?? (() => call))(parameters, call);

const decodeAt = (callAt: CallAt): TerraformFunction =>
  overScalars(["string"], ([text], call) => {
    const version = /^%YAML\s+(\S+)/m.exec(text)?.[1] ?? "1.1";
    if (version !== "1.1") return failure(`YAML ${version} is not supported`);
    const { documents, errors } = parseYaml(text);
    const error = errors.find(({ code }) => code !== "duplicate-key");
    if (error?.code === "too-deep") return notSupported("YAML that nests so deeply", call);
    if (error !== undefined) return failure(`not valid YAML: ${error.message}`);
    const count = countDocuments(text);
    if (count === 0) return failure("missing start of document");
    if (count > 1 || documents.length > 1) return failure("only a single document is allowed");
    const [document] = documents;
    if (document === undefined) return success(unset(call.origin));
    return new Reader(text, callAt).read(document);
  });

/** Documents with those that have no content, which are null. */
function countDocuments(text: string): number {
  const markers = text.match(/^---(?=\s|$)/gm)?.length ?? 0;
  const [beforeMarkers = ""] = text.split(/^---(?=\s|$)/m, 1);
  const hasContent = /^(?!\.\.\.\s*$|%)\uFEFF?[^\S\n]*[^\s#]/m.test(beforeMarkers);
  return markers + Number(hasContent);
}

class Reader {
  readonly #text: string;
  readonly #callAt: CallAt;

  constructor(text: string, callAt: CallAt) {
    this.#text = text;
    this.#callAt = callAt;
  }

  /** What a node comes to, the value of the key `name` if it is one. */
  read(node: DataNode, name?: string): FunctionResult {
    if (node.tag !== undefined && this.#hasBareTag(node)) return failure('unsupported tag "!"');
    const call = this.#callAt(node.range, name);
    switch (node.kind) {
      case "scalar": {
        const written = this.#text.slice(node.range.start, node.range.end);
        return scalarValue(node, written, call);
      }
      case "sequence": {
        if (node.tag !== undefined && node.tag !== `${YAML_TAG}seq`) return unsupportedTag(node);
        const items: Evaluated[] = [];
        for (const item of node.items) {
          const value = this.read(item);
          if (!value.ok) return value;
          items.push(value.value);
        }
        return listResult(items, "tuple", call);
      }
      case "mapping":
        if (node.tag !== undefined && node.tag !== `${YAML_TAG}map`) return unsupportedTag(node);
        return this.#readMapping(node, call.origin);
    }
  }

  /** The parser takes a bare `!` for the tag of its kind; Terraform knows no such tag. */
  #hasBareTag({ range }: DataNode): boolean {
    return /(?:^|[\s,[{])!\s*$/.test(this.#text.slice(0, range.start));
  }

  /** What comes later counts, be it a key of the mapping's own or of one that is merged into it. */
  #readMapping({ entries }: MappingNode, origin: Origin): FunctionResult {
    const values = new Map<string, EvaluatedEntry>();
    for (const { key, value } of entries) {
      const result = this.read(value, key.text);
      if (!result.ok) return result;
      if (isMergeKey(key)) {
        if (result.value.state !== "map") return failure("only mappings can be merged");
        for (const [name, entry] of result.value.entries) values.set(name, entry);
        continue;
      }
      const name = this.read(key);
      if (!name.ok) return name;
      if (name.value.state !== "known") return failure("mapping keys must not be null");
      const place = decidingOrigin(name.value.origin).location;
      values.set(scalarToString(name.value.value), { key: place, value: result.value });
    }
    return success({ state: "map", entries: values, origin });
  }
}
