import type { TextRange } from "../../../source/text-range.js";
import type { Attribute, Block, Body, Label } from "../../hcl/syntax-tree.js";
import { parseJson } from "../../json/parse-json.js";
import type { DataNode, MappingEntry, ScalarNode } from "../../yaml/syntax-tree.js";
import {
  type BlockStructure,
  type BodyStructure,
  fileStructure,
  nestedBlock,
  providerBlockTypes,
  variableValuesStructure,
} from "./block-structure.js";
import {
  innerRange,
  isListOfObjects,
  isNothing,
  type JsonSyntaxError,
  objectsOf,
} from "./json-value.js";
import { ExpressionReader } from "./read-expression.js";

/** What is made of a text in Terraform's JSON syntax. */
export interface ParsedTerraformJson {
  /** As if the text had been written in HCL's native syntax; names and labels have their quotes. */
  readonly body: Body;
  /** In source order; empty if the text is valid. */
  readonly errors: readonly JsonSyntaxError[];
}

/**
 * Parses a `.tf.json` file. Never throws: of broken text it reads what can be read.
 * https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function parseTerraformJson(text: string): ParsedTerraformJson {
  return new TerraformJsonReader(text).read(fileStructure);
}

/** Parses a `.tfvars.json` file, which holds nothing but arguments. Never throws. */
export function parseVariableValuesJson(text: string): ParsedTerraformJson {
  return new TerraformJsonReader(text).read(variableValuesStructure);
}

class TerraformJsonReader {
  readonly #source: string;
  readonly #errors: JsonSyntaxError[] = [];
  readonly #expressions: ExpressionReader;

  constructor(source: string) {
    this.#source = source;
    this.#expressions = new ExpressionReader(source, this.#errors);
  }

  read(structure: BodyStructure): ParsedTerraformJson {
    const { root, errors } = parseJson(this.#source);
    // Blocks of one type may stand in several properties of one name.
    this.#errors.push(...errors.filter(({ code }) => code !== "duplicate-key"));
    const range = { start: 0, end: this.#source.length };
    const objects = root === undefined ? [] : this.#objectsIn(root, "this file");
    const body = this.#readBody(
      objects.flatMap(({ entries }) => entries),
      range,
      structure,
    );
    this.#errors.sort((a, b) => a.range.start - b.range.start);
    return { body, errors: this.#errors };
  }

  #readBody(entries: readonly MappingEntry[], range: TextRange, structure: BodyStructure): Body {
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (const { key, value } of withoutComments(entries)) {
      const block = blockStructureOf(key.text, value, structure);
      if (block !== undefined) {
        blocks.push(...this.#readBlocks({ type: key, labels: [], structure: block }, value));
      } else if (attributes.has(key.text)) {
        const message = `argument ${JSON.stringify(key.text)} is already set`;
        this.#errors.push({ code: "duplicate-key", message, range: key.range });
      } else {
        const reading = structure.readings.get(key.text) ?? structure.reading;
        attributes.set(key.text, {
          name: { name: key.text, range: key.range },
          value: this.#expressions.read(value, reading),
          range: { start: key.range.start, end: value.range.end },
        });
      }
    }
    return { attributes: [...attributes.values()], blocks, range };
  }

  #readBlocks(header: Header, value: DataNode): readonly Block[] {
    const { type, labels, structure } = header;
    if (labels.length < structure.labels) {
      return this.#labelsIn(value, type.text).flatMap(({ key, value: inner }) => {
        const label = { value: key.text, range: key.range };
        return this.#readBlocks({ ...header, labels: [...labels, label] }, inner);
      });
    }
    const objects = this.#objectsIn(value, `${type.text} blocks`);
    return objects.map((object) => {
      const own = (labels.at(-1) ?? type).range;
      // Of several blocks with one header each has only its body to itself.
      const place = objects.length === 1 ? own : object.range;
      return {
        type: { name: type.text, range: type.range },
        labels,
        body: this.#readBody(object.entries, innerRange(object, this.#source), structure.body),
        header: place,
        range: { start: place.start, end: object.range.end },
      };
    });
  }

  /** The properties whose names are a label of blocks of that type. */
  #labelsIn(value: DataNode, type: string): readonly MappingEntry[] {
    const entries = this.#objectsIn(value, `the labels of ${type} blocks`).flatMap(
      (object) => object.entries,
    );
    const labels = withoutComments(entries);
    for (const { key } of entries) {
      if (key.text !== "//") continue;
      this.#report(`comments cannot stand beside the labels of ${type} blocks`, key.range);
    }
    const isReported = value.kind === "scalar" && value.text !== "null";
    if (labels.length === 0 && !isReported) {
      this.#report(`${type} blocks need a label, which is missing here`, value.range);
    }
    return labels;
  }

  /** The object or objects that `what` must be written as. Null stands for none. */
  #objectsIn(value: DataNode, what: string): ReturnType<typeof objectsOf> {
    const members = value.kind === "sequence" ? value.items : [value];
    for (const member of members) {
      if (member.kind === "mapping" || isNothing(member)) continue;
      const message = `an object or a list of objects is needed here for ${what}`;
      this.#report(message, member.range);
    }
    return objectsOf(value);
  }

  #report(message: string, range: TextRange): void {
    this.#errors.push({ code: "invalid-structure", message, range });
  }
}

interface Header {
  readonly type: ScalarNode;
  readonly labels: readonly Label[];
  readonly structure: BlockStructure;
}

/** https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties */
function withoutComments(entries: readonly MappingEntry[]): readonly MappingEntry[] {
  return entries.filter(({ key }) => key.text !== "//");
}

/** The structure of a property that is a block; undefined for an argument. */
function blockStructureOf(
  name: string,
  value: DataNode,
  { blocks, hasProviderBlocks }: BodyStructure,
): BlockStructure | undefined {
  const own = blocks.get(name);
  if (own !== undefined) return own;
  return hasProviderBlocks && isProviderBlock(name, value) ? nestedBlock : undefined;
}

function isProviderBlock(name: string, value: DataNode): boolean {
  if (isListOfObjects(value)) return true;
  const isKnown = providerBlockTypes.has(name);
  if (isNone(value)) return isKnown;
  return value.kind === "mapping" && (isKnown || makesBlocks(value));
}

/** No blocks: what an override file says so takes none away. */
function isNone(value: DataNode): boolean {
  return isNothing(value) || (value.kind === "sequence" && value.items.length === 0);
}

/** Whether a `dynamic` block stands somewhere within, which no map can hold. */
function makesBlocks(value: DataNode): boolean {
  return objectsOf(value).some(({ entries }) =>
    entries.some(
      ({ key, value: inner }) =>
        (key.text === "dynamic" && inner.kind !== "scalar") || makesBlocks(inner),
    ),
  );
}
