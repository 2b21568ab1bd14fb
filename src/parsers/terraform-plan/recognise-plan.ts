import type { InputError } from "../../findings/input-error.js";
import type { SourceFile } from "../../source/source-file.js";
import { type JsonOutline, openJsonOutline } from "../json/json-outline.js";

/** How much of a text is looked at for the first member of a plan. */
const HEAD = 4096;

/** A plan's JSON, an error, or neither where the text is something else. */
export type RecognisedPlan =
  { readonly root: JsonOutline } | { readonly error: InputError } | undefined;

/** Whether a text looks like `terraform show -json` of a plan, at a glance. */
export function mayBePlan(text: string): boolean {
  return (
    /^\s*\{/.test(text.slice(0, HEAD)) &&
    text.includes('"format_version"') &&
    (text.includes('"planned_values"') || text.includes('"resource_changes"'))
  );
}

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

/** What a file that somebody named as a plan is instead, where that can be said. */
export function describeNoPlan(text: string): string | undefined {
  const head = text.slice(0, HEAD);
  if (/^\s*\{\s*"@level"/.test(head)) {
    return "this is the log of `terraform plan -json`; save the plan with `-out=FILE` and lint what `terraform show -json FILE` prints";
  }
  const isState =
    /^\s*\{\s*"(?:format_version|version)"/.test(head) && head.includes('"terraform_version"');
  if (isState) {
    return "this is a Terraform state, which does not say what is written; lint the source or a plan";
  }
  return undefined;
}
