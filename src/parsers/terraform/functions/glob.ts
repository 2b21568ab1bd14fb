/** Whether a part of a pattern is more than a name. */
export function hasWildcard(part: string): boolean {
  return /[*?[{\\]/.test(part);
}

const tokens = /\\.|\[\^?(?:(?:\\.|[^\]\\-])(?:-(?:\\.|[^\]\\-]))?)+\]|[^]/gu;

/**
 * Whether names match one part of a `fileset` pattern: `*`, `?`, `[a-z]`, `[^a]`, `{a,b}`, `\` before
 * what is meant literally. Undefined for what is no such pattern. Dots are nothing special.
 * https://developer.hashicorp.com/terraform/language/functions/fileset
 */
export function compileGlob(part: string): ((name: string) => boolean) | undefined {
  let source = "";
  let isInBraces = false;
  for (const [token] of part.matchAll(tokens)) {
    if (token === "[" || token === "\\" || (token === "{" && isInBraces)) return undefined;
    if (token === "{") {
      isInBraces = true;
      source += "(?:";
    } else if (token === "}" && isInBraces) {
      isInBraces = false;
      source += ")";
    } else if (token === "," && isInBraces) source += "|";
    else source += translate(token);
  }
  if (isInBraces) return undefined;
  const pattern = new RegExp(`^${source}$`, "su");
  return (name) => pattern.test(name);
}

function translate(token: string): string {
  if (token === "*") return ".*";
  if (token === "?") return ".";
  if (token.length > 1 && token.startsWith("[")) return translateClass(token);
  const character = token.startsWith("\\") ? token.slice(1) : token;
  return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}

/** Characters in brackets; what is special there to JavaScript alone is escaped. */
function translateClass(token: string): string {
  const negation = token.startsWith("[^") ? "^" : "";
  const body = token.slice(1 + negation.length, -1);
  const characters = body.replace(
    /\\(.)|([^-])/gsu,
    (_, escaped: string | undefined, plain: string | undefined) =>
      (escaped ?? plain ?? "").replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&"),
  );
  return `[${negation}${characters}]`;
}
