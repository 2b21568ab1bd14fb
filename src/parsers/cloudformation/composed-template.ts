import type { Location } from "../../source/text-range.js";
import type { Evaluated, Piece } from "../../values/evaluated.js";
import { composeText, type SourceOf } from "../composed-text.js";
import { encodedTemplate } from "./encoded-template.js";
import { withOuterValues } from "./outer-values.js";
import type { ParsedTemplate, TemplateFiles } from "./template-files.js";

/**
 * The template that a text of another dialect is, with places in that dialect's files. Parts of it
 * that are evaluated count as values from outside, known or not; undefined where what is not known
 * leaves no template.
 */
export function composedTemplate(
  text: Evaluated,
  files: TemplateFiles,
  sourceOf: SourceOf,
): ParsedTemplate | undefined {
  if (text.state !== "known" && text.state !== "unknown") return undefined;
  const { composition } = text;
  const place = text.origin.location;
  switch (composition?.kind) {
    case "file":
      return files.load(composition.path);
    case "encoded":
      return encodedTemplate(composition.value, place);
    case "pieces":
      return templateOfPieces(composition.pieces, place, files, sourceOf);
    // No template is passed in Base64, or as a part of an archive.
    case "base64":
    case "archive":
    case "packed":
      return undefined;
    case undefined: {
      if (text.state === "unknown") return undefined;
      const { path } = place;
      return files.parseEmbedded({ path, text: String(text.value), toLocation: () => place });
    }
  }
}

function templateOfPieces(
  pieces: readonly Piece[],
  place: Location,
  files: TemplateFiles,
  sourceOf: SourceOf,
): ParsedTemplate | undefined {
  const { text, spans, toLocation } = composeText(pieces, place, sourceOf);
  const parsed = files.parseEmbedded({ path: place.path, text, toLocation });
  const isGuessed = spans.some(({ value }) => value.state !== "known");
  if (isGuessed && parsed.errors.length > 0) return undefined;
  return withOuterValues(parsed, spans);
}
