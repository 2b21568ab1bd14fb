import type { Word } from "./shell-script.js";

/** Programs that run the command that is given to them, behind parameters of their own. */
const WRAPPERS = new Set(
  "sudo doas env time exec command builtin nice ionice nohup timeout xargs retry stdbuf setsid watch chronic chroot su runuser unshare nsenter flock".split(
    " ",
  ),
);

/** Programs that run a script that is given to them behind `-c`. */
const SHELLS = new Set("sh bash dash zsh ksh ash su runuser".split(" "));

/** What a command runs in the end. */
export type Run =
  | { readonly kind: "program"; readonly name: string; readonly parameters: readonly Word[] }
  /** A word that is a script itself: `bash -c "…"`. */
  | { readonly kind: "script"; readonly word: Word };

/**
 * What the words of a command run; undefined where they only assign variables. `expand` puts in what variables
 * stand for, `isKnown` says whether a name is one of a program that matters behind wrappers.
 */
export function runOf(
  words: readonly Word[],
  expand: (text: string) => string,
  isKnown: (name: string) => boolean,
): Run | undefined {
  // A list of cloud-config starts with a dash.
  const start = words.findIndex(
    ({ text }) => !/^(?:\w+\+?=|-$)/.test(text) && !isNothing(text, expand),
  );
  const [program, ...own] = start === -1 ? [] : words.slice(start);
  if (program === undefined) return undefined;
  const parameters = [...parametersIn(program, expand), ...own];
  const name = nameOf(program, expand);
  if (name === "eval") {
    const [word] = parameters;
    return word === undefined ? undefined : { kind: "script", word };
  }
  if (SHELLS.has(name)) {
    const word = scriptAmong(parameters);
    if (word !== undefined) return { kind: "script", word };
  }
  if (!WRAPPERS.has(name)) return { kind: "program", name, parameters };
  const inner = parameters.findIndex((word) => {
    const own = nameOf(word, expand);
    return isKnown(own) || SHELLS.has(own) || own === "eval";
  });
  return inner === -1
    ? { kind: "program", name, parameters }
    : runOf(parameters.slice(inner), expand, isKnown);
}

/** A variable that is empty, or stands for `sudo` where somebody else sets it. */
function isNothing(text: string, expand: (text: string) => string): boolean {
  return text.startsWith("$") && /^(?:\s*|\$\{?sudo\}?)$/i.test(expand(text));
}

function nameOf({ text }: Word, expand: (text: string) => string): string {
  const [path = ""] = expand(text).trim().split(/\s/);
  return (path.split("/").at(-1) ?? "").replace(/\.exe$/i, "");
}

/** Those that a variable has beside the program: `CURL="curl -s"`. */
function parametersIn({ text, range }: Word, expand: (text: string) => string): readonly Word[] {
  if (!text.includes("$")) return [];
  const [, ...parameters] = expand(text).trim().split(/\s+/);
  return /[$`(]/.test(expand(text).charAt(0))
    ? []
    : parameters.map((word) => ({ text: word, range }));
}

/** What stands behind `-c`, or options that end with it. */
function scriptAmong(parameters: readonly Word[]): Word | undefined {
  const option = parameters.findIndex(({ text }) => /^-[a-z]*c$|^--command$/.test(text));
  return option === -1 ? undefined : parameters[option + 1];
}
