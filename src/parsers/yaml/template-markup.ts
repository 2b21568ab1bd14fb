import type { ParseError } from "../parse-error.js";

/**
 * Marks of engines that render files before they are YAML: Jinja's and Go's `{{ name }}` and `{% if %}`,
 * ERB's `<% %>`. CloudFormation's own `{{resolve:…}}` is none.
 */
const MARKUP = /\{\{(?!\s*resolve:)|\{%|%\}|<%|%>/;

/**
 * The errors of a text, in which those on lines with an engine's marks are one: the first, which says
 * how many there are. Errors elsewhere are left as they are.
 */
export function foldMarkupErrors(
  text: string,
  errors: readonly ParseError[],
): readonly ParseError[] {
  const [first, ...others] = errors.filter(
    ({ code, range }) => code === "syntax" && MARKUP.test(lineAt(text, range.start)),
  );
  if (first === undefined || others.length === 0) return errors;
  const folded = new Set(others);
  const more = others.length === 1 ? "one more place is" : `${others.length} more places are`;
  const message = `${first.message}; ${more} like this: the file seems to be rendered before it is YAML`;
  return errors
    .filter((error) => !folded.has(error))
    .map((error) => (error === first ? { ...first, message } : error));
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end < 0 ? text.length : end);
}
