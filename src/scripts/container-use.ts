import { agentSettings } from "./agent-settings.js";
import { runsOnBridge } from "./container-network.js";
import { withoutProse } from "./here-document-text.js";
import { type Run, runOf } from "./program-of.js";
import { shellTextOf } from "./shell-text.js";
import { readShell } from "./shell-commands.js";
import type { ShellCommand } from "./shell-script.js";
import { Variables } from "./shell-variables.js";

/** What a script does with containers on the instance that runs it. */
export interface ContainerUse {
  /** The instance joins a cluster of ECS. */
  readonly joinsCluster: boolean;
  /** The program that starts containers in networks of their own, `docker`; undefined where none is known to. */
  readonly runsWith: string | undefined;
  /** Containers are kept from the metadata service on purpose, or may be. */
  readonly keepsFromMetadata: boolean;
}

/** Programs that matter behind `sudo` and the like. */
const PROGRAMS = new Set(
  "docker podman nerdctl finch docker-compose podman-compose iptables ip6tables".split(" "),
);

/** Scripts within scripts are read this far. */
const DEEPEST = 5;

/**
 * What a script does with containers, by the grammar of shell: comments, texts that are only shown and files
 * for people do not count, nor does what hangs on parts that are not known (`HOLE`). Never throws.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
export function containerUse(text: string): ContainerUse {
  return useIn(text, { depth: 0, isOfUser: false });
}

/** How deep a script stands in others, and whether another user than root runs it. */
interface Standing {
  readonly depth: number;
  readonly isOfUser: boolean;
}

function useIn(text: string, { depth, isOfUser }: Standing): ContainerUse {
  const script = shellTextOf(text);
  const shell = readShell(script);
  const variables = new Variables(shell);
  const commands = withoutProse(shell.commands, script);
  const settings = agentSettings(script, commands, variables);
  const uses = commands.flatMap((command): readonly ContainerUse[] => {
    const isOthers = isOfUser || runsAsUser(command);
    const run = runOf(
      command.words,
      (word) => variables.expand(word),
      (name) => PROGRAMS.has(name),
    );
    if (run === undefined) return [];
    if (run.kind === "program") return [useOf(run, { isOfUser: isOthers, variables, script })];
    if (depth >= DEEPEST) return [];
    return [useIn(variables.expand(run.word.text), { depth: depth + 1, isOfUser: isOthers })];
  });
  return {
    joinsCluster: settings.joinsCluster || uses.some(({ joinsCluster }) => joinsCluster),
    runsWith: uses.find(({ runsWith }) => runsWith !== undefined)?.runsWith,
    keepsFromMetadata:
      settings.blocksMetadata || uses.some(({ keepsFromMetadata }) => keepsFromMetadata),
  };
}

interface Around {
  readonly isOfUser: boolean;
  readonly variables: Variables;
  readonly script: string;
}

function useOf(
  { name, parameters }: Extract<Run, { kind: "program" }>,
  { isOfUser, variables, script }: Around,
): ContainerUse {
  const words = parameters.map(({ text }) => variables.expand(text));
  const isWindowsAgent = name === "Initialize-ECSAgent";
  const isRun = PROGRAMS.has(name) && runsOnBridge(name, parameters, variables, script);
  // Without root, podman speaks for its containers from the host itself.
  const isRootless = isOfUser && name.startsWith("podman");
  return {
    joinsCluster: isWindowsAgent || (PROGRAMS.has(name) && startsAgent(words)),
    runsWith: isRun && !isRootless ? name : undefined,
    keepsFromMetadata:
      (isWindowsAgent && words.some((word) => /^-AwsvpcBlockIMDS\b/i.test(word))) ||
      (/^ip6?tables$/.test(name) && dropsRequests(words)),
  };
}

/** The agent as a container that somebody starts. */
function startsAgent(words: readonly string[]): boolean {
  return (
    words.includes("run") &&
    words.some((word) => /(?:^|\/)amazon-ecs-agent(?::[\w.-]+)?$/.test(word))
  );
}

/**
 * A rule for what containers send to the service.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
 */
function dropsRequests(words: readonly string[]): boolean {
  return (
    words.some((word) => /^(?:DOCKER-USER|FORWARD)$/.test(word)) &&
    words.some((word) => /^169\.254\.169\.254(?:\/32)?$/.test(word)) &&
    words.some((word) => /^(?:DROP|REJECT)$/.test(word))
  );
}

function runsAsUser({ words }: ShellCommand): boolean {
  const [program, ...rest] = words.map(({ text }) => text);
  const name = program?.split("/").at(-1) ?? "";
  if (name === "sudo")
    return rest.some((word) => /^(?:-u|--user\b)/.test(word) && word !== "-uroot");
  return (name === "su" || name === "runuser") && !rest.includes("root");
}
