let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as people count them, which is how Terraform does: grapheme clusters. */
export function graphemesOf(text: string): readonly string[] {
  // Without combining characters and carriage returns each unit is one; by far the usual case.
  if (/^[\n -~]*$/.test(text)) return text.split("");
  // Made late: it takes longer than a whole run without it.
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
