import type { Finding } from "../../findings/finding.js";
import { type Group, groupBy } from "../group-by.js";
import { makeVisible } from "../visible-text.js";
import { countOf, sentenceOf } from "../wording.js";
import type { Style } from "./style.js";
import { hang } from "./wrap.js";

const MOST_LINES = 10;

/** Open results in brief: one line for each unknown that decides, however many launch through it. */
export function describeOpenResults(open: readonly Finding[], style: Style): readonly string[] {
  if (open.length === 0) return [];
  const unknowns = groupBy(open, ({ location }) => style.place(location));
  const lines = unknowns.map((group) => describeUnknown(group, style));
  const hidden = lines.length - MOST_LINES;
  return [
    style.bold("Open, since these files do not decide it:"),
    ...lines.slice(0, MOST_LINES),
    ...(hidden > 0 ? [`  and ${hidden} more; --show-open lists all of them`] : []),
  ];
}

function describeUnknown(group: Group<Finding>, style: Style): string {
  const [first] = group;
  const addresses = new Set(
    group.flatMap(({ resources }) => resources.map((each) => each.address)),
  );
  const others = addresses.size - 1;
  const rules = [...new Set(group.flatMap(({ decides }) => decides))].join(", ");
  const message = makeVisible(sentenceOf(first));
  const more = others > 0 ? `; also decides for ${countOf(others, "more resource")}` : "";
  const line = `${style.place(first.location)}  ${message}${more}  (${rules})`;
  return hang(line, "  ", style.width);
}
