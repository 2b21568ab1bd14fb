import type { Skipped } from "../../findings/skipped.js";
import { type Group, groupBy } from "../group-by.js";
import { makeVisible } from "../visible-text.js";
import { countOf, enumerate } from "../wording.js";
import type { Style } from "./style.js";
import { hang } from "./wrap.js";

const MOST_LINES = 10;

/** Singular and plural. */
const KINDS: Readonly<Record<Skipped["kind"], readonly [string, string]>> = {
  "module-not-available": ["module that is not available", "modules that are not available"],
  "recursive-module": ["module that calls itself", "modules that call themselves"],
  "nested-stack-not-available": [
    "nested stack that is not available",
    "nested stacks that are not available",
  ],
  "recursive-nested-stack": [
    "nested stack that nests itself",
    "nested stacks that nest themselves",
  ],
  "cyclic-reference": ["cyclic reference", "cyclic references"],
  "unsatisfiable-rules": ["assertion that can never hold", "assertions that can never hold"],
  "unknown-function": ["unknown function", "unknown functions"],
  "incomplete-plan": ["incomplete plan", "incomplete plans"],
  "not-supported": ["construct not supported", "constructs not supported"],
};

/** What was left out and why: a line for each reason, with its first place and how many more there are. */
export function describeNotLookedAt(skipped: readonly Skipped[], style: Style): readonly string[] {
  if (skipped.length === 0) return [];
  const reasons = groupBy(skipped, ({ message }) => message);
  return [
    style.bold("Not looked at:"),
    ...reasons.slice(0, MOST_LINES).map((group) => describeReason(group, style)),
    ...describeRest(reasons.slice(MOST_LINES)),
  ];
}

function describeReason([first, ...others]: Group<Skipped>, style: Style): string {
  const more = others.length > 0 ? ` and ${countOf(others.length, "more place")}` : "";
  const line = `${makeVisible(first.message)}, ${style.place(first.location)}${more}`;
  return hang(line, "  ", style.width);
}

function describeRest(reasons: readonly Group<Skipped>[]): readonly string[] {
  if (reasons.length === 0) return [];
  const kinds = groupBy(reasons, ([{ kind }]) => kind);
  const counts = kinds.map((group) => countOf(group.length, ...KINDS[group[0][0].kind]));
  return [`  and ${reasons.length} more (${enumerate(counts)}); --format json lists all of them`];
}
