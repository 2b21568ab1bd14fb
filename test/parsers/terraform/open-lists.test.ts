import { expect, test } from "vitest";
import { lint } from "../../../src/engine/lint.js";
import { chooseRules } from "../../../src/rules/choose-rules.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import { MemoryFileSystem } from "../../../src/source/memory-file-system.js";

const root = `
data "aws_availability_zones" "available" {}

module "network" {
  source  = "./network"
  subnets = [for key, zone in data.aws_availability_zones.available.names : cidrsubnet("10.0.0.0/16", 8, key)]
}
`;

function skippedWith(type: string): readonly string[] {
  const texts = {
    "/infra/main.tf": root,
    "/infra/network/main.tf": `
variable "subnets" {
  type = ${type}
}

resource "aws_instance" "web" {
  count = length(var.subnets)
}
`,
  };
  const { coverage } = lint({
    files: Object.keys(texts),
    fileSystem: new MemoryFileSystem(texts),
    rootDirectory: "/infra",
    named: new Set(),
    rules: chooseRules(new Map()),
    loadTolerantYaml: () => parseTolerantly,
  });
  return coverage.skipped.map(({ message }) => message);
}

test.each(["list(string)", "list(any)"])(
  "a loop over a list that is not known is taken for %s",
  (type) => {
    expect(skippedWith(type)).toEqual([]);
  },
);
