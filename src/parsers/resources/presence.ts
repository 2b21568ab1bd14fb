import type { Presence } from "../../model/launch-parameters.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Property } from "./read-property.js";

/** An empty text or list gives nothing; a text of unknown parts is given if any part is written out. */
export function presenceOf({ value }: Property): Presence {
  const { origin } = value;
  switch (value.state) {
    case "unset":
      return { isGiven: "no", origin };
    case "known":
      return { isGiven: value.value === "" ? "no" : "yes", origin };
    case "list":
      return { isGiven: value.items.length === 0 ? "no" : "yes", origin };
    case "map":
      return { isGiven: value.entries.size === 0 ? "no" : "yes", origin };
    case "unknown":
      return isCertain(value)
        ? { isGiven: "yes", origin }
        : { isGiven: "unknown", origin, reason: value.reason };
  }
}

/** Attributes of resources are there once these are; so are texts with a part that is not empty. */
function isCertain(value: Extract<Evaluated, { readonly state: "unknown" }>): boolean {
  if (value.link !== undefined) return true;
  const { composition } = value;
  if (composition?.kind === "base64" && composition.text.state === "unknown") {
    return isCertain(composition.text);
  }
  return (
    composition?.kind === "file" ||
    composition?.kind === "archive" ||
    (composition?.kind === "pieces" &&
      composition.pieces.some(
        (piece) => piece.value.state === "known" && String(piece.value.value) !== "",
      ))
  );
}
