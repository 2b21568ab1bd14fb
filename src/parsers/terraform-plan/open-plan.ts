import type { InputError } from "../../findings/input-error.js";
import type { SourceFile } from "../../source/source-file.js";
import { type JsonOutline, openJsonOutline } from "../json/json-outline.js";

/** A plan's JSON, an error, or neither where the text is something else. */
export type RecognisedPlan =
  { readonly root: JsonOutline } | { readonly error: InputError } | undefined;

/**
 * Opens a text that may be a plan. One that ends early, or that is of a format that is not known,
 * gives an error; other JSON gives undefined.
 * https://developer.hashicorp.com/terraform/internals/json-format#format-version
 */
export function openPlan(file: SourceFile): RecognisedPlan {
  const { path, text } = file;
  const opened = openJsonOutline(text);
  if ("error" in opened) {
    const { code, message, range } = opened.error;
    return { error: { code, message, path, location: { path, range } } };
  }
  const { root } = opened;
  const version = root.member("format_version");
  const isPlan = ["planned_values", "resource_changes"].some((key) => root.members().has(key));
  if (version === undefined || !isPlan) return undefined;
  // Terraform 0.12 to 1.0 wrote 0.x, which differs in nothing that is read here.
  if (/^[01]\.\d+$/.test(String(version.scalar()))) return { root };
  const message = `plans of format ${version.text} are not known, only of 0.x and 1.x; make it with another Terraform`;
  const location = { path, range: version.range };
  return { error: { code: "invalid-structure", message, path, location } };
}
