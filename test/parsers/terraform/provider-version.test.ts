import { describe, expect, test } from "vitest";
import type { AwsProvider } from "../../../src/parsers/resource.js";
import { evaluateRootModule } from "../../../src/parsers/terraform/evaluate-root-module.js";
import { ModuleLoader } from "../../../src/parsers/terraform/load-module.js";
import { MemoryFileSystem } from "../../../src/source/memory-file-system.js";

/**
 * What `terraform init` (1.11.4) picked from a mirror that holds 3.76.1, 4.0.0, 4.0.1, 4.5.0, 4.60.0,
 * 4.61.0, 4.67.0, 5.0.0-beta1, 5.0.0, 5.11.0, 5.12.0, 5.100.0, 6.0.0-beta1, 6.0.0 and 6.10.0;
 * undefined where it refused.
 */
const picked: readonly (readonly [constraint: string, release: string | undefined])[] = [
  ["4", "4.0.0"],
  ["4.0", "4.0.0"],
  ["= 4", "4.0.0"],
  ["=4.0.0", "4.0.0"],
  ["~> 3", "3.76.1"],
  ["~> 4", "4.67.0"],
  ["~> 4.0", "4.67.0"],
  ["~> 4.0.0", "4.0.1"],
  ["~> 4.60", "4.67.0"],
  ["~> 4.60.0", "4.60.0"],
  ["~>4.60.0", "4.60.0"],
  ["> 4", "6.10.0"],
  ["> 4.60", "6.10.0"],
  [">4.0.0, < 4.61", "4.60.0"],
  ["<= 4.60", "4.60.0"],
  ["<= 4", "4.0.0"],
  ["<=4.60.0", "4.60.0"],
  ["< 5", "4.67.0"],
  ["< 5.0.0-beta2", "4.67.0"],
  [">= 5.0.0-beta1", "6.10.0"],
  ["~> 5.0.0-beta1", "5.0.0"],
  ["< 6.0.0-beta1", "5.100.0"],
  ["~> 6.0.0-beta1", "6.0.0"],
  [">= 5.0.0-beta1, < 5.0.0", undefined],
  ["!= 6.10.0", "6.0.0"],
  ["!= 5", "6.10.0"],
  ["!= 6.10.0, < 6", "5.100.0"],
  [">= 5.0, < 5.0", undefined],
  [">= 4.60.0,<= 4.60.0", "4.60.0"],
  ["4.60.0 ", "4.60.0"],
  ["04.60.0", "4.60.0"],
  ["v4.60.0", undefined],
  ["", undefined],
  [" ", undefined],
  ["~> 4.0, ", undefined],
  [">= 4.0 < 5.0", undefined],
  ["4.x", undefined],
  ["4.*", undefined],
  ["*", undefined],
  ["=> 4.0", undefined],
  ["== 4.0.0", undefined],
  ["^4.0", undefined],
  ["4.60.0.1", undefined],
];

const thresholds = [
  [4, 61],
  [5, 0],
  [6, 0],
] as const;

describe("the release of the AWS provider", () => {
  test.each(picked)(
    "that %j admits is older just where what Terraform picks is",
    (text, release) => {
      const provider = providerOf({ "/root/main.tf": requiring(text) });
      for (const [major, minor] of thresholds) {
        const isOlder = release !== undefined && isBefore(release, major, minor);
        expect(provider?.isBefore(major, minor) ?? false, `${major}.${minor}`).toBe(isOlder);
      }
    },
  );

  test("is that of the narrowest constraint of all modules, which is named", () => {
    const provider = providerOf({
      "/root/main.tf": `${requiring(">= 3.0, < 5.0")}\nmodule "a" {\n  source = "./a"\n}\n`,
      "/root/a/main.tf": requiring("~> 4.60.0"),
    });
    expect(provider?.isBefore(4, 61)).toBe(true);
    expect(provider?.evidence.message).toBe("the AWS provider must be ~> 4.60.0");
    expect(provider?.evidence.location.path).toBe("/root/a/main.tf");
  });

  test("is not told from constraints of which one is no plain string", () => {
    const files = {
      "/root/main.tf": requiring("${local.version}"),
      "/root/b.tf": requiring("< 4.0"),
    };
    expect(providerOf(files)).toBeUndefined();
  });

  test("is a pre-release only if that alone is asked for, and not what follows it", () => {
    const provider = providerOf({ "/root/main.tf": requiring("= 5.0.0-beta1") });
    expect(provider?.isBefore(5, 0)).toBe(false);
    expect(provider?.isBefore(6, 0)).toBe(true);
  });

  test("is the locked one, whatever the constraints are, and another provider's lock does not count", () => {
    const lock = (address: string, version: string) =>
      `provider "registry.terraform.io/${address}" {\n  version = "${version}"\n}\n`;
    const files = {
      "/root/main.tf": requiring(">= 3.0"),
      "/root/.terraform.lock.hcl": `${lock("hashicorp/awscc", "0.1.0")}${lock("hashicorp/aws", "4.60.0")}`,
    };
    const provider = providerOf(files);
    expect(provider?.isBefore(4, 61)).toBe(true);
    expect(provider?.isBefore(4, 60)).toBe(false);
    expect(provider?.evidence.message).toBe("the AWS provider is locked to 4.60.0");
    const other = { ...files, "/root/.terraform.lock.hcl": lock("hashicorp/awscc", "0.1.0") };
    expect(providerOf(other)).toBeUndefined();
  });
});

function requiring(constraint: string): string {
  return `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${constraint}"
    }
  }
}
`;
}

function providerOf(texts: Readonly<Record<string, string>>): AwsProvider | undefined {
  const fileSystem = new MemoryFileSystem(texts);
  const loader = new ModuleLoader(fileSystem);
  return evaluateRootModule("/root", { fileSystem, loader })?.awsProvider;
}

function isBefore(release: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = release.split(".").map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
