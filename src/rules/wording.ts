import type { LaunchSpecification } from "../model/launch-specification.js";

/** Who a sentence about instances is about: the instance itself, or those that come from a template. */
export function instancesOf(launch: LaunchSpecification): string {
  switch (launch.kind) {
    case "instance":
      return launch.address;
    case "launch-template":
    case "launch-configuration":
      return `every instance launched from ${launch.address}`;
    case "auto-scaling-group":
      return `every instance of ${launch.address}`;
  }
}

/** The words in quotes, joined for a sentence: `"a" or "b"`. */
export function listWords(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(" or ");
}

/** Where the options are written: "under MetadataOptions". */
export function placeOfOptions({ kind, resource }: LaunchSpecification): string {
  if (resource.dialect === "terraform") return "in a metadata_options block";
  const isTemplate = kind === "launch-template";
  return `under ${isTemplate ? "LaunchTemplateData.MetadataOptions" : "MetadataOptions"}`;
}
