import type { InputHints } from "./question.js";

/** A public module that the catalogue knows. */
export interface RecordedModule extends InputHints {
  /** Its address in the registry. */
  readonly address: string;
  /** Its repository on GitHub. */
  readonly repository: string;
  /** The owner it had before. */
  readonly formerOwner?: string;
  /** The directories that are called as modules, `""` being the top. */
  readonly directories: readonly string[];
}

/** The most used public modules that launch instances, or whose names make one think so. */
export const recordedModules: readonly RecordedModule[] = [
  {
    address: "terraform-aws-modules/ec2-instance/aws",
    repository: "terraform-aws-modules/terraform-aws-ec2-instance",
    directories: [""],
  },
  {
    address: "terraform-aws-modules/autoscaling/aws",
    repository: "terraform-aws-modules/terraform-aws-autoscaling",
    directories: [""],
  },
  {
    address: "terraform-aws-modules/eks/aws",
    repository: "terraform-aws-modules/terraform-aws-eks",
    directories: [
      "",
      "modules/eks-managed-node-group",
      "modules/self-managed-node-group",
      "modules/karpenter",
      "modules/fargate-profile",
      "modules/hybrid-node-role",
      "modules/capability",
      "modules/aws-auth",
      "modules/node_groups",
    ],
    groups: {
      eks_managed_node_groups: "map",
      self_managed_node_groups: "map",
      node_groups: "map",
      worker_groups: "list",
      worker_groups_launch_template: "list",
    },
  },
  {
    address: "terraform-aws-modules/batch/aws",
    repository: "terraform-aws-modules/terraform-aws-batch",
    directories: [""],
  },
  {
    address: "terraform-aws-modules/ecs/aws",
    repository: "terraform-aws-modules/terraform-aws-ecs",
    directories: ["", "modules/cluster", "modules/service", "modules/container-definition"],
  },
  {
    address: "terraform-aws-modules/emr/aws",
    repository: "terraform-aws-modules/terraform-aws-emr",
    directories: ["", "modules/serverless", "modules/studio", "modules/virtual-cluster"],
  },
  {
    address: "cloudposse/ec2-instance/aws",
    repository: "cloudposse/terraform-aws-ec2-instance",
    directories: [""],
  },
  {
    address: "cloudposse/ec2-autoscale-group/aws",
    repository: "cloudposse/terraform-aws-ec2-autoscale-group",
    directories: [""],
  },
  {
    address: "cloudposse/eks-node-group/aws",
    repository: "cloudposse/terraform-aws-eks-node-group",
    directories: [""],
  },
  {
    address: "github-aws-runners/github-runner/aws",
    repository: "github-aws-runners/terraform-aws-github-runner",
    formerOwner: "philips-labs",
    directories: [
      "",
      "modules/multi-runner",
      "modules/runners",
      "modules/download-lambda",
      "modules/setup-iam-permissions",
      "modules/webhook-github-app",
    ],
    groups: { multi_runner_config: "map" },
    // The launch template is always there; the module's many switches are for its Lambda functions.
    switches: [],
  },
  {
    address: "cattle-ops/gitlab-runner/aws",
    repository: "cattle-ops/terraform-aws-gitlab-runner",
    formerOwner: "npalm",
    directories: [""],
    words: { "runner_worker.type": ["docker+machine", "docker-autoscaler", "instance"] },
  },
];

/** Modules that the recorded ones call and whose outputs decide whether they launch anything. */
export const neededModules: readonly Pick<RecordedModule, "address" | "repository">[] = [
  { address: "cloudposse/label/null", repository: "cloudposse/terraform-null-label" },
];
