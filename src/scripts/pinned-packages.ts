import type { TextRange } from "../source/text-range.js";
import { readShell } from "./shell-commands.js";

/** A package that a script installs in one certain release. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** The word that names it. */
  readonly range: TextRange;
}

/**
 * The first releases that know session tokens, by package manager and package.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
 */
export const firstWithTokens: Readonly<Record<string, string>> = {
  "pip awscli": "1.16.289",
  "pip boto3": "1.12.6",
  "pip botocore": "1.13.25",
  "npm aws-sdk": "2.722.0",
  "gem aws-sdk-core": "3.79.0",
};

/** The packages among those that a shell script pins to a release before that. Ranges are in the text. */
export function packagesBeforeTokens(text: string): readonly PinnedPackage[] {
  return readShell(text).commands.flatMap(({ words }) => {
    const texts = words.map((word) => word.text);
    const manager = managerOf(texts);
    if (manager === undefined) return [];
    return words.flatMap(({ text: word, range }, index) => {
      const [, name = "", joined] = /^([\w-]+)(?:==|@)(\d[\w.]*)$/.exec(word) ?? [];
      const separate = manager === "gem" ? versionBehind(texts, index) : undefined;
      const version = joined ?? separate;
      const packageName = joined === undefined ? word : name;
      const first = firstWithTokens[`${manager} ${packageName}`];
      if (version === undefined || first === undefined || !isBefore(version, first)) return [];
      return [{ name: packageName, version, range }];
    });
  });
}

function managerOf(words: readonly string[]): "pip" | "npm" | "gem" | undefined {
  const installs = words.some((word) => /^(?:install|i|add)$/.test(word));
  if (!installs) return undefined;
  if (words.some((word) => /(?:^|\/)pip[\d.]*$/.test(word))) return "pip";
  if (words.some((word) => /^(?:npm|yarn|pnpm)$/.test(word))) return "npm";
  return words.includes("gem") ? "gem" : undefined;
}

/** `gem install aws-sdk-core -v 3.0.0`. */
function versionBehind(words: readonly string[], index: number): string | undefined {
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
