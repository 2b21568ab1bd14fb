import type { Evaluated, EvaluatedEntry } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import { unset } from "../../../values/value.js";
import { failure, success } from "./function-result.js";
import { madeString, notSupported } from "./made-value.js";
import { createRegexp, type Regexp, type RegexpMatch } from "./regexp/regexp.js";
import { overScalars } from "./scalar-function.js";

/** https://developer.hashicorp.com/terraform/language/functions/regex */
export const regex = overScalars(["string", "string"], ([pattern, text], call) => {
  const created = createGroupedRegexp(pattern);
  if (!created.ok) return created;
  const matches = created.regexp.findAll(text, 1);
  if (matches === undefined) return notSupported("regular expressions over long texts", call);
  const [match] = matches;
  if (match === undefined) return failure("pattern did not match any part of the given string");
  return success(matchValue(created.regexp, match, text, call.origin));
});

/** https://developer.hashicorp.com/terraform/language/functions/regexall */
export const regexall = overScalars(["string", "string"], ([pattern, text], call) => {
  const created = createGroupedRegexp(pattern);
  if (!created.ok) return created;
  const matches = created.regexp.findAll(text);
  if (matches === undefined) return notSupported("regular expressions over long texts", call);
  const items = matches.map((match) => matchValue(created.regexp, match, text, call.origin));
  return success({ state: "list", collection: "list", items, origin: call.origin });
});

/**
 * Between slashes, what is replaced is a regular expression.
 * https://developer.hashicorp.com/terraform/language/functions/replace
 */
export const replace = overScalars(
  ["string", "string", "string"],
  ([text, part, replacement], call) => {
    if (!/^\/[^]*\/$/.test(part)) {
      // A function, because JavaScript would expand `$&` in a string.
      return success(
        madeString(
          text.replaceAll(part, () => replacement),
          call.origin,
        ),
      );
    }
    const created = createRegexp(part.slice(1, -1));
    if (!created.ok) return created;
    const matches = created.regexp.findAll(text);
    if (matches === undefined) return notSupported("regular expressions over long texts", call);
    const { groups } = created.regexp;
    let replaced = "";
    let position = 0;
    for (const match of matches) {
      const [whole] = match;
      replaced += text.slice(position, whole?.start) + expand(replacement, match, groups, text);
      position = whole?.end ?? position;
    }
    return success(madeString(replaced + text.slice(position), call.origin));
  },
);

function createGroupedRegexp(pattern: string): ReturnType<typeof createRegexp> {
  const created = createRegexp(pattern);
  if (!created.ok) return created;
  const named = created.regexp.groups.filter((name) => name !== undefined);
  if (named.length === 0 || named.length === created.regexp.groups.length) return created;
  return failure("invalid regexp pattern: cannot mix both named and unnamed capture groups");
}

/** The whole match, or a tuple of its groups, or an object where they have names. */
function matchValue(regexp: Regexp, match: RegexpMatch, text: string, origin: Origin): Evaluated {
  const [whole, ...groups] = match.map((part) =>
    part === undefined ? unset(origin) : madeString(text.slice(part.start, part.end), origin),
  );
  if (whole === undefined || groups.length === 0) return whole ?? unset(origin);
  const entries = new Map<string, EvaluatedEntry>();
  for (const [index, name] of regexp.groups.entries()) {
    const value = groups[index];
    if (name !== undefined && value !== undefined) {
      entries.set(name, { key: origin.location, value });
    }
  }
  if (entries.size > 0) return { state: "map", entries, origin };
  return { state: "list", collection: "tuple", items: groups, origin };
}

/**
 * A replacement with `$1`, `${1}`, `$name` and `$$` filled in; a group that there is not is empty.
 * https://pkg.go.dev/regexp#Regexp.Expand
 */
function expand(
  replacement: string,
  match: RegexpMatch,
  groups: readonly (string | undefined)[],
  text: string,
): string {
  return replacement.replace(
    /\$(?:\$|(\w+)|\{(\w+)\})/g,
    (_, plain: string | undefined, braced: string | undefined) => {
      const name = plain ?? braced;
      if (name === undefined) return "$";
      const index = /^\d+$/.test(name) ? Number(name) : groups.lastIndexOf(name) + 1 || Infinity;
      const part = match[index];
      return part === undefined ? "" : text.slice(part.start, part.end);
    },
  );
}
