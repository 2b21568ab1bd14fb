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
  if (value.composition?.kind === "encoded") return value.composition.value;
  const json = textIn(value, sourceOf);
  if (json === undefined) {
    return value.state === "unknown" ? value : unknown({ kind: "invalid" }, value.origin);
  }
  const document = read(json, value.origin);
  // What is not known may be any part of it.
  return value.state === "unknown" && document.state === "unknown" ? value : document;
}

/** Why a text is no JSON document, and where. */
export interface JsonFault {
  /** As the parser says it: "missing `}` for the object that starts on line 2". */
  readonly message: string;
  readonly location: Location;
  /** The whole text. */
  readonly text: string;
}

/**
 * What is wrong with a JSON text that a property holds. Undefined for anything else, and where not all of
 * the text is known, since what is missing may be what it takes.
 */
export function jsonFaultIn(
  value: Evaluated,
  sourceOf: SourceOf = noSource,
): JsonFault | undefined {
  if (value.state !== "known" || value.composition?.kind === "encoded") return undefined;
  const json = textIn(value, sourceOf);
  if (json === undefined || json.spans.some((span) => span.value.state !== "known"))
    return undefined;
  const { text, toLocation } = json;
  const [error] = parseJson(text).errors.filter(({ code }) => code !== "duplicate-key");
  if (error === undefined) return undefined;
  return { message: error.message, location: toLocation(error.range), text };
}

function textIn(
  value: EvaluatedKnown | EvaluatedUnknown,
  sourceOf: SourceOf,
): JsonText | undefined {
  const { composition } = value;
  if (composition?.kind === "pieces") {
    return composeText(composition.pieces, value.origin.location, sourceOf);
  }
  if (value.state === "unknown" || typeof value.value !== "string") return undefined;
  const path = composition?.kind === "file" ? composition.path : undefined;
  const toLocation =
    path === undefined ? writtenPlaces(value, sourceOf) : inFile(path, value, sourceOf);
  return { text: value.value, spans: [], toLocation };
}

type ToLocation = (range: TextRange) => Location;

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
