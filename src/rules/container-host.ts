import type { LaunchSpecification } from "../model/launch-specification.js";
import type { Script } from "../model/script.js";
import { containerUse } from "../scripts/container-use.js";

/** Why a launch's instances are taken for hosts of containers on a bridge, as a clause; undefined if they are not. */
export function containerHostReason(launch: LaunchSpecification): string | undefined {
  const uses = launch.scripts.filter(mayUseContainers).map(({ name, text }) => ({
    name,
    ...containerUse(text),
  }));
  // Somebody who says that tasks are to be kept from the metadata service means it.
  if (uses.some(({ keepsFromMetadata }) => keepsFromMetadata)) return undefined;
  const hosts = [launch, ...launch.launchedBy];
  if (hosts.some(({ kind }) => kind === "batch-compute-environment")) {
    return "Batch runs its jobs there in containers";
  }
  if (hosts.some(({ runsTasks }) => runsTasks.isGiven === "yes")) {
    return "a capacity provider of ECS runs tasks there";
  }
  const [reason] = uses.flatMap(({ name, joinsCluster, runsWith }) => {
    if (joinsCluster) return [`its ${name} joins a cluster of ECS`];
    return runsWith === undefined ? [] : [`its ${name} runs containers with ${runsWith}`];
  });
  return reason;
}

/** By a quick look; most scripts do not, and are not read. */
function mayUseContainers({ text }: Script): boolean {
  return /ecs|docker|podman|nerdctl|finch|169\.254\.169\.254/i.test(text);
}
