import type { InputError } from "../../../findings/input-error.js";
import type { SourceFile } from "../../../source/source-file.js";
import type { TextRange } from "../../../source/text-range.js";
import {
  type DataNode,
  entryOf,
  type MappingNode,
  type ScalarNode,
} from "../../yaml/syntax-tree.js";
import type { GivenParameter } from "../parameters.js";
import { isNull, textOf } from "../scalar-text.js";
import { readArgument } from "./key-value-pairs.js";
import { invalidParameters } from "./parameter-set.js";

/** Values for parameters, by name. */
export interface GivenValues {
  readonly values: ReadonlyMap<string, GivenParameter>;
  readonly errors: readonly InputError[];
}

/** Reads the values that JSON or YAML gives, in whichever form. */
export function readValues(root: DataNode, file: SourceFile): GivenValues {
  const reader = new ValueReader(file);
  reader.read(root);
  return reader;
}

class ValueReader implements GivenValues {
  readonly values = new Map<string, GivenParameter>();
  readonly errors: InputError[] = [];
  readonly #file: SourceFile;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  read(root: DataNode): void {
    if (root.kind === "sequence") {
      for (const item of root.items) this.#readItem(item);
    } else if (root.kind === "mapping") {
      const parameters = entryOf(root, "Parameters")?.value;
      if (parameters === undefined || parameters.kind === "scalar") this.#readMapping(root);
      else this.read(parameters);
    } else {
      this.#invalid(root.range, "parameters are a mapping of names to values, or a list");
    }
  }

  /** An item of a list: a mapping with `ParameterKey`, or a text `Name=Value`. */
  #readItem(item: DataNode): void {
    const pair = item.kind === "scalar" ? readArgument(item.text) : undefined;
    if (pair !== undefined) {
      this.#set(pair.name, pair.value, item.range);
      return;
    }
    const key = item.kind === "mapping" ? entryOf(item, "ParameterKey")?.value : undefined;
    if (item.kind !== "mapping" || key?.kind !== "scalar") {
      this.#invalid(item.range, "an item is a mapping with ParameterKey and ParameterValue");
      return;
    }
    const value = entryOf(item, "ParameterValue")?.value;
    const previous = entryOf(item, "UsePreviousValue");
    if (previous?.value.kind === "scalar" && textOf(previous.value) === "true") {
      const range = { start: previous.key.range.start, end: previous.value.range.end };
      const location = { path: this.#file.path, range };
      this.values.set(key.text, { kind: "previous", location });
    } else if (value === undefined) {
      this.#invalid(key.range, `parameter ${key.text} has no ParameterValue`);
    } else {
      this.#setValue(key, value);
    }
  }

  #readMapping({ entries }: MappingNode): void {
    for (const { key, value } of entries) this.#setValue(key, value);
  }

  #setValue(key: ScalarNode, value: DataNode): void {
    const text = textOfValue(value);
    if (text !== undefined) this.#set(key.text, text, value.range);
    else this.#invalid(key.range, `the value of parameter ${key.text} must be a string`);
  }

  #set(name: string, text: string, range: TextRange): void {
    this.values.set(name, { kind: "text", text, location: { path: this.#file.path, range } });
  }

  #invalid(range: TextRange, message: string): void {
    this.errors.push(invalidParameters(this.#file, range, message));
  }
}

/** A list becomes what CloudFormation wants for one: its items with commas between them. */
function textOfValue(node: DataNode): string | undefined {
  if (node.kind === "scalar") return isNull(node) ? undefined : textOf(node);
  if (node.kind === "mapping") return undefined;
  const items = node.items.map((item) => (item.kind === "scalar" ? textOf(item) : undefined));
  return items.includes(undefined) ? undefined : items.join(",");
}
