import type {
  DescribedDefaults,
  DescribedLaunch,
  DescribedLaunches,
  Exposure,
} from "../../engine/describe-launches.js";
import { relativePath } from "../../reporters/paths.js";

/** What a node stands for: what launches instances, what it launches them through, or what counts for it otherwise. */
export type NodeKind = "launcher" | "launch-template" | "account-defaults";

/** One box of the picture. */
export interface GraphNode {
  /** A word that no other node has: `n1`. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly address: string;
  readonly type: string;
  /** `path:line`, the line counted from one. */
  readonly place: string;
  /** The place's path. */
  readonly file: string;
  readonly exposure: Exposure;
}

/** An arrow of the picture, between the ids of nodes. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** What `to` is for `from`. */
  readonly kind: Exclude<NodeKind, "launcher">;
}

/** What launches instances through what, and which account's defaults count for it. */
export interface LaunchGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** What a node's mark means, in words. */
export const exposureWords: Readonly<Record<Exposure, string>> = {
  unsafe: "answers IMDSv1",
  open: "not decided here",
  safe: "does not answer IMDSv1",
};

/** Makes a graph of what was described; paths are relative to the working directory. */
export function launchGraph(described: DescribedLaunches, workingDirectory: string): LaunchGraph {
  const builder = new GraphBuilder(described, workingDirectory);
  for (const launch of described.launches) builder.addNode(launch, kindOf(launch));
  for (const defaults of described.accountDefaults) builder.addNode(defaults, "account-defaults");
  for (const launch of described.launches) {
    for (const address of launch.launchTemplates) {
      builder.addEdge(launch, address, "launch-template");
    }
    if (launch.accountDefaults === undefined) continue;
    builder.addEdge(launch, launch.accountDefaults, "account-defaults");
  }
  return builder.graph;
}

function kindOf({ kind }: DescribedLaunch): NodeKind {
  return kind === "launch-template" || kind === "launch-configuration"
    ? "launch-template"
    : "launcher";
}

class GraphBuilder {
  readonly #described: DescribedLaunches;
  readonly #workingDirectory: string;
  /** By place and address: a template that is deployed several times is drawn once. */
  readonly #nodes = new Map<string, GraphNode>();
  /** By deployment and address. */
  readonly #ids = new Map<string, string>();
  readonly #edges = new Map<string, GraphEdge>();

  constructor(described: DescribedLaunches, workingDirectory: string) {
    this.#described = described;
    this.#workingDirectory = workingDirectory;
  }

  get graph(): LaunchGraph {
    return { nodes: [...this.#nodes.values()], edges: [...this.#edges.values()] };
  }

  addNode(resource: DescribedLaunch | DescribedDefaults, kind: NodeKind): void {
    const { deployment, address, type, location, exposure } = resource;
    const file = relativePath(this.#workingDirectory, location.path);
    const line = this.#described.files.get(location.path)?.position(location.range.start).line ?? 0;
    const key = JSON.stringify([location, address]);
    const before = this.#nodes.get(key);
    const id = before?.id ?? `n${this.#nodes.size + 1}`;
    const worst = before === undefined ? exposure : worse(before.exposure, exposure);
    const place = `${file}:${line + 1}`;
    this.#nodes.set(key, { id, kind, address, type, place, file, exposure: worst });
    this.#ids.set(JSON.stringify([deployment, address]), id);
  }

  addEdge({ deployment, address }: DescribedLaunch, target: string, kind: GraphEdge["kind"]): void {
    const from = this.#ids.get(JSON.stringify([deployment, address]));
    const to = this.#ids.get(JSON.stringify([deployment, target]));
    if (from === undefined || to === undefined) return;
    this.#edges.set(`${from} ${to}`, { from, to, kind });
  }
}

function worse(left: Exposure, right: Exposure): Exposure {
  return (["unsafe", "open"] as const).find((worst) => [left, right].includes(worst)) ?? "safe";
}
