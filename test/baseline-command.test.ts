import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { execPath } from "node:process";
import { afterEach, beforeEach, expect, test } from "vitest";

const imdslint = new URL("../dist/imdslint.cjs", import.meta.url).pathname;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/imdslint-baseline-`);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function run(...parameters: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(execPath, [imdslint, ...parameters], {
    cwd: directory,
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

function write(path: string, text: string): void {
  writeFileSync(`${directory}/${path}`, text);
}

const FILE = "imdslint-baseline.json";
const baseline = () => readFileSync(`${directory}/${FILE}`, "utf8");

const instance = (name: string) => `resource "aws_instance" "${name}" {}\n`;

test("write, run, prune and show go together", () => {
  write("a.tf", instance("one") + instance("two"));
  expect(run("baseline", "write")).toEqual({
    stdout: `${FILE} knows 2 findings\nTo mute them, pass --baseline ${FILE} or name it in a configuration\n`,
    stderr: "",
    status: 0,
  });
  const first = baseline();
  run("baseline", "write");
  expect(baseline()).toBe(first);
  expect(run("--baseline", FILE)).toMatchObject({ stderr: "", status: 0 });

  write("a.tf", instance("two") + instance("three"));
  const { stdout, stderr, status } = run("--baseline", FILE, "--format", "unix");
  expect(stdout).toMatch(/^a\.tf:2:.*aws_instance\.three/);
  expect(stdout.split("\n")).toHaveLength(2);
  expect(stderr).toBe(
    `1 entry of ${FILE} is no longer needed; imdslint baseline prune takes it out\n`,
  );
  expect(status).toBe(1);

  expect(run("baseline", "prune").stdout).toBe(
    `Taken out, since they are no longer needed:\n  a.tf  require-imdsv2  aws_instance.one\n${FILE} knows 1 finding\n`,
  );
  expect(run("baseline", "show").stdout).toBe(
    "a.tf  require-imdsv2  aws_instance.two\n1 finding known\n",
  );
});

test("a moved file takes its entries along, and other files keep theirs when only some are judged", () => {
  write("a.tf", instance("one"));
  write("b.yaml", "Resources: {Web: {Type: AWS::EC2::Instance}}\n");
  run("baseline", "write");
  expect(run("baseline", "prune", "b.yaml").stdout).toBe(`${FILE} knows 2 findings\n`);
  renameSync(`${directory}/a.tf`, `${directory}/main.tf`);
  expect(run("--baseline", FILE)).toMatchObject({ stderr: "", status: 0 });
  run("baseline", "prune");
  expect(run("baseline", "show").stdout).toContain("main.tf  require-imdsv2  aws_instance.one\n");
});

test("nothing counts as fixed where something could not be read", () => {
  write("a.tf", instance("one"));
  run("baseline", "write");
  const before = baseline();
  write("a.tf", "");
  write("b.tf", 'resource "x" {\n');
  expect(run("--baseline", FILE).stderr).toBe("");
  const { stderr, status } = run("baseline", "prune");
  expect(status).toBe(2);
  expect(stderr).toContain("Not all could be read");
  expect(stderr).toContain("  b.tf: ");
  expect(baseline()).toBe(before);
});

test("a path that is not there writes no baseline over the one there is", () => {
  write("a.tf", instance("one"));
  run("baseline", "write");
  const before = baseline();
  expect(run("baseline", "write", "b.tf")).toEqual({
    stdout: "",
    stderr: `${FILE} is not written: there is no file or directory b.tf\n`,
    status: 2,
  });
  expect(baseline()).toBe(before);
});

test.each([
  [{ fingerprint: "abc" }, "a fingerprint has 64 of the digits 0 to 9 and a to f"],
  [{ kind: "failure" }, 'kind cannot be "failure", but "fail" or "open"'],
  [{ rule: undefined }, "this entry has no text named rule"],
  [{ file: 5 }, "this entry has no text named file"],
])("an entry that was edited to %j is told where it stands", (edit, message) => {
  write("a.tf", instance("one"));
  run("baseline", "write");
  const { findings } = JSON.parse(baseline()) as { findings: readonly object[] };
  const edited = { version: 1, findings: findings.map((entry) => ({ ...entry, ...edit })) };
  write(FILE, JSON.stringify(edited, null, 1));
  expect(run("--baseline", FILE)).toEqual({
    stdout: "",
    stderr: `${FILE}:4:3: ${message}\n`,
    status: 2,
  });
});

test("what people add to entries does not matter, and the text is the same again", () => {
  write("a.tf", instance("one") + instance("two"));
  run("baseline", "write");
  const written = baseline();
  const { findings } = JSON.parse(written) as { findings: readonly object[] };
  const [first, second] = findings;
  const edited = { version: 1, findings: [second, { ...first, owner: "web team" }, second] };
  write(FILE, JSON.stringify(edited));
  expect(run("--baseline", FILE)).toMatchObject({ status: 0 });
  run("baseline", "prune");
  expect(baseline()).toBe(written);
});
