import { type DataNode, entryOf, type MappingNode } from "../../parsers/yaml/syntax-tree.js";
import type { DeclaredMetadata } from "./file-structure.js";
import { ownSuppression, type ReadingContext } from "./own-suppression.js";
import type { Surroundings } from "./surroundings.js";
import type { OwnSuppression } from "./written-suppression.js";

/** The suppressions of ours in `Metadata: {imdslint: {ignore: [{rule, reason, until}]}}`. */
export function ownMetadata(
  surroundings: Surroundings,
  context: ReadingContext,
): readonly OwnSuppression[] {
  return surroundings.structure.metadata.flatMap((metadata) => {
    const ours = entryOf(metadata.node, "imdslint");
    if (ours === undefined) return [];
    const reader = new MetadataReader(metadata, surroundings, context);
    const ignore = ours.value.kind === "mapping" ? entryOf(ours.value, "ignore") : undefined;
    if (ignore?.value.kind === "sequence")
      return ignore.value.items.map((item) => reader.item(item));
    return [reader.unreadable(ours.key, "it has no list named ignore")];
  });
}

const FORM = "write ignore as a list of mappings with rule, reason and, if you like, until";

class MetadataReader {
  readonly #surroundings: Surroundings;
  readonly #context: ReadingContext;
  readonly #element: DeclaredMetadata["element"];

  constructor({ element }: DeclaredMetadata, surroundings: Surroundings, context: ReadingContext) {
    this.#surroundings = surroundings;
    this.#context = context;
    this.#element = element;
  }

  /** One item of the list. */
  item(node: DataNode): OwnSuppression {
    if (node.kind !== "mapping") return this.unreadable(node, "this is no mapping");
    const unknown = node.entries.find(({ key }) => !["rule", "reason", "until"].includes(key.text));
    if (unknown !== undefined) {
      return this.unreadable(unknown.key, `${unknown.key.text} means nothing here`);
    }
    const rule = entryOf(node, "rule")?.value;
    if (rule?.kind !== "scalar") return this.unreadable(node, "it names no rule");
    const { path } = this.#surroundings.file;
    const element = this.#named();
    const reason = textIn(node, "reason");
    const until = textIn(node, "until");
    return ownSuppression(
      {
        name: rule.text,
        text: `Metadata of imdslint for ${rule.text}`,
        location: { path, range: rule.range },
        ...(reason === undefined ? {} : { reason }),
        ...(until === undefined ? {} : { until }),
        ...(element === undefined ? {} : { element }),
      },
      this.#element === undefined
        ? {
            scope: "file",
            covers: this.#surroundings.whole,
            path,
            place: "this template",
          }
        : { scope: "element", covers: this.#element.range, path, place: this.#element.name ?? "" },
      this.#context,
    );
  }

  unreadable({ range }: DataNode, fault: string): OwnSuppression {
    const element = this.#named();
    return {
      text: "Metadata of imdslint",
      location: { path: this.#surroundings.file.path, range },
      ...(element === undefined ? {} : { element }),
      outcome: { kind: "unreadable", fault, remedy: FORM },
    };
  }

  #named(): OwnSuppression["element"] {
    const { name, range } = this.#element ?? {};
    if (name === undefined || range === undefined) return undefined;
    const { path } = this.#surroundings.file;
    return { name, location: { path, range: { start: range.start, end: range.start } } };
  }
}

function textIn(node: MappingNode, key: string): string | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === "scalar" && value.text.trim() !== "" ? value.text.trim() : undefined;
}
