import { makeVisible } from "./visible-text.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What no XML document may hold, in no spelling: https://www.w3.org/TR/xml/#charsets */
const NOT_IN_XML = /[\ufffe\uffff]/g;

/** The text as it stands in an attribute or between tags of XML and HTML, on one line. */
export function escapeMarkup(text: string): string {
  return makeVisible(text)
    .replace(NOT_IN_XML, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** What an element may have for attributes; what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its children, each on a line of its own, indented by two spaces. */
export function element(
  name: string,
  attributes: Attributes,
  children: readonly string[] = [],
): string {
  const start = `<${name}${writeAttributes(attributes)}`;
  if (children.length === 0) return `${start}/>`;
  const lines = children.flatMap((child) => child.split("\n")).map((line) => `  ${line}`);
  return [`${start}>`, ...lines, `</${name}>`].join("\n");
}

/** An element that holds a text. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${writeAttributes(attributes)}>${escapeMarkup(text)}</${name}>`;
}

function writeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? "" : ` ${key}="${escapeMarkup(`${value}`)}"`))
    .join("");
}

/** A document with its declaration and a final newline. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}
