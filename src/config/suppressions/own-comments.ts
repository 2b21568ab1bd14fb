import { nearestName } from "../../rules/nearest-name.js";
import type { TextRange } from "../../source/text-range.js";
import type { CommentLine } from "./file-structure.js";
import { ownSuppression, type ReadingContext } from "./own-suppression.js";
import type { Surroundings } from "./surroundings.js";
import type { OwnSuppression, WrittenSuppression } from "./written-suppression.js";

const keywords = ["ignore-next-line", "ignore-line", "ignore-resource", "ignore-file"] as const;

type Keyword = (typeof keywords)[number];

/**
 * The suppressions of ours in a file's comments:
 * `imdslint-ignore-next-line <rule>[, <rule>] [until <date>] -- <reason>`.
 */
export function ownComments(
  surroundings: Surroundings,
  context: ReadingContext,
): readonly OwnSuppression[] {
  return surroundings.structure.comments.flatMap((line) => {
    const [directive = "", word = ""] = /^imdslint-([\w-]+)/.exec(line.text) ?? [];
    const keyword = keywords.find((candidate) => candidate === word);
    if (keyword !== undefined)
      return readDirective(line, directive, keyword, surroundings, context);
    // Other words are prose about our commands.
    if (!/^(?:ignore|disable|suppress|skip)/.test(word)) return [];
    const nearest = nearestName(word, keywords);
    const remedy =
      nearest === undefined
        ? `write ${keywords.map((name) => `imdslint-${name}`).join(", ")}`
        : `did you mean imdslint-${nearest}?`;
    return [unreadable(line, directive, "there is no such comment", remedy, surroundings)];
  });
}

function readDirective(
  line: CommentLine,
  directive: string,
  keyword: Keyword,
  surroundings: Surroundings,
  context: ReadingContext,
): readonly OwnSuppression[] {
  const { rules, until, reason } = partsOf(line.text.slice(directive.length));
  const prose = reason === undefined ? rules.find((rule) => isProse(rule, context)) : undefined;
  if (prose !== undefined) {
    const fault = `${prose.name} is no rule`;
    return [unreadable(line, directive, fault, "put -- before the reason", surroundings)];
  }
  if (rules.length === 0) {
    const remedy = "name the rules behind it, with commas between";
    return [unreadable(line, directive, "it names no rule", remedy, surroundings)];
  }
  const target = targetOf(keyword, line, surroundings);
  if (target === undefined) {
    const fault = "it stands neither in a resource nor right above one";
    const remedy = "put it there, or use imdslint-ignore-file";
    return [unreadable(line, directive, fault, remedy, surroundings)];
  }
  const { path } = surroundings.file;
  const element = elementAt(line, surroundings);
  return rules.map(({ name, offset }) =>
    ownSuppression(
      {
        name,
        text: `${directive} ${name}`,
        location: { path, range: rangeOf(line, directive.length + offset, name.length) },
        ...(reason === undefined ? {} : { reason }),
        ...(until === undefined ? {} : { until }),
        ...(element === undefined ? {} : { element }),
      },
      { ...target, path },
      context,
    ),
  );
}

/** One name that stands where rules do. */
interface Named {
  readonly name: string;
  readonly offset: number;
  /** Whether a comma, or nothing, stands before it. */
  readonly isListed: boolean;
}

/** Whether a reason begins there whose `--` was forgotten, rather than a rule be misspelt. */
function isProse({ name, isListed }: Named, { ruleIds }: ReadingContext): boolean {
  return !isListed && !ruleIds.has(name) && nearestName(name, [...ruleIds]) === undefined;
}

/** What stands behind `imdslint-ignore-…`; offsets count from there. */
function partsOf(text: string) {
  const [, named = "", said = ""] = /^(.*?)(?:(?:^|\s)--(?:\s+(.*))?)?$/s.exec(text) ?? [];
  const [rest = "", dated] = named.split(/\suntil(?:\s+|$)/);
  const [, reason = said, behind] = /^(.*?)\s+until (\d{4}-\d{2}-\d{2})$/s.exec(said) ?? [];
  const until = dated?.trim() ?? behind;
  // A colon, as other tools' comments have it, says nothing more.
  const list = rest.replace(/^:/, " ");
  const rules = [...list.matchAll(/[^\s,]+/g)].map(({ 0: name, index }): Named => {
    return { name, offset: index, isListed: /(?:^|,)\s*$/.test(list.slice(0, index)) };
  });
  return {
    rules,
    ...(until === undefined ? {} : { until }),
    ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
  };
}

/** What a comment covers; `place` names it. */
type Target = Pick<WrittenSuppression, "scope" | "covers"> & { readonly place: string };

function targetOf(
  keyword: Keyword,
  { comment, range }: CommentLine,
  surroundings: Surroundings,
): Target | undefined {
  switch (keyword) {
    case "ignore-line":
      return onLine(surroundings.lineOf(range.start), surroundings);
    case "ignore-next-line":
      return onLine(surroundings.lineBelow(comment), surroundings);
    case "ignore-resource": {
      const element = surroundings.declaredAt(comment);
      if (element === undefined) return undefined;
      return { scope: "element", covers: element.range, place: element.name };
    }
    case "ignore-file":
      return { scope: "file", covers: surroundings.whole, place: "this file" };
  }
}

function onLine(line: number, surroundings: Surroundings): Target {
  return { scope: "line", covers: surroundings.lineRange(line), place: `line ${line + 1}` };
}

function unreadable(
  line: CommentLine,
  directive: string,
  fault: string,
  remedy: string,
  surroundings: Surroundings,
): OwnSuppression {
  const { path } = surroundings.file;
  const element = elementAt(line, surroundings);
  return {
    text: directive,
    location: { path, range: rangeOf(line, 0, directive.length) },
    ...(element === undefined ? {} : { element }),
    outcome: { kind: "unreadable", fault, remedy },
  };
}

/** Escapes move what stands in a JSON string, so that there the whole string is the place. */
function rangeOf({ text, range }: CommentLine, offset: number, length: number): TextRange {
  if (range.end - range.start !== text.length) return range;
  return { start: range.start + offset, end: range.start + offset + length };
}

function elementAt(
  { comment }: CommentLine,
  surroundings: Surroundings,
): OwnSuppression["element"] {
  const element = surroundings.declaredAt(comment);
  if (element === undefined) return undefined;
  const { path } = surroundings.file;
  const { name, range } = element;
  return { name, location: { path, range: { start: range.start, end: range.start } } };
}
