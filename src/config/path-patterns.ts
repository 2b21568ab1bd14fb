import ignore, { type Ignore } from "ignore";
import { relative } from "pathe";

/**
 * Patterns as in `.gitignore`, seen from a directory.
 * https://git-scm.com/docs/gitignore#_pattern_format
 */
export class PathPatterns {
  readonly directory: string;
  readonly patterns: readonly string[];
  readonly #matcher: Ignore;

  /** Takes the absolute directory that the patterns are relative to. */
  constructor(directory: string, patterns: readonly string[]) {
    this.directory = directory;
    this.patterns = patterns;
    this.#matcher = ignore({ allowRelativePaths: false }).add([...patterns]);
  }

  /**
   * Whether the last pattern that fits an absolute path takes it in (true) or, by its `!`, out
   * (false); undefined where none fits. A path that ends in a slash is a directory.
   */
  decide(path: string): boolean | undefined {
    const inside = relative(this.directory, path);
    if (inside === "" || inside.startsWith("../") || inside === "..") return undefined;
    const { ignored, unignored } = this.#matcher.test(path.endsWith("/") ? `${inside}/` : inside);
    if (ignored) return true;
    return unignored ? false : undefined;
  }
}
