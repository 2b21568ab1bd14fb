import type { Location, TextRange } from "../../../source/text-range.js";
import type { Evaluated } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import type { DataNode } from "../../yaml/syntax-tree.js";
import type { FunctionCallContext } from "./terraform-function.js";

/** The call as seen by what a range of the decoded text comes to, of the key `name` if it has one. */
export type CallAt = (range: TextRange, name?: string) => FunctionCallContext;

/**
 * Tells where the parts of a text stand that is decoded: in the file that it was read from, where a
 * change of them belongs. Undefined for any other text, whose parts all stand at the call.
 */
export function placesIn(
  text: Evaluated | undefined,
  call: FunctionCallContext,
): CallAt | undefined {
  if (text?.state !== "known" || text.composition?.kind !== "file") return undefined;
  const file = call.sourceFile(text.composition.path);
  // Normalized, or without its byte order mark, it has other offsets.
  if (file === undefined || file.text !== text.value) return undefined;
  return (range, name) => {
    const place = { location: file.location(range), step: "written" } as const;
    const from = name === undefined ? place : { ...place, name };
    return { ...call, origin: { ...call.origin, from } };
  };
}

/** Where decoded data come from, and their parts. */
export interface DecodedPlace {
  readonly origin: Origin;
  /** The place of the value of a key, or of the item of an index; undefined where nothing is known of it. */
  part(step: string | number): DecodedPlace | undefined;
  /** Where the key itself stands. */
  keyAt(key: string): Location | undefined;
}

/** The place of a node of the text. */
export function placeOfNode(node: DataNode, callAt: CallAt, name?: string): DecodedPlace {
  // Of equal keys the last one counts.
  const entryOf = (key: string) =>
    node.kind === "mapping" ? node.entries.findLast((entry) => entry.key.text === key) : undefined;
  return {
    origin: callAt(node.range, name).origin,
    part: (step) => {
      if (typeof step === "string") {
        const value = entryOf(step)?.value;
        return value === undefined ? undefined : placeOfNode(value, callAt, step);
      }
      const item = node.kind === "sequence" ? node.items[step] : undefined;
      return item === undefined ? undefined : placeOfNode(item, callAt);
    },
    keyAt: (key) => {
      const entry = entryOf(key);
      return entry === undefined ? undefined : callAt(entry.key.range).origin.from?.location;
    },
  };
}

/** The place of a value that the text spells: what was encoded stands where it came from. */
export function placeOfValue(value: Evaluated, { origin }: FunctionCallContext): DecodedPlace {
  const placeOf = (part: Evaluated): DecodedPlace => ({
    origin: { ...origin, from: part.origin },
    part: (step) => {
      const inner =
        part.state === "list" && typeof step === "number"
          ? part.items[step]
          : part.state === "map"
            ? part.entries.get(String(step))?.value
            : undefined;
      return inner === undefined ? undefined : placeOf(inner);
    },
    keyAt: (key) => (part.state === "map" ? part.entries.get(key)?.key : undefined),
  });
  return placeOf(value);
}
