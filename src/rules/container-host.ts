import type { LaunchSpecification } from "../model/launch-specification.js";
import { mayRunContainers } from "../scripts/container-programs.js";
import { runsContainersOnBridge } from "../scripts/container-runs.js";

/** Why a launch's instances are taken for hosts of containers on a bridge, as a clause; undefined if they are not. */
export function containerHostReason(launch: LaunchSpecification): string | undefined {
  // Somebody who says that tasks are to be kept from the metadata service means it.
  if (launch.scripts.some(({ text }) => blocksTasks.test(text))) return undefined;
  const hosts = [launch, ...launch.launchedBy];
  if (hosts.some(({ kind }) => kind === "batch-compute-environment")) {
    return "Batch runs its jobs there in containers";
  }
  if (hosts.some(({ runsTasks }) => runsTasks.isGiven === "yes")) {
    return "a capacity provider of ECS runs tasks there";
  }
  const [reason] = launch.scripts.flatMap(({ name, text }) => {
    if (joinsCluster.test(text)) return [`its ${name} joins a cluster of ECS`];
    const isHost = mayRunContainers(text) && runsContainersOnBridge(text);
    return isHost ? [`its ${name} runs containers on a bridge`] : [];
  });
  return reason;
}

/**
 * The agent's configuration, or Bottlerocket's settings; comments do not count.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
const joinsCluster = /^(?:[^#\n]*\bECS_CLUSTER\s*=|\s*\[settings\.ecs\])/m;

const blocksTasks = /^[^#\n]*\bECS_AWSVPC_BLOCK_IMDS\s*=\s*["']?true\b/m;
