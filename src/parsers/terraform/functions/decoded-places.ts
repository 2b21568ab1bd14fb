import type { TextRange } from "../../../source/text-range.js";
import type { Evaluated } from "../../../values/evaluated.js";
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
