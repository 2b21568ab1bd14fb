import type { TextRange } from "../source/text-range.js";
import { withoutProse } from "./here-document-text.js";
import { runOf } from "./program-of.js";
import { readShell } from "./shell-commands.js";
import { shellTextOf } from "./shell-text.js";
import type { ShellCommand, Word } from "./shell-script.js";
import { Variables } from "./shell-variables.js";
import { firstWithTokens } from "./token-releases.js";

/** A package that a script installs in one certain release. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** The word that names it. */
  readonly range: TextRange;
}

/** Commands that install, by the program that has them. */
const INSTALLS: Readonly<Record<string, RegExp>> = {
  pip: /^install$/,
  npm: /^(?:install|i|add)$/,
  gem: /^(?:install|i)$/,
  go: /^(?:get|install)$/,
  composer: /^require$/,
  apt: /^install$/,
};

/** Scripts within scripts are read this far. */
const DEEPEST = 5;

/**
 * The packages among those that a script pins to a release before that, by the grammar of shell: what is only
 * shown or a comment installs nothing. Ranges are in the text. Never throws.
 */
export function packagesBeforeTokens(text: string): readonly PinnedPackage[] {
  return packagesIn(text, 0);
}

function packagesIn(text: string, depth: number): readonly PinnedPackage[] {
  const script = shellTextOf(text);
  const shell = readShell(script);
  const variables = new Variables(shell);
  const expand = (word: string) => variables.expand(word);
  return withoutProse(shell.commands, script).flatMap(({ words }: ShellCommand) => {
    const run = runOf(words, expand, (name) => managerCalled(name) !== undefined);
    if (run?.kind === "program") return packagesOf(run.name, run.parameters, expand);
    if (run === undefined || depth >= DEEPEST) return [];
    const { range } = run.word;
    return packagesIn(expand(run.word.text), depth + 1).map((found) => ({ ...found, range }));
  });
}

function packagesOf(
  program: string,
  words: readonly Word[],
  expand: (text: string) => string,
): readonly PinnedPackage[] {
  const texts = words.map(({ text }) => expand(text));
  const isModule = /^(?:python[\d.]*|py)$/.test(program);
  const module = isModule ? texts[texts.indexOf("-m") + 1] : undefined;
  if (isModule && (module !== "pip" || !texts.includes("-m"))) return [];
  if (program === "Install-Module") return powerShellModules(texts, words);
  const manager = isModule ? "pip" : managerCalled(program);
  const installs = manager === undefined ? undefined : INSTALLS[manager];
  if (manager === undefined || !texts.some((word) => installs?.test(word) === true)) return [];
  return texts.flatMap((word, index) => {
    const [, name = "", joined] =
      /^([\w./-]+?)(?:==?|@v?|:)(\d[\w.]*)(?:[-+~].*)?$/.exec(word) ?? [];
    const separate = manager === "gem" ? versionBehind(texts, index) : undefined;
    const version = joined ?? separate;
    return version === undefined
      ? []
      : ifBefore(manager, joined === undefined ? word : name, version, words[index]);
  });
}

/** `Install-Module -Name AWSPowerShell -RequiredVersion 3.3.618.0`. */
function powerShellModules(
  texts: readonly string[],
  words: readonly Word[],
): readonly PinnedPackage[] {
  const flag = texts.findIndex((word) => /^-(?:RequiredVersion|MaximumVersion)$/i.test(word));
  const version = flag === -1 ? undefined : texts[flag + 1];
  if (version === undefined) return [];
  return texts.flatMap((name, index) => ifBefore("powershell", name, version, words[index]));
}

function ifBefore(
  manager: string,
  name: string,
  version: string,
  word: Word | undefined,
): readonly PinnedPackage[] {
  const first = firstWithTokens[`${manager} ${name}`];
  if (word === undefined || first === undefined || !isBefore(version, first)) return [];
  return [{ name, version, range: word.range }];
}

/** The package manager that a program is; Python is one by its module. */
function managerCalled(name: string): string | undefined {
  if (/^(?:pip[\d.]*|python[\d.]*|py)$/.test(name)) return "pip";
  if (/^(?:npm|yarn|pnpm)$/.test(name)) return "npm";
  if (/^apt(?:-get)?$/.test(name)) return "apt";
  return /^(?:gem|go|composer)$/.test(name) ? name : undefined;
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
