import type { TextRange } from "../source/text-range.js";
import { readShell } from "./shell-commands.js";
import { firstWithTokens } from "./token-releases.js";

/** A package that a script installs in one certain release. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** The word that names it. */
  readonly range: TextRange;
}

/** The packages among those that a shell script pins to a release before that. Ranges are in the text. */
export function packagesBeforeTokens(text: string): readonly PinnedPackage[] {
  return readShell(text).commands.flatMap(({ words }) => {
    const texts = words.map((word) => word.text);
    const manager = managerOf(texts);
    if (manager === undefined) return [];
    return words.flatMap(({ text: word, range }, index) => {
      const [, name = "", joined] =
        /^([\w./-]+?)(?:==?|@v?|:)(\d[\w.]*)(?:[-+~].*)?$/.exec(word) ?? [];
      const separate = manager === "gem" ? versionBehind(texts, index) : undefined;
      const version = joined ?? separate;
      const packageName = joined === undefined ? word : name;
      const first = firstWithTokens[`${manager} ${packageName}`];
      if (version === undefined || first === undefined || !isBefore(version, first)) return [];
      return [{ name: packageName, version, range }];
    });
  });
}

function managerOf(words: readonly string[]): string | undefined {
  const installs = words.some((word) => /^(?:install|i|add|get|require)$/.test(word));
  if (!installs) return undefined;
  const program = words.find((word) => /^(?:go|composer|apt|apt-get)$/.test(word));
  if (program !== undefined) return program.replace("-get", "");
  if (words.some((word) => /(?:^|\/)pip[\d.]*$/.test(word))) return "pip";
  if (words.some((word) => /^(?:npm|yarn|pnpm)$/.test(word))) return "npm";
  return words.includes("gem") ? "gem" : undefined;
}

/** `gem install aws-sdk-core -v 3.0.0`. */
function versionBehind(words: readonly string[], index: number): string | undefined {
  const joined = words.find((word, at) => at > index && word.startsWith("--version="));
  if (joined !== undefined) return joined.slice("--version=".length);
  const flag = words.findIndex((word, at) => at > index && /^(?:-v|--version)$/.test(word));
  return flag === -1 ? undefined : words[flag + 1];
}

function isBefore(version: string, first: string): boolean {
  const numbers = (text: string) => text.split(".").map((part) => parseInt(part, 10));
  const own = numbers(version);
  for (const [index, wanted] of numbers(first).entries()) {
    const part = own[index] ?? 0;
    if (Number.isNaN(part) || part > wanted) return false;
    if (part < wanted) return true;
  }
  return false;
}
