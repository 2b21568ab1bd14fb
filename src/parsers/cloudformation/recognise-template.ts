import { mayInclude } from "./includes.js";

/** What only templates say, wherever it stands. */
const DECLARATIONS = [
  /\bAWSTemplateFormatVersion["']?\s*:/,
  /\bTransform["']?\s*:[^]{0,200}?\bAWS::/,
];

/** What tells a template without such a declaration from other mappings with `Resources`. */
const RESOURCE_TYPE = /(?:^|[\s{,])["']?Type["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::/;

/** Such a template may have all its resources in another file. */
const VERSION_AT_TOP =
  /^["']?AWSTemplateFormatVersion["']?\s*:|^\s*\{?\s*"AWSTemplateFormatVersion"/m;

/** The start of a list as a key's value, in either style. */
const LIST = String.raw`(?:\s|#[^\r\n]*[\r\n])*(?:-\s|\[)`;

/** Whether a file of that name may hold a template. */
export function isTemplatePath(path: string): boolean {
  return /\.(?:ya?ml|json|template)$/i.test(path);
}

/**
 * Whether a text is a CloudFormation template, by a quick look and without parsing: `Resources` at
 * the top level together with a format version, a transform of AWS or a resource type, or a format
 * version together with `AWS::Include`, which may bring the rest. A template
 * that is broken counts, so that its error is reported; other people's YAML and JSON does not, such
 * as CodeDeploy's AppSpec files, whose `Resources` are a list of mappings with `Type`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 */
export function isCloudFormationTemplate(text: string): boolean {
  if (mayInclude(text) && VERSION_AT_TOP.test(text)) return true;
  if (!text.includes("Resources")) return false;
  const isDeclared = DECLARATIONS.some((declaration) => declaration.test(text));
  if (!isDeclared && !RESOURCE_TYPE.test(text)) return false;
  const value = new RegExp(isDeclared ? String.raw`\s*:` : String.raw`\s*:(?!${LIST})`, "y");
  const start = findContent(text);
  return text[start] === "{"
    ? hasJsonResources(text, start, value)
    : hasYamlResources(text, start, value);
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

/**
 * In block style, keys of the top level stand in the column of the first one. `value` is what must
 * follow the key.
 */
function hasYamlResources(text: string, start: number, value: RegExp): boolean {
  const lineStart = Math.max(text.lastIndexOf("\n", start), text.lastIndexOf("\r", start)) + 1;
  const indentation = text.slice(lineStart, start);
  return ["", indentation].some((spaces) => {
    const key = new RegExp(`^${spaces}["']?Resources["']?(?=\\s*:)`, "gm");
    return [...text.matchAll(key)].some(({ index, 0: { length } }) =>
      matchesAt(value, text, index + length),
    );
  });
}

/**
 * Looks for `Resources` one brace deep. Where the braces do not match the text is broken and depth
 * says nothing, so that any place will do.
 */
function hasJsonResources(text: string, start: number, value: RegExp): boolean {
  const token = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"|[{}[\]]/g;
  token.lastIndex = start;
  let depth = 0;
  let isMentioned = false;
  let isVersioned = false;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found === "{" || found === "[") depth += 1;
    else if (found === "}" || found === "]") depth -= 1;
    else if (found === '"Resources"' && matchesAt(value, text, token.lastIndex)) {
      if (depth === 1 || isVersioned) return true;
      isMentioned = true;
    } else if (found === '"AWSTemplateFormatVersion"' && depth === 1) {
      if (isMentioned) return true;
      isVersioned = true;
    }
  }
  return isMentioned && depth !== 0;
}

function matchesAt(pattern: RegExp, text: string, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}
