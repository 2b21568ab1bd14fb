/** What tells a template from other mappings with `Resources`, wherever it stands. */
const MARKS = [
  /\bAWSTemplateFormatVersion["']?\s*:/,
  /\bTransform["']?\s*:[^]{0,200}?\bAWS::/,
  /(?:^|[\s{,])["']?Type["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::/,
];

/**
 * Whether a text is a CloudFormation template, by a quick look and without parsing: `Resources` at
 * the top level together with a format version, a transform of AWS or a resource type. A template
 * that is broken counts, so that its error is reported; other people's YAML and JSON does not.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function isCloudFormationTemplate(text: string): boolean {
  if (!text.includes("Resources") || !MARKS.some((mark) => mark.test(text))) return false;
  const start = findContent(text);
  return text[start] === "{" ? hasJsonResources(text, start) : hasYamlResources(text, start);
}

/**
 * Makes a quick test of whether a text mentions one of the resource types, so that templates which
 * cannot matter need not be parsed.
 */
export function resourceTypeMatcher(types: readonly string[]): (text: string) => boolean {
  const pattern = new RegExp(`(?<![\\w:])(?:${types.join("|")})(?![\\w:])`);
  return (text) => pattern.test(text);
}

/** Where the first line with content starts to have it: behind comments, directives and `---`. */
function findContent(text: string): number {
  const blank = /[ \t]*(?:(?:#|%|---)[^\r\n]*)?(?:\r\n|\n|\r|$)/y;
  let start = 0;
  while (start < text.length) {
    blank.lastIndex = start;
    if (!blank.test(text)) break;
    start = blank.lastIndex;
  }
  while (text[start] === " " || text[start] === "\t") start += 1;
  return start;
}

/** In block style, keys of the top level stand in the column of the first one. */
function hasYamlResources(text: string, start: number): boolean {
  if (/^["']?Resources["']?[ \t]*:/m.test(text)) return true;
  const lineStart = Math.max(text.lastIndexOf("\n", start), text.lastIndexOf("\r", start)) + 1;
  const indentation = text.slice(lineStart, start);
  return (
    indentation !== "" && new RegExp(`^${indentation}["']?Resources["']?[ \\t]*:`, "m").test(text)
  );
}

/**
 * Looks for `Resources` one brace deep. Where the braces do not match the text is broken and depth
 * says nothing, so that any place will do.
 */
function hasJsonResources(text: string, start: number): boolean {
  const token = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"|[{}[\]]/g;
  token.lastIndex = start;
  let depth = 0;
  let isMentioned = false;
  let isVersioned = false;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found === "{" || found === "[") depth += 1;
    else if (found === "}" || found === "]") depth -= 1;
    else if (found === '"Resources"' && isKey(text, token.lastIndex)) {
      if (depth === 1 || isVersioned) return true;
      isMentioned = true;
    } else if (found === '"AWSTemplateFormatVersion"' && depth === 1) {
      if (isMentioned) return true;
      isVersioned = true;
    }
  }
  return isMentioned && depth !== 0;
}

function isKey(text: string, end: number): boolean {
  return /^\s*:/.test(text.slice(end, end + 20));
}
