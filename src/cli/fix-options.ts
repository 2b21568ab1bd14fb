import { type Command, Option } from "commander";
import type { FixSafety } from "../findings/fix.js";

/** What `--fix=review` is read as: an option with an optional value would take a path for it. */
const FIX_REVIEW = "--fix-review";

/** The options on fixes, as commander gives them. */
export interface ParsedFixOptions {
  readonly fix?: true;
  readonly fixReview?: true;
  readonly fixDryRun?: true;
}

/** Adds the options on fixes. */
export function addFixOptions(command: Command): Command {
  return command
    .optionsGroup("Fixes:")
    .option("--fix", "make the fixes that are safe; --fix=review: those that want a look, too")
    .addOption(new Option(FIX_REVIEW).hideHelp())
    .option("--fix-dry-run", "print what --fix would change as a diff, and change nothing");
}

/** The parameters as commander understands them. */
export function withFixChoice(parameters: readonly string[]): readonly string[] {
  return parameters.map((parameter) => {
    if (parameter === "--fix=review") return FIX_REVIEW;
    return parameter === "--fix=safe" ? "--fix" : parameter;
  });
}

/** Which fixes are to be made. */
export function wantedFixes({ fix, fixReview, fixDryRun }: ParsedFixOptions): readonly FixSafety[] {
  if (fixReview === true) return ["safe", "review"];
  return fix === true || fixDryRun === true ? ["safe"] : [];
}
