import { parseJson } from "../../parsers/json/parse-json.js";
import { type DataNode, entryOf } from "../../parsers/yaml/syntax-tree.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";

/** One known finding. All but the fingerprint is there for people, and to find it again in a moved file. */
export interface BaselineEntry {
  /** Relative to the git top level, with forward slashes. */
  readonly file: string;
  readonly rule: string;
  readonly kind: "fail" | "open";
  /** The address of the resource at fault. */
  readonly resource: string;
  readonly fingerprint: string;
}

/** The entries of a baseline file, or why it is none. */
export type ReadBaseline =
  | { readonly entries: readonly BaselineEntry[] }
  | { readonly fault: string; readonly location: Location };

const keys = ["file", "rule", "kind", "resource", "fingerprint"] as const;

/** Reads a baseline file as `baselineText` writes it. Never throws. */
export function readBaseline(file: SourceFile): ReadBaseline {
  const conflict = /^<{7} .*$/m.exec(file.text);
  if (conflict !== null) {
    const { index: start, 0: mark } = conflict;
    return fault(
      "here stand git's marks of a merge conflict; keep the entries of both sides, with commas between",
      { start, end: start + mark.length },
    );
  }
  const { root, errors } = parseJson(file.text);
  const [error] = errors;
  if (error !== undefined) return fault(error.message, error.range);
  const version = root?.kind === "mapping" ? entryOf(root, "version")?.value : undefined;
  const findings = root?.kind === "mapping" ? entryOf(root, "findings")?.value : undefined;
  if (version?.kind !== "scalar" || findings?.kind !== "sequence") {
    return fault("this is no baseline: it has no version and list of findings", root?.range);
  }
  if (version.text !== "1" || version.style !== "plain") {
    return fault(
      `this baseline has version ${version.text}, and this imdslint knows version 1`,
      version.range,
    );
  }
  const entries: BaselineEntry[] = [];
  for (const item of findings.items) {
    const entry = readEntry(item);
    if ("message" in entry) return fault(entry.message, entry.node.range);
    entries.push(entry);
  }
  return { entries };

  function fault(message: string, range = { start: 0, end: 0 }): ReadBaseline {
    return { fault: message, location: file.location(range) };
  }
}

/** An entry, or what is wrong with it and where. */
function readEntry(
  node: DataNode,
): BaselineEntry | { readonly message: string; readonly node: DataNode } {
  const missing = keys.find((key) => textAt(node, key) === undefined);
  if (missing !== undefined) return { message: `this entry has no text named ${missing}`, node };
  const [file = "", rule = "", kind, resource = "", fingerprint = ""] = keys.map((key) =>
    textAt(node, key),
  );
  if (kind !== "fail" && kind !== "open") {
    return { message: `kind cannot be ${JSON.stringify(kind)}, but "fail" or "open"`, node };
  }
  if (!/^[0-9a-f]{64}$/.test(fingerprint)) {
    return { message: "a fingerprint has 64 of the digits 0 to 9 and a to f", node };
  }
  return { file, rule, kind, resource, fingerprint };
}

function textAt(node: DataNode, key: string): string | undefined {
  const value = node.kind === "mapping" ? entryOf(node, key)?.value : undefined;
  return value?.kind === "scalar" && value.style === "double-quoted" ? value.text : undefined;
}

/**
 * The text of a baseline file: a line for each entry, so that a change of one is a change of one line,
 * in an order that depends on nothing else.
 */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = [...entries].sort(inOrder).map((entry) => {
    const members = keys.map((key) => `${JSON.stringify(key)}: ${JSON.stringify(entry[key])}`);
    return `    { ${members.join(", ")} }`;
  });
  const findings = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${findings}\n}\n`;
}

function inOrder(left: BaselineEntry, right: BaselineEntry): number {
  const key = keys.find((candidate) => left[candidate] !== right[candidate]);
  if (key === undefined) return 0;
  return left[key] < right[key] ? -1 : 1;
}
