const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The characters of a text as people count them, which is how Terraform does: grapheme clusters. */
export function graphemesOf(text: string): readonly string[] {
  // Without combining characters and carriage returns each unit is one; by far the usual case.
  if (/^[\n -~]*$/.test(text)) return text.split("");
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
