import type { PeerIds } from "./peer-ids.js";
import type { CommentLine, Element } from "./file-structure.js";
import type { Surroundings } from "./surroundings.js";
import { isDate, type WrittenSuppression } from "./written-suppression.js";

/**
 * `trivy:ignore:AWS-0028`, `tfsec:ignore:aws-ec2-enforce-http-token-imds[name=a]:exp:2027-03-01`: several
 * on a line, on the line of what they cover or right above it. Both tools read both prefixes.
 * https://github.com/aquasecurity/trivy/blob/main/pkg/iac/ignore/parse.go
 */
export function trivyComments(
  surroundings: Surroundings,
  peerIds: PeerIds,
  today: string | undefined,
): readonly WrittenSuppression[] {
  return surroundings.structure.comments.flatMap((line) =>
    line.text.split(/\s+/).flatMap((word) => {
      const ignore = readWord(word);
      if (ignore === undefined || !isInForce(ignore, today)) return [];
      const ruleIds = peerIds.matching(["trivy", "tfsec"], (id) => names(ignore.id, id));
      const target = ruleIds.length === 0 ? undefined : targetOf(line, surroundings);
      if (target === undefined || !hasParameters(ignore, target, surroundings)) return [];
      const { path } = surroundings.file;
      return {
        source: ignore.tool,
        ruleIds,
        ...target,
        path,
        location: { path, range: line.range },
        ...(ignore.expires === undefined ? {} : { until: dayBefore(ignore.expires) }),
        ...(ignore.id.includes("*") ? { wildcard: word } : {}),
      };
    }),
  );
}

/** One word of a comment that one of the tools obeys. */
interface Ignore {
  readonly tool: "trivy" | "tfsec";
  /** May have `*` in it. */
  readonly id: string;
  readonly parameters: readonly (readonly [path: string, value: string])[];
  readonly expires?: string;
  /** Whether it counts in one workspace only, and we know of none. */
  readonly hasWorkspace: boolean;
}

function readWord(word: string): Ignore | undefined {
  const [, tool, rest = ""] = /^(trivy|tfsec):(.*)$/.exec(word) ?? [];
  if (tool !== "trivy" && tool !== "tfsec") return undefined;
  const sections = [...rest.matchAll(/([a-z]+):([^:[]*(?:\[[^\]]*\])?)(?::|$)/g)];
  const valueOf = (key: string) => sections.find(([, name]) => name === key)?.[2];
  const [, id = "", parameters = ""] = /^([^[]*)(?:\[(.*)\])?$/.exec(valueOf("ignore") ?? "") ?? [];
  if (id === "") return undefined;
  const expires = valueOf("exp");
  return {
    tool,
    id: id.toLowerCase(),
    parameters: parameters
      .split(",")
      .map((pair) => pair.split("=", 2))
      .flatMap(([path = "", value]) =>
        value === undefined ? [] : [[path.trim(), value] as const],
      ),
    ...(expires === undefined ? {} : { expires }),
    hasWorkspace: valueOf("ws") !== undefined,
  };
}

/** It ends as its day begins. What is no date makes it never count, as in trivy. */
function isInForce({ expires, hasWorkspace }: Ignore, today: string | undefined): boolean {
  if (hasWorkspace) return false;
  if (expires === undefined) return true;
  return isDate(expires) && (today === undefined || today < expires);
}

function dayBefore(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

/** Whether a pattern in small letters names the rule; ids of trivy were `AVD-AWS-0028` for years. */
function names(pattern: string, id: string): boolean {
  const expression = pattern
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  const whole = new RegExp(`^${expression}$`);
  const known = id.toLowerCase();
  return whole.test(known) || (/^aws-\d+$/.test(known) && whole.test(`avd-${known}`));
}

/** What is covered, and the element that parameters are looked up in. */
type Target = Pick<WrittenSuppression, "scope" | "covers">;

/** What begins on the line of the comment, or below it and the comments that follow it without a gap. */
function targetOf({ comment }: CommentLine, surroundings: Surroundings): Target | undefined {
  const line = surroundings.lineOf(comment.start);
  const target = surroundings.hasTextOn(line) ? line : nextLine(comment.end, surroundings);
  if (target === undefined) return undefined;
  const element = surroundings.elementOn(target);
  return element === undefined
    ? { scope: "line", covers: surroundings.lineRange(target) }
    : { scope: "element", covers: element.range };
}

function nextLine(from: number, surroundings: Surroundings): number | undefined {
  const { text } = surroundings.file;
  const next = surroundings.nextText(from);
  const isGap = /(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)/.test(text.slice(from, next));
  return isGap || next >= text.length ? undefined : surroundings.lineOf(next);
}

/** Parameters are arguments of the resource, which must be written as such. */
function hasParameters(
  { parameters }: Ignore,
  { covers }: Target,
  { structure }: Surroundings,
): boolean {
  if (parameters.length === 0) return true;
  const isAround = ({ range, name }: Element) =>
    name !== undefined && range.start <= covers.start && covers.start < range.end;
  const literal = structure.elements.find(isAround)?.literal;
  return parameters.every(([path, value]) => literal?.(path) === value);
}
