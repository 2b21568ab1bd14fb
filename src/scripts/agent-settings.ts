import { filesWrittenBy } from "./here-document-text.js";
import { HOLE } from "./metadata-address.js";
import type { ShellCommand } from "./shell-script.js";
import type { Variables } from "./shell-variables.js";

/** What a script sets for the agent of ECS. */
export interface AgentSettings {
  readonly joinsCluster: boolean;
  /** Tasks with network interfaces of their own are kept from the metadata service, or may be. */
  readonly blocksMetadata: boolean;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_windows_container_instance.html */
const WINDOWS_SETTING = /^[^#\n]*\bSetEnvironmentVariable\(\s*["']ECS_CLUSTER["']/im;

const SETTING = /(?:^|[\s"'[(]|\\n)(ECS_CLUSTER|ECS_AWSVPC_BLOCK_IMDS)\s*=\s*([^\s\\"',)]*)/g;

/** Where the agent reads its settings. */
const SETTINGS_FILE = /(?:^|[/\\])ecs\.config$/;

/**
 * What is written to the agent's file of settings, set in Bottlerocket's settings or, on Windows, in the
 * environment of the machine. A variable of that name in a script is nobody's setting yet.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 * https://bottlerocket.dev/en/os/latest/api/settings/ecs/
 */
export function agentSettings(
  script: string,
  commands: readonly ShellCommand[],
  variables: Variables,
): AgentSettings {
  const settings = new Map<string, string>();
  const isFile = isSettingsFile(script);
  for (const [index, command] of commands.entries()) {
    const text = command.words.map((word) => word.text).join(" ");
    if (!text.includes("ECS_")) continue;
    if (!isFile && !isWrittenToFile(command, commands[index + 1], script, variables)) continue;
    for (const [, name = "", value = ""] of text.matchAll(SETTING)) {
      settings.set(name, variables.expand(value));
    }
  }
  const blocks = settings.get("ECS_AWSVPC_BLOCK_IMDS");
  return {
    joinsCluster:
      settings.has("ECS_CLUSTER") ||
      /^\s*\[settings\.ecs\]/m.test(script) ||
      WINDOWS_SETTING.test(script),
    blocksMetadata: blocks !== undefined && (/^true$/i.test(blocks) || isOpen(blocks)),
  };
}

function isOpen(value: string): boolean {
  return /\$|`/.test(value) || value.includes(HOLE);
}

/** A file of nothing but settings, or a cloud-config that writes the agent's. */
function isSettingsFile(script: string): boolean {
  if (/^\s*#cloud-config\b/m.test(script)) {
    return /\bpath["']?\s*:\s*["']?\S*\/ecs\.config\b/.test(script);
  }
  return /^(?:[ \t]*(?:#.*|\w+=\S*)?(?:\r?\n|$))+$/.test(script) && !/^\s*#!/.test(script);
}

/** A line of a here-document for the file, or what is printed into it. */
function isWrittenToFile(
  command: ShellCommand,
  next: ShellCommand | undefined,
  script: string,
  variables: Variables,
): boolean {
  const [first] = command.words;
  if (command.hereDocumentOf !== undefined && first?.text.startsWith("ECS_") === true) {
    const files = filesWrittenBy(command.hereDocumentOf);
    return files.length === 0 ? teesSettings(script) : files.some(isSettings);
  }
  if (!/^(?:echo|printf)$/.test(first?.text ?? "")) return false;
  const files = filesWrittenBy(command);
  if (files.length > 0) return files.some(isSettings);
  if (next?.before === "|") return filesWrittenBy(next).some(isSettings);
  // `{ echo …; echo …; } > file`
  return /[})]\s*>>?\s*["']?\S*\/ecs\.config\b/.test(script);

  function isSettings(file: string): boolean {
    return SETTINGS_FILE.test(variables.expand(file));
  }
}

/** `cat <<EOF | tee …`, whose document is given to `cat`. */
function teesSettings(script: string): boolean {
  return /\|\s*(?:sudo\s+)?tee\s+(?:-\S+\s+)*["']?\S*\/ecs\.config\b/.test(script);
}
