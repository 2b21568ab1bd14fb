import { PROGRAMS } from "./container-programs.js";
import { type Run, runOf } from "./program-of.js";
import { readShell } from "./shell-commands.js";
import { shellTextOf } from "./shell-text.js";
import { Variables } from "./shell-variables.js";

/** Scripts within scripts are read this far. */
const DEEPEST = 5;

/**
 * Whether a script starts a container in a network of its own, and not in that of its host. Shell is read by
 * its grammar, so that comments and texts are none. Never throws.
 * https://docs.docker.com/engine/network/#drivers
 */
export function runsContainersOnBridge(text: string): boolean {
  return startsContainer(text, 0);
}

function startsContainer(text: string, depth: number): boolean {
  const shell = readShell(shellTextOf(text));
  const variables = new Variables(shell);
  const expand = (word: string) => variables.expand(word);
  return shell.commands.some(({ words }) => {
    const run = runOf(words, expand, (name) => PROGRAMS.has(name));
    if (run === undefined) return false;
    if (run.kind === "program") return isOnBridge(run, expand);
    return depth < DEEPEST && startsContainer(expand(run.word.text), depth + 1);
  });
}

function isOnBridge(
  { name, parameters }: Extract<Run, { readonly kind: "program" }>,
  expand: (text: string) => string,
): boolean {
  if (!PROGRAMS.has(name)) return false;
  const texts = parameters.map(({ text }) => expand(text));
  const [first, second] = texts.filter((text) => !text.startsWith("-"));
  const isRun = first === "run" || (first === "container" && second === "run");
  return isRun && !otherNetwork.test(texts.join(" "));
}

/** Networks that are not a bridge of the container's own, or may be none, as what only the instance knows. */
const otherNetwork = /--net(?:work)?[=\s]["']?(?:host|none|container:|ns:|[$\uFFFC])/;
