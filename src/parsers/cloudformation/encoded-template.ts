import { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { DataNode, ScalarNode } from "../yaml/syntax-tree.js";
import type { ParsedTemplate } from "./template-files.js";

/**
 * The template that a value becomes when it is spelled as JSON or YAML. Each part stands where it is
 * written. What is unknown, or comes from elsewhere, is a value from outside.
 */
export function encodedTemplate(value: Evaluated, place: Location): ParsedTemplate {
  const encoding = new Encoding();
  const root = encoding.nodeFor(value);
  return {
    file: new SourceFile(place.path, ""),
    root,
    errors: [],
    toLocation: ({ start }) => encoding.places[start] ?? place,
    outerValues: encoding.outerValues,
  };
}

class Encoding {
  /** Ranges in the tree start at the index of their place. */
  readonly places: Location[] = [];
  readonly outerValues = new Map<string, Evaluated>();

  nodeFor(value: Evaluated): DataNode {
    const { origin } = value;
    const range = this.#rangeFor(origin.location);
    switch (value.state) {
      case "map": {
        const entries = [...value.entries].map(([name, entry]) => ({
          key: quoted(name, this.#rangeFor(entry.key)),
          value: this.nodeFor(entry.value),
        }));
        return { kind: "mapping", entries, style: "flow", range };
      }
      case "list": {
        const items = value.items.map((item) => this.nodeFor(item));
        return { kind: "sequence", items, style: "flow", range };
      }
      case "unset":
        return { kind: "scalar", text: "null", style: "plain", range };
      case "known": {
        if (origin.from !== undefined) return this.#outer(value, range);
        const isText = typeof value.value === "string";
        const text = String(value.value);
        return { kind: "scalar", text, style: isText ? "double-quoted" : "plain", range };
      }
      case "unknown":
        return this.#outer(value, range);
    }
  }

  #outer(value: Evaluated, range: TextRange): ScalarNode {
    const name = `outer value ${this.outerValues.size}`;
    this.outerValues.set(name, value);
    return { kind: "scalar", text: name, style: "plain", tag: "!Ref", range };
  }

  #rangeFor(location: Location): TextRange {
    const start = this.places.push(location) - 1;
    return { start, end: start + 1 };
  }
}

function quoted(text: string, range: TextRange): ScalarNode {
  return { kind: "scalar", text, style: "double-quoted", range };
}
