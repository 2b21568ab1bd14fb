import { type CompletionItem, CompletionItemKind, type Range } from "vscode-languageserver";
import type { DescribedLaunches, DescribedOption } from "../engine/describe-launches.js";
import { isTerraform } from "../fixes/written-as.js";
import {
  type MetadataOption,
  metadataOptionNames,
  type OptionDefinition,
  optionDefinitions,
} from "../model/metadata-options.js";
import type { SourceFile } from "../source/source-file.js";
import { optionsContainerAt } from "./options-container.js";
import { rangeIn } from "./ranges.js";

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

/** How a file writes names and values. */
type Syntax = "yaml" | "json" | "hcl";

/** An option, and what it is called where it is to be written. */
type NamedOption = Pick<DescribedOption, "option" | "name">;

/**
 * What can be written at an offset within metadata options: the names of those that the resource takes and
 * does not have yet, or the words that one takes. What is typed already is replaced.
 */
export function completionsAt(
  file: SourceFile,
  offset: number,
  described: DescribedLaunches,
): readonly CompletionItem[] {
  const { path, text } = file;
  const container = optionsContainerAt(path, text, offset);
  if (container === undefined) return [];
  const syntax = syntaxOf(file);
  const options = optionsFor(file, offset, described);
  const { entry, written } = container;
  const [, name = "", separator = "", typed = ""] =
    /^\s*["']?([\w-]+)["']?(\s*[:=]\s*)(["']?[\w-]*)$/.exec(entry) ?? [];
  if (separator !== "") {
    const meant = options.find((each) => each.name === name);
    const space = /[:=]$/.test(separator) ? " " : "";
    return meant === undefined
      ? []
      : words(meant.option, space, syntax, place(file, offset, typed));
  }
  const begun = /^\s*(["']?[\w-]*)$/.exec(entry)?.[1];
  if (begun === undefined) return [];
  const missing = options.filter((each) => !written.has(each.name));
  return names(missing, syntax, place(file, offset, begun));
}

function syntaxOf({ path, text }: SourceFile): Syntax {
  if (/\.(?:tf|tofu)$/.test(path)) return "hcl";
  return path.endsWith(".json") || /^\s*\{/.test(text) ? "json" : "yaml";
}

/** Those of the resource around, which is the last to begin before; all where none can be read. */
function optionsFor(
  { path }: SourceFile,
  offset: number,
  { launches }: DescribedLaunches,
): readonly NamedOption[] {
  const [around] = launches
    .filter(({ location }) => location.path === path && location.range.start <= offset)
    .sort((left, right) => right.location.range.start - left.location.range.start);
  if (around !== undefined) return around.options;
  const spelling = isTerraform(path) ? "terraform" : "cloudformation";
  return metadataOptionNames.map((option) => ({
    option,
    name: optionDefinitions[option][spelling],
  }));
}

/** Where what is offered goes. */
interface Place {
  readonly range: Range;
  /** The quote that is typed already; empty where none is. */
  readonly quote: string;
  /** Whether a separator follows. */
  readonly isFollowed: boolean;
}

function place(file: SourceFile, offset: number, typed: string): Place {
  const quote = /^["']/.exec(typed)?.[0] ?? "";
  const isClosed = quote !== "" && file.text[offset] === quote;
  const end = isClosed ? offset + 1 : offset;
  return {
    range: rangeIn(file, { start: offset - typed.length, end }),
    quote,
    isFollowed: /^[ \t]*[:=]/.test(file.text.slice(end, end + 100)),
  };
}

function names(
  options: readonly NamedOption[],
  syntax: Syntax,
  { range, quote, isFollowed }: Place,
): readonly CompletionItem[] {
  const marks = syntax === "json" ? '"' : quote;
  const separator = isFollowed ? "" : syntax === "hcl" ? " = " : ": ";
  return options.map(({ option, name }, index) => ({
    label: name,
    kind: CompletionItemKind.Property,
    filterText: `${quote}${name}`,
    textEdit: { range, newText: `${marks}${name}${marks}${separator}` },
    documentation: { kind: "markdown", value: explanations[option] },
    sortText: String(index),
  }));
}

function words(
  option: MetadataOption,
  space: string,
  syntax: Syntax,
  { range, quote }: Place,
): readonly CompletionItem[] {
  const definition: OptionDefinition = optionDefinitions[option];
  const isQuoted = quote === "" && syntax !== "yaml" && definition.words !== undefined;
  const marks = isQuoted ? '"' : quote;
  return (definition.words ?? ["1", "2"]).map((word, index) => ({
    label: word,
    kind: CompletionItemKind.Value,
    filterText: `${quote}${word}`,
    textEdit: { range, newText: `${space}${marks}${word}${marks}` },
    documentation: { kind: "markdown", value: explanations[option] },
    sortText: String(index),
  }));
}
