import type { LaunchSpecification } from "../model/launch-specification.js";

/** Why a launch's instances are taken for hosts of containers on a bridge, as a clause; undefined if they are not. */
export function containerHostReason(launch: LaunchSpecification): string | undefined {
  const hosts = [launch, ...launch.launchedBy];
  if (hosts.some(({ kind }) => kind === "batch-compute-environment")) {
    return "Batch runs its jobs there in containers";
  }
  if (hosts.some(({ runsTasks }) => runsTasks.isGiven === "yes")) {
    return "a capacity provider of ECS runs tasks there";
  }
  const [reason] = launch.scripts.flatMap(({ name, text }) => {
    if (/\bECS_CLUSTER\b/.test(text)) return [`its ${name} joins a cluster of ECS`];
    return runsOnBridge(text) ? [`its ${name} runs containers with docker`] : [];
  });
  return reason;
}

/** Whether a script starts a container in a network of its own. */
function runsOnBridge(script: string): boolean {
  const commands = script
    .replace(/\\\r?\n/g, " ")
    .split(/[\n;|&]+/)
    .filter((command) => /^\s*(?:sudo\s+)?docker\s+(?:container\s+)?run\b/.test(command));
  return commands.some((command) => !/--net(?:work)?[=\s]"?(?:host|none)\b/.test(command));
}
