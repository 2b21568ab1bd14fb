import type { Location, TextRange } from "../source/text-range.js";
import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedKnown,
  type EvaluatedUnknown,
  type Piece,
  unknown,
} from "../values/evaluated.js";
import type { Origin } from "../values/origin.js";
import { known, unset } from "../values/value.js";
import { composeText, type EvaluatedSpan, type SourceOf } from "./composed-text.js";
import { parseJson } from "./json/parse-json.js";
import { scalarOffsets } from "./scalar-offsets.js";
import { typedScalar } from "./yaml/scalar.js";
import type { DataNode, ScalarNode } from "./yaml/syntax-tree.js";

/** No file is at hand: what a text says stands at the text as a whole. */
const noSource: SourceOf = () => undefined;

/**
 * A document that a property holds as a mapping or as JSON text. Text that Terraform's `jsonencode` made is
 * the value that was given to it. Of any other text each part stands where it is written, as far as
 * `sourceOf` has the files, and parts that are not known leave the rest of it known.
 */
export function documentIn(value: Evaluated, sourceOf: SourceOf = noSource): Evaluated {
  if (value.state !== "known" && value.state !== "unknown") return value;
  const { composition } = value;
  if (composition?.kind === "encoded") return composition.value;
  if (composition?.kind === "pieces") return documentOfPieces(value, composition.pieces, sourceOf);
  if (value.state === "unknown") return value;
  if (typeof value.value !== "string") return unknown({ kind: "invalid" }, value.origin);
  const path = composition?.kind === "file" ? composition.path : undefined;
  const toLocation =
    path === undefined ? writtenPlaces(value, sourceOf) : inFile(path, value, sourceOf);
  return read({ text: value.value, spans: [], toLocation }, value.origin);
}

type ToLocation = (range: TextRange) => Location;

function documentOfPieces(
  value: EvaluatedKnown | EvaluatedUnknown,
  pieces: readonly Piece[],
  sourceOf: SourceOf,
): Evaluated {
  const { text, spans, toLocation } = composeText(pieces, value.origin.location, sourceOf);
  const document = read({ text, spans, toLocation }, value.origin);
  // What is not known may be any part of it.
  return value.state === "unknown" && document.state === "unknown" ? value : document;
}

/** The text of a whole file stands there, if it is as it was read. */
function inFile(path: string, { value, origin }: EvaluatedKnown, sourceOf: SourceOf): ToLocation {
  const isSame = sourceOf(path)?.text === value;
  return (range) => (isSame ? { path, range } : origin.location);
}

/** A text that is written out in one piece. */
function writtenPlaces({ value, origin }: EvaluatedKnown, sourceOf: SourceOf): ToLocation {
  const { location } = origin;
  const source = origin.from === undefined ? sourceOf(location.path) : undefined;
  const offsets =
    source === undefined ? undefined : scalarOffsets(String(value), source.text, location.range);
  return ({ start, end }) => {
    const [first, last] = [offsets?.[start], offsets?.[end]];
    if (first === undefined || last === undefined) return location;
    return { path: location.path, range: { start: first, end: last } };
  };
}

/** A JSON text, and what is known of its parts. */
interface JsonText {
  readonly text: string;
  readonly spans: readonly EvaluatedSpan[];
  readonly toLocation: ToLocation;
}

function read(json: JsonText, origin: Origin): Evaluated {
  const { root, errors } = parseJson(json.text);
  if (root === undefined || errors.length > 0) return unknown({ kind: "invalid" }, origin);
  return new Reading(json).valueOf(root);
}

class Reading {
  readonly #toLocation: ToLocation;
  /** What is not known, by the word that stands for it. */
  readonly #unknowns: ReadonlyMap<string, EvaluatedSpan>;
  readonly #spans: readonly EvaluatedSpan[];

  constructor({ spans, toLocation }: JsonText) {
    this.#toLocation = toLocation;
    this.#spans = spans;
    this.#unknowns = new Map(
      spans.filter(({ value }) => value.state !== "known").map((span) => [span.name, span]),
    );
  }

  valueOf(node: DataNode): Evaluated {
    const origin: Origin = { location: this.#toLocation(node.range), step: "written" };
    switch (node.kind) {
      case "scalar":
        return this.#scalar(node, origin);
      case "sequence": {
        const items = node.items.map((item) => this.valueOf(item));
        return { state: "list", collection: "tuple", items, origin };
      }
      case "mapping": {
        const entries = node.entries.map(({ key, value }): readonly [string, EvaluatedEntry] => [
          key.text,
          { key: this.#toLocation(key.range), value: this.valueOf(value) },
        ]);
        return { state: "map", entries: new Map(entries), origin };
      }
    }
  }

  #scalar(node: ScalarNode, origin: Origin): Evaluated {
    const alone = this.#unknowns.get(node.text)?.value ?? this.#knownAlone(node);
    if (alone !== undefined) return alone;
    const pieces = this.#piecesOf(node.text, origin);
    const open = pieces.find(({ value }) => value.state === "unknown")?.value;
    if (open?.state === "unknown") {
      const composition = { kind: "pieces", pieces } as const;
      return { ...unknown(open.reason, open.origin), composition };
    }
    const value = typedScalar(node);
    return value === null ? unset(origin) : known(value, origin);
  }

  /** A value from elsewhere that is all of a string stands where it comes from. */
  #knownAlone({ range, style, text }: ScalarNode): Evaluated | undefined {
    const inset = style === "double-quoted" ? 1 : 0;
    const span = this.#spans.find(
      ({ range: own, value }) =>
        own.start === range.start + inset &&
        own.end === range.end - inset &&
        value.state === "known" &&
        String(value.value) === text,
    );
    return span?.value;
  }

  #piecesOf(text: string, origin: Origin): readonly Piece[] {
    let pieces: readonly Piece[] = [{ isWritten: false, value: known(text, origin) }];
    for (const [name, { value }] of this.#unknowns) {
      pieces = pieces.flatMap((piece) => {
        if (piece.value.state !== "known") return [piece];
        const [first = "", ...others] = String(piece.value.value).split(name);
        const texts = [first, ...others].map((part) => ({
          isWritten: false,
          value: known(part, origin),
        }));
        return texts.flatMap((part, index) =>
          index === 0 ? [part] : [{ isWritten: false, value }, part],
        );
      });
    }
    return pieces;
  }
}
