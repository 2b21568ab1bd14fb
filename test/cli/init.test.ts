import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { runImdslint } from "./run-imdslint.js";

/** What of a hook's entry is the same in the release and in what is written. */
interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files?: string;
  readonly exclude?: string;
  readonly require_serial?: boolean;
}

const releasedHooks = parse(
  readFileSync(new URL("../../release/.pre-commit-hooks.yaml", import.meta.url), "utf8"),
) as Hook[];

let root = "";

beforeEach(() => {
  root = mkdtempSync(`${tmpdir()}/imdslint-init-`);
  mkdirSync(`${root}/.git`);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(`${root}/${path}`), { recursive: true });
  writeFileSync(`${root}/${path}`, text);
}

function read(path: string): string {
  return readFileSync(`${root}/${path}`, "utf8");
}

const template = `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: { HttpTokens: required, HttpEndpoint: enabled }
`;

test("shows what it would write, and writes nothing unasked", () => {
  write("web.yaml", template);
  const { stdout, status } = runImdslint(root, ["init"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Found CloudFormation.");
  expect(stdout).toContain("imdslint.config.yaml (new):");
  expect(stdout).toContain("imdslint init --yes writes what is new");
  expect(existsSync(`${root}/imdslint.config.yaml`)).toBe(false);
});

test("writes at the top of the repository, from anywhere in it, what works at once", () => {
  write("infra/main.tf", 'resource "aws_instance" "web" {}\n');
  write("infra/env/production.tfvars", 'a = "b"\n');
  write("web.yaml", template);
  const { stdout, status } = runImdslint(`${root}/infra`, ["init", "--yes"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Found CloudFormation, Terraform.");
  expect(stdout).toContain("Wrote ../imdslint.config.yaml\n");
  expect(read("imdslint.config.yaml")).toContain('# varFiles: ["infra/env/production.tfvars"]');
  expect(runImdslint(root, ["config"])).toMatchObject({ stderr: "", status: 0 });
  // What is only suggested must be right, too.
  write("imdslint.config.yaml", read("imdslint.config.yaml").replace(/^# (?=[a-z]+: )/gm, ""));
  write("main.tf", "");
  expect(runImdslint(root, ["config"])).toMatchObject({ stderr: "", status: 0 });

  const hooks = parse(read(".pre-commit-config.yaml")) as { repos: { hooks: Hook[] }[] };
  const [hook] = hooks.repos[0]?.hooks ?? [];
  const released = releasedHooks.find(({ id }) => id === "imdslint");
  const { files: pattern = "", exclude, require_serial, entry } = released ?? {};
  expect(hook).toMatchObject({ id: "imdslint", files: pattern, exclude, require_serial, entry });
  // What Python says within an expression, JavaScript says beside it.
  const files = new RegExp(pattern.replace(/^\(\?i\)/, ""), "i");
  expect(
    ["a.yml", "b/c.tf", "d.tf.json", "e.tfvars", "f.template"].every((f) => files.test(f)),
  ).toBe(true);
  expect(files.test("readme.md")).toBe(false);
  const workflow = parse(read(".github/workflows/imdslint.yml")) as { permissions: object };
  expect(workflow.permissions).toEqual({
    actions: "read",
    contents: "read",
    "security-events": "write",
  });
});

test("never overwrites, and says what to add", () => {
  write(".pre-commit-config.yaml", "repos: []\n");
  write("imdslint.config.json", "{}\n");
  write(".gitlab-ci.yml", "{}\n");
  const { stdout, status } = runImdslint(root, ["init", "--yes"]);
  expect(status).toBe(0);
  expect(stdout).toContain(".pre-commit-config.yaml is there and stays as it is. To add to it:");
  expect(stdout).toContain("Everything is there already.");
  expect(read(".pre-commit-config.yaml")).toBe("repos: []\n");
  expect(existsSync(`${root}/imdslint.config.yaml`)).toBe(false);
  expect(existsSync(`${root}/.github`)).toBe(false);
});

test("puts an old repository on its baseline", () => {
  write("web.yaml", template.replace("required", "optional"));
  const written = runImdslint(root, ["baseline", "write"]);
  expect(written.stdout).toBe(
    "imdslint-baseline.json knows 1 finding\n" +
      "To mute them, pass --baseline imdslint-baseline.json or name it in a configuration\n",
  );
  expect(runImdslint(root, []).status).toBe(1);
  runImdslint(root, ["init", "--yes"]);
  expect(runImdslint(root, [])).toMatchObject({ status: 0, stderr: "" });
  write("new.yaml", template.replace("required", "optional"));
  expect(runImdslint(root, []).status).toBe(1);
});

test("synthesizes apps of the CDK before it lints them", () => {
  write("cdk.json", "{}\n");
  runImdslint(root, ["init", "--yes"]);
  const workflow = read(".github/workflows/imdslint.yml");
  expect(workflow).toContain("npx cdk synth --quiet --debug");
  expect(workflow).toContain(". cdk.out --format");
});

test("fails where it cannot write", () => {
  write(".github", "");
  const { stdout, status } = runImdslint(root, ["init", "--yes"]);
  expect(status).toBe(2);
  expect(stdout).toContain(
    "Cannot write .github/workflows/imdslint.yml: a part of its path is a file",
  );
});
