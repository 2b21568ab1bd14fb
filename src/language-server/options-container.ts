/** The mapping or block of metadata options that a position is in. */
export interface OptionsContainer {
  /** The names that stand there already. */
  readonly written: ReadonlySet<string>;
  /** What stands between the position and the entry before it, or the beginning of the line. */
  readonly entry: string;
}

/** The names that options stand below, in each dialect. */
const CONTAINERS = /^(?:InstanceMetadataOptions|MetadataOptions|(?:instance_)?metadata_options)$/;

/** A comment or a quoted text on one line, in any of the syntaxes. */
const COMMENT_OR_TEXT = /(?:^|(?<=\s))(?:#|\/\/).*$|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/gm;

/** What stands before a brace: a name, an assignment, a tag. */
const OPENING = /(?:^|[\s{[,])["']?([\w-]+)["']?\s*[:=]?\s*\[?\s*$/;

/**
 * Finds the options around an offset by looks alone, since a file in which somebody types is mostly broken: by
 * the braces around it, and in YAML by indentation, too. Undefined where there are none.
 */
export function optionsContainerAt(
  path: string,
  text: string,
  offset: number,
): OptionsContainer | undefined {
  const inBraces = containerInBraces(text, offset);
  const hasIndentation = !/\.(?:tf|tofu|json)$/.test(path);
  return inBraces ?? (hasIndentation ? containerByIndentation(text, offset) : undefined);
}

/** The same text with nothing in comments and quoted texts that could be taken for a bracket. */
function withoutTexts(text: string): string {
  return text.replace(COMMENT_OR_TEXT, (found) =>
    /^["']/.test(found) ? found.replace(/[{}[\],]/g, " ") : " ".repeat(found.length),
  );
}

function containerInBraces(text: string, offset: number): OptionsContainer | undefined {
  const before = withoutTexts(text.slice(0, offset));
  const brace = openBrace(before, before.length);
  if (brace === undefined || !isOfOptions(before, brace)) return undefined;
  const inside = before.slice(brace + 1);
  const after = withoutTexts(text.slice(offset));
  const closing = after.search(/[{}]/);
  const written = `${inside}${closing === -1 ? "" : after.slice(0, closing)}`;
  const entry = /[^\n,]*$/.exec(inside)?.[0] ?? "";
  const others = `${inside.slice(0, inside.length - entry.length)}\n${written.slice(inside.length)}`;
  return { written: namesIn(others), entry };
}

/** The offset of the brace that is open at `end`. */
function openBrace(code: string, end: number): number | undefined {
  let depth = 0;
  for (let index = end - 1; index >= 0; index -= 1) {
    const mark = code[index];
    if (mark === "}") depth += 1;
    else if (mark === "{" && depth === 0) return index;
    else if (mark === "{") depth -= 1;
  }
  return undefined;
}

/** Whether what a brace opens are options, also as the content of a `dynamic` block. */
function isOfOptions(code: string, brace: number): boolean {
  const name = nameBefore(code, brace);
  if (CONTAINERS.test(name)) return true;
  const outer = name === "content" ? openBrace(code, brace) : undefined;
  return outer !== undefined && CONTAINERS.test(nameBefore(code, outer));
}

function nameBefore(code: string, brace: number): string {
  return OPENING.exec(code.slice(Math.max(0, brace - 200), brace))?.[1] ?? "";
}

function namesIn(code: string): ReadonlySet<string> {
  const names = code.matchAll(/(?:^|[\s,])["']?([A-Za-z]\w*)["']?\s*[:=]/gm);
  return new Set([...names].map(([, name = ""]) => name));
}

/** The mapping around a line: the nearest line above that is indented less, if that is a key alone. */
function containerByIndentation(text: string, offset: number): OptionsContainer | undefined {
  const lines = text.split(/\r?\n/);
  const line = text.slice(0, offset).split("\n").length - 1;
  const entry = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const indentation = indentationOf(entry);
  const written = new Set<string>();
  for (const below of lines.slice(line + 1)) {
    if (below.trim() === "") continue;
    if (indentationOf(below) < indentation) break;
    addName(below, indentation, written);
  }
  for (const above of lines.slice(0, line).reverse()) {
    if (above.trim() === "" || /^\s*#/.test(above)) continue;
    if (indentationOf(above) >= indentation) {
      addName(above, indentation, written);
      continue;
    }
    const name = /^[\s-]*["']?(\w+)["']?\s*:\s*(?:&\S+\s*)?(?:#.*)?$/.exec(above)?.[1];
    return name !== undefined && CONTAINERS.test(name) ? { written, entry } : undefined;
  }
  return undefined;
}

function addName(line: string, indentation: number, written: Set<string>): void {
  const name = /^\s*["']?(\w+)["']?\s*:/.exec(line)?.[1];
  if (name !== undefined && indentationOf(line) === indentation) written.add(name);
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}
