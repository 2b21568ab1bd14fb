import { makeVisible } from "../visible-text.js";

/** GitHub's limit on a rule's short and full description, in characters. */
const LONGEST_DESCRIPTION = 1024;

/**
 * A text that means the same to every consumer of SARIF. Braces would be placeholders and brackets
 * links; their escapes are shown raw by some, so round parentheses take their place.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html, 3.11.5 and 3.11.6
 */
export function messageText(text: string): string {
  return makeVisible(text).replace(/[[{]/g, "(").replace(/[\]}]/g, ")");
}

const BRACKETS: Readonly<Record<string, string>> = {
  "{": "opening brace",
  "}": "closing brace",
  "[": "opening bracket",
  "]": "closing bracket",
};

/** The same for what parsers say, which is often about a bracket: "expected `}`" names it in words. */
export function nameBrackets(text: string): string {
  return text.replace(
    /(?<=^|\s)(["'`]?)([[\]{}])\1(?=$|[\s.,;:])/g,
    (quoted, _quote, bracket: string) => BRACKETS[bracket] ?? quoted,
  );
}

/** One or more clauses as sentences: GitHub shows only the first sentence where space is limited. */
export function sentences(...clauses: readonly string[]): string {
  return clauses.map((clause) => messageText(clause).replace(/[^.!?]$/, "$&.")).join(" ");
}

/** Markdown without its marks, as one paragraph of a length that GitHub accepts. */
export function plainDescription(markdown: string): string {
  const text = messageText(plainText(markdown).replace(/\s+/g, " "));
  if (text.length <= LONGEST_DESCRIPTION) return text;
  return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Markdown without the marks that rules use: code, emphasis, links. Paragraphs stay apart. */
export function plainText(markdown: string): string {
  return markdown
    .trim()
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, "$1 ($2)")
    .replace(/`([^`]*)`/g, "$1")
    .replace(/\*\*([^*]*)\*\*/g, "$1");
}
