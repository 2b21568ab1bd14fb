import { expect, test } from "vitest";
import { parseRemoteSource } from "../../../src/parsers/terraform/remote-source.js";

const eks = "terraform-aws-modules/terraform-aws-eks";

test.each([
  ["terraform-aws-modules/eks/aws", { address: "terraform-aws-modules/eks/aws", directory: "" }],
  [
    "registry.terraform.io/terraform-aws-modules/eks/aws",
    { address: "terraform-aws-modules/eks/aws", directory: "" },
  ],
  [
    "registry.opentofu.org/terraform-aws-modules/eks/aws//modules/karpenter",
    { address: "terraform-aws-modules/eks/aws", directory: "modules/karpenter" },
  ],
  [
    "terraform-aws-modules/eks/aws//modules/self-managed-node-group",
    { address: "terraform-aws-modules/eks/aws", directory: "modules/self-managed-node-group" },
  ],
  [`github.com/${eks}`, { repository: eks, directory: "" }],
  [`github.com/${eks}?ref=v20.8.5`, { repository: eks, directory: "", ref: "v20.8.5" }],
  [
    `git::https://github.com/${eks}.git//modules/karpenter?ref=v20.8.5&depth=1`,
    { repository: eks, directory: "modules/karpenter", ref: "v20.8.5" },
  ],
  [
    `git::https://github.com/${eks}.git?depth=1&ref=refs%2Ftags%2Fv20.8.5`,
    { repository: eks, directory: "", ref: "refs/tags/v20.8.5" },
  ],
  [`git::https://token@github.com/${eks}.git`, { repository: eks, directory: "" }],
  [`git::ssh://git@github.com/${eks}.git?ref=a1`, { repository: eks, directory: "", ref: "a1" }],
  [`git@github.com:${eks}.git`, { repository: eks, directory: "" }],
  [`git::git@github.com:${eks}.git//modules/x`, { repository: eks, directory: "modules/x" }],
])("%s is a public module", (source, expected) => {
  expect(parseRemoteSource(source)).toEqual(expected);
});

test.each([
  "app.terraform.io/company/eks/aws",
  "git::https://gitlab.com/company/terraform-aws-eks.git",
  "git::https://github.com.example.org/terraform-aws-modules/terraform-aws-eks",
  "https://example.com/eks.zip",
  "s3::https://s3.amazonaws.com/bucket/eks.zip",
  "../eks",
  "./modules/eks/aws",
  "eks",
  "",
])("%j is none", (source) => {
  expect(parseRemoteSource(source)).toBeUndefined();
});
