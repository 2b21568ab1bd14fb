import { HOLE } from "./metadata-address.js";
import type { Word } from "./shell-script.js";
import type { Variables } from "./shell-variables.js";

/** Options of `docker run` that stand alone; other ones have a value. */
const FLAGS =
  /^(?:-[ditPq]+|--(?:detach|disable-content-trust|init|interactive|no-healthcheck|oom-kill-disable|privileged|publish-all|quiet|read-only|replace|rm|rmi|sig-proxy|tls|tty|help))$/;

/** Options of the program itself, before its command, that have a value. */
const GLOBAL_OPTIONS =
  /^(?:-[HDlcnf]|--(?:host|config|context|log-level|namespace|address|file|project-name|env-file|profile|project-directory))$/;

/** Networks that are not a bridge of the container's own. */
const OTHER_NETWORK = /^(?:host|none|container:.*|ns:.*)$/;

/**
 * Whether a command of docker, podman or the like starts a container in a network of its own. What is not
 * known, an option in a variable or a file of compose that the script does not write, is no yes.
 * https://docs.docker.com/engine/network/#container-networks
 */
export function runsOnBridge(
  name: string,
  parameters: readonly Word[],
  variables: Variables,
  script: string,
): boolean {
  const words = parameters.map(({ text, range }) => ({
    text: variables.expand(text),
    isQuoted: /["']/.test(script.charAt(range.start)),
  }));
  const start = commandAmong(words.map(({ text }) => text));
  const [command, second] = words.slice(start).map(({ text }) => text);
  if (name.endsWith("-compose")) return command === "up" && composesOnBridge(script);
  if (command === "compose") {
    const own = start + 1;
    const inner = own + commandAmong(words.slice(own).map(({ text }) => text));
    return words[inner]?.text === "up" && composesOnBridge(script);
  }
  const isContainer = command === "container" && (second === "run" || second === "create");
  if (!isContainer && command !== "run" && command !== "create") return false;
  return isOnBridge(words.slice(start + (isContainer ? 2 : 1)));
}

/** The index of the first word that is no option, nor the value of one. */
function commandAmong(words: readonly string[]): number {
  let index = 0;
  while (words[index]?.startsWith("-") === true) {
    index += GLOBAL_OPTIONS.test(words[index] ?? "") ? 2 : 1;
  }
  return index;
}

/** Reads options up to the image; what stands behind that is for the container. */
function isOnBridge(
  words: readonly { readonly text: string; readonly isQuoted: boolean }[],
): boolean {
  let next = 0;
  for (const [index, { text, isQuoted }] of words.entries()) {
    if (index < next) continue;
    if (!text.startsWith("-")) {
      // What stands alone in a variable may be options, or the image where nothing follows.
      const isOpen = !isQuoted && /^\$\{?[\w@*[\]]+\}?$|^\uFFFC$|^\$\(/.test(text);
      return !isOpen || index === words.length - 1;
    }
    const [option, joined] = splitOption(text);
    const value = joined ?? (FLAGS.test(text) ? undefined : words[index + 1]?.text);
    if (/^--net(?:work)?$/.test(option)) {
      if (value === undefined || OTHER_NETWORK.test(value) || isUnknown(value)) return false;
    }
    next = index + (joined === undefined && value !== undefined ? 2 : 1);
  }
  return false;
}

function splitOption(text: string): readonly [string, string?] {
  const equals = text.indexOf("=");
  return equals === -1 ? [text] : [text.slice(0, equals), text.slice(equals + 1)];
}

function isUnknown(value: string): boolean {
  return value.includes("$") || value.includes("`") || value.includes(HOLE);
}

/**
 * What `compose up` starts, by the file that the script itself writes.
 * https://docs.docker.com/reference/compose-file/services/#network_mode
 */
function composesOnBridge(script: string): boolean {
  const services = /^[ \t]*services:[ \t]*\r?$/m.test(script);
  return services && !/^[^#\n]*\bnetwork_mode["']?\s*:/m.test(script);
}
