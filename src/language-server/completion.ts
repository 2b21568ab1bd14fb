import { type CompletionItem, CompletionItemKind, type Position } from "vscode-languageserver";
import {
  type MetadataOption,
  metadataOptionNames,
  type OptionDefinition,
  optionDefinitions,
  type Spelling,
} from "../model/metadata-options.js";

/** What each option does, in a sentence. */
const explanations: Readonly<Record<MetadataOption, string>> = {
  httpTokens:
    "Whether a session token is needed. `required`: only IMDSv2 is answered. `optional`: IMDSv1 too, so that one forged request reads the role's credentials.",
  httpEndpoint: "Whether the metadata service answers at all.",
  httpPutResponseHopLimit:
    "How many network hops the answer to a token request survives. Containers on a bridge need 2.",
  httpProtocolIpv6:
    "Whether the service also answers on its IPv6 address, which only Nitro instances have.",
  instanceMetadataTags: "Whether the instance's tags can be read from its metadata.",
};

/** The names that options stand below, in each dialect. */
const CONTAINERS = /^(?:InstanceMetadataOptions|MetadataOptions|(?:instance_)?metadata_options)$/;

/**
 * What can be written at a position within metadata options: their names, or the words that one takes.
 * Looks at lines alone, since a file in which somebody types is mostly broken. `lines` are the file's,
 * without line endings.
 */
export function completionsAt(
  path: string,
  lines: readonly string[],
  { line, character }: Position,
): readonly CompletionItem[] {
  const isHcl = /\.(?:tf|tofu)$/.test(path);
  const spelling: Spelling = isHcl ? "terraform" : "cloudformation";
  const before = (lines[line] ?? "").slice(0, character);
  const container = isHcl
    ? containerInBraces(lines, line, before)
    : containerByIndentation(lines, line, before);
  if (container === undefined) return [];
  const value = /^\s*["']?([\w-]+)["']?\s*[:=]\s*(["']?)[\w-]*$/.exec(before);
  if (value === null) {
    return /^\s*["']?[\w-]*$/.test(before) ? names(spelling, container.written) : [];
  }
  const option = metadataOptionNames.find((each) => optionDefinitions[each][spelling] === value[1]);
  const hasQuote = value[2] !== "";
  return option === undefined ? [] : words(option, isHcl && !hasQuote);
}

/** Options in a block or mapping that is being written. */
interface Container {
  /** The names that stand there already. */
  readonly written: ReadonlySet<string>;
}

function names(spelling: Spelling, written: ReadonlySet<string>): readonly CompletionItem[] {
  const missing = metadataOptionNames.filter(
    (option) => !written.has(optionDefinitions[option][spelling]),
  );
  return missing.map((option, index) => {
    const name = optionDefinitions[option][spelling];
    return {
      label: name,
      kind: CompletionItemKind.Property,
      insertText: spelling === "terraform" ? `${name} = ` : `${name}: `,
      documentation: { kind: "markdown", value: explanations[option] },
      sortText: String(index),
    };
  });
}

function words(option: MetadataOption, isQuoted: boolean): readonly CompletionItem[] {
  const definition: OptionDefinition = optionDefinitions[option];
  const values = definition.words ?? ["1", "2"];
  return values.map((word, index) => ({
    label: word,
    kind: CompletionItemKind.Value,
    insertText: isQuoted && definition.words !== undefined ? JSON.stringify(word) : word,
    documentation: { kind: "markdown", value: explanations[option] },
    sortText: String(index),
  }));
}

/** The block around a position: the nearest brace that is not closed before it. */
function containerInBraces(
  lines: readonly string[],
  line: number,
  before: string,
): Container | undefined {
  let depth = 0;
  const written = new Set<string>();
  const above = [...lines.slice(0, line), before];
  for (const text of [...above].reverse()) {
    const code = text.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/(?:#|\/\/).*$/, "");
    for (const [brace] of [...code.matchAll(/[{}]/g)].reverse()) {
      if (brace === "}") depth += 1;
      else if (brace === "{") depth -= 1;
      if (depth < 0) return isContainer(text, above) ? { written } : undefined;
    }
    const name = /^\s*(\w+)\s*=/.exec(text)?.[1];
    if (depth === 0 && name !== undefined) written.add(name);
  }
  return undefined;
}

/** Whether the line that opens a brace names options, itself or as the content of a dynamic block. */
function isContainer(opening: string, above: readonly string[]): boolean {
  const name = /(\w+)\s*(?:=\s*)?\{[^{}]*$/.exec(opening)?.[1] ?? "";
  if (CONTAINERS.test(name)) return true;
  const index = above.lastIndexOf(opening);
  return name === "content" && above.slice(Math.max(0, index - 8), index).some(isDynamic);
}

function isDynamic(line: string): boolean {
  return /^\s*dynamic\s+"(?:instance_)?metadata_options"/.test(line);
}

/** The mapping around a line: the nearest line above that is indented less, if that is a key alone. */
function containerByIndentation(
  lines: readonly string[],
  line: number,
  before: string,
): Container | undefined {
  const indentation = indentationOf(before);
  const written = new Set<string>();
  for (const text of lines.slice(line + 1)) {
    if (text.trim() === "") continue;
    if (indentationOf(text) < indentation) break;
    addName(text, indentation, written);
  }
  for (const text of lines.slice(0, line).reverse()) {
    if (text.trim() === "" || /^\s*#/.test(text)) continue;
    if (indentationOf(text) >= indentation) {
      addName(text, indentation, written);
      continue;
    }
    const name = /^[\s-]*["']?(\w+)["']?\s*:\s*(?:\{\s*)?(?:#.*)?$/.exec(text)?.[1];
    return name !== undefined && CONTAINERS.test(name) ? { written } : undefined;
  }
  return undefined;
}

function addName(text: string, indentation: number, written: Set<string>): void {
  const name = /^\s*["']?(\w+)["']?\s*:/.exec(text)?.[1];
  if (name !== undefined && indentationOf(text) === indentation) written.add(name);
}

function indentationOf(text: string): number {
  return text.length - text.trimStart().length;
}
