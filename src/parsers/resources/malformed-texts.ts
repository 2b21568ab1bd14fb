import { textSpeaksOfImds } from "../../model/iam/imds-keys.js";
import type { MalformedText } from "../../model/iam/policy-document.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { SourceOf } from "../composed-text.js";
import { jsonFaultIn } from "../json-document.js";

/** Those of the texts that are no JSON, though all of them is known, and speak of instance metadata. */
export function malformedTexts(
  texts: readonly Evaluated[],
  sourceOf: SourceOf,
): readonly MalformedText[] {
  return texts.flatMap((value) => {
    const fault = jsonFaultIn(value, sourceOf);
    if (fault === undefined || !textSpeaksOfImds(fault.text)) return [];
    return [{ message: fault.message, at: { location: fault.location, step: "written" } }];
  });
}
