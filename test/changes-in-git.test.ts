import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { env, execPath } from "node:process";
import { afterAll, beforeEach, describe, expect, test } from "vitest";

const imdslint = new URL("../dist/imdslint.cjs", import.meta.url).pathname;

const repositories: string[] = [];

/** A repository of git on disk. */
class Repository {
  readonly directory: string;

  constructor() {
    this.directory = mkdtempSync(`${tmpdir()}/imdslint-changes-`);
    repositories.push(this.directory);
    this.git("init", "--quiet", "--initial-branch=main");
    // Whatever the person who runs this has set must not matter.
    this.git("config", "diff.noprefix", "true");
    this.git("config", "diff.external", "false");
    this.git("config", "color.ui", "always");
  }

  git(...parameters: readonly string[]): string {
    return execFileSync("git", parameters, {
      cwd: this.directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: {
        ...env,
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_AUTHOR_NAME: "a",
        GIT_AUTHOR_EMAIL: "a@example.org",
        GIT_COMMITTER_NAME: "a",
        GIT_COMMITTER_EMAIL: "a@example.org",
      },
    });
  }

  write(texts: Readonly<Record<string, string | undefined>>): void {
    for (const [path, text] of Object.entries(texts)) {
      const absolute = `${this.directory}/${path}`;
      mkdirSync(dirname(absolute), { recursive: true });
      if (text === undefined) rmSync(absolute);
      else writeFileSync(absolute, text);
    }
  }

  commit(texts: Readonly<Record<string, string | undefined>> = {}): void {
    this.write(texts);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "a");
  }

  /** What imdslint finds, as lines without messages, and what it complains of. */
  lint(...parameters: readonly string[]) {
    const { stdout, stderr, status } = spawnSync(
      execPath,
      [imdslint, "--format", "unix", ...parameters],
      { cwd: this.directory, encoding: "utf8" },
    );
    const found = stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.replace(/^([^:]*:\d+):.*\((\S+)\)$/, "$1 $2"));
    return { found, complaint: stderr, status };
  }
}

afterAll(() => {
  for (const directory of repositories) rmSync(directory, { recursive: true });
});

const instance = (name: string, more = '    http_tokens = "optional"\n') => `
resource "aws_instance" "${name}" {
  ami = "ami-0abcdef1234567890"
  metadata_options {
    http_endpoint = "enabled"
${more}  }
}
`;
const safe = '    http_tokens = "required"\n';

let shop: Repository;

beforeEach(() => {
  shop = new Repository();
  shop.commit({ "old.tf": instance("old"), "safe.tf": instance("safe", safe) });
});

describe("--since", () => {
  test("shows what is on changed lines, and nothing old", () => {
    expect(shop.lint().found).toEqual(["old.tf:6 require-imdsv2"]);
    expect(shop.lint("--since", "HEAD")).toEqual({ found: [], complaint: "", status: 0 });
    shop.write({ "safe.tf": instance("safe"), "new.tf": instance("new") });
    const expected = { found: ["new.tf:6 require-imdsv2", "safe.tf:6 require-imdsv2"], status: 1 };
    expect(shop.lint("--since", "HEAD")).toMatchObject(expected);
    shop.commit();
    expect(shop.lint("--since", "HEAD~1")).toMatchObject(expected);
    expect(shop.lint("--since", "HEAD").found).toEqual([]);
  });

  test("shows what comes of lines that were taken out, and of files that are gone", () => {
    shop.write({ "safe.tf": instance("safe", "") });
    expect(shop.lint("--since", "HEAD").found).toEqual(["safe.tf:4 require-imdsv2"]);
    shop.write({ "safe.tf": undefined });
    expect(shop.lint("--since", "HEAD")).toMatchObject({ found: [], status: 0 });
    const defaults = `resource "aws_ec2_instance_metadata_defaults" "all" {\n  http_tokens = "required"\n}\n`;
    shop.commit({ "bare.tf": 'resource "aws_instance" "bare" {\n}\n', "defaults.tf": defaults });
    expect(shop.lint("--since", "HEAD").found).toEqual([]);
    shop.write({ "defaults.tf": undefined });
    expect(shop.lint("--since", "HEAD").found).toContain("bare.tf:1 require-imdsv2");
  });

  test("edits elsewhere in a resource do not bring up what was there", () => {
    shop.write({ "old.tf": instance("old").replace("ami-0abcdef1234567890", "ami-1") });
    expect(shop.lint("--since", "HEAD").found).toEqual([]);
    shop.write({ "old.tf": `\n\n# moved down\n${instance("old")}` });
    expect(shop.lint("--since", "HEAD").found).toEqual([]);
  });

  test("shows a finding whose chain passes through a changed line", () => {
    const uses = instance("a", "    http_tokens = var.tokens\n");
    shop.commit({ "a.tf": `${uses}variable "tokens" {\n  default = "required"\n}\n` });
    shop.commit({ "a.tf": `${uses}variable "tokens" {\n  default = "optional"\n}\n` });
    expect(shop.lint("--since", "HEAD~1").found).toEqual(["a.tf:10 require-imdsv2"]);
    const another = instance("b", "    http_tokens = var.tokens\n");
    shop.write({ "b.tf": another });
    expect(shop.lint("--since", "HEAD").found).toEqual(["a.tf:10 require-imdsv2"]);
  });

  test("shows what a second call of a module makes wrong at a line that is old", () => {
    const module = `variable "tokens" {\n  default = "optional"\n}\n${instance("this", "    http_tokens = var.tokens\n")}`;
    const call = (name: string) => `module "${name}" {\n  source = "./modules/web"\n}\n`;
    shop.commit({ "modules/web/main.tf": module, "b.tf": call("b") });
    expect(shop.lint("--since", "HEAD").found).toEqual([]);
    for (const name of ["a", "c"]) {
      shop.write({ "c.tf": call(name) });
      expect(shop.lint("--since", "HEAD").found).toContain("modules/web/main.tf:2 require-imdsv2");
    }
  });

  test("a file that is moved brings up nothing", () => {
    mkdirSync(`${shop.directory}/stack`);
    renameSync(`${shop.directory}/old.tf`, `${shop.directory}/stack/old.tf`);
    shop.git("add", "--all");
    expect(shop.lint("--since", "HEAD").found).toEqual([]);
    expect(shop.lint("--staged").found).toEqual([]);
  });

  test("compares with where the branch began", () => {
    shop.git("checkout", "--quiet", "-b", "feature");
    shop.commit({ "new.tf": instance("new") });
    shop.git("checkout", "--quiet", "main");
    shop.commit({ "old.tf": instance("old", safe) });
    shop.git("checkout", "--quiet", "feature");
    expect(shop.lint("--since", "main").found).toEqual(["new.tf:6 require-imdsv2"]);
  });

  test("bad input counts where its file has changed", () => {
    shop.commit({ "broken/a.tf": 'resource "x" {\n' });
    expect(shop.lint().status).toBe(2);
    expect(shop.lint("--since", "HEAD")).toEqual({ found: [], complaint: "", status: 0 });
    shop.write({ "broken/a.tf": 'resource "y" {\n' });
    expect(shop.lint("--since", "HEAD").status).toBe(2);
  });

  test("paths may have blanks, quotes and letters beyond ASCII", () => {
    const path = 'ü "b" c.tf';
    shop.commit({ [path]: instance("new", safe) });
    shop.write({ [path]: instance("new") });
    expect(shop.lint("--since", "HEAD").found).toHaveLength(1);
  });
});

describe("--staged", () => {
  test("judges what is staged, whatever the working tree has", () => {
    shop.write({ "safe.tf": instance("safe") });
    expect(shop.lint("--staged")).toEqual({ found: [], complaint: "", status: 0 });
    shop.git("add", "--all");
    shop.write({ "safe.tf": `# fixed, but not staged\n${instance("safe", safe)}` });
    expect(shop.lint("--staged")).toMatchObject({
      found: ["safe.tf:6 require-imdsv2"],
      status: 1,
    });
    shop.write({ "safe.tf": undefined });
    expect(shop.lint("--staged").found).toEqual(["safe.tf:6 require-imdsv2"]);
  });

  test("files that git does not know are not there, those that it ignores are", () => {
    const call = 'module "web" {\n  source = "./web"\n  tokens = "optional"\n}\n';
    shop.commit({ "main.tf": "\n", ".gitignore": "web/\n" });
    shop.write({ "main.tf": call, "untracked.tf": instance("untracked") });
    const web = instance("this", "    http_tokens = var.tokens\n");
    shop.write({ "web/main.tf": `variable "tokens" {}\n${web}` });
    shop.git("add", "main.tf");
    expect(shop.lint("--staged").found).toEqual(["main.tf:3 require-imdsv2"]);
  });

  test("covers deletions, and the first commit of all", () => {
    shop.write({ "safe.tf": instance("safe", "") });
    shop.git("add", "--all");
    expect(shop.lint("--staged").found).toEqual(["safe.tf:4 require-imdsv2"]);
    const fresh = new Repository();
    fresh.write({ "a.tf": instance("a") });
    fresh.git("add", "--all");
    expect(fresh.lint("--staged").found).toEqual(["a.tf:6 require-imdsv2"]);
  });
});

describe("what cannot be told is said, with exit code 2", () => {
  test("a ref that is not there, also if it looks like an option", () => {
    for (const ref of ["no-such-branch", "--output=x", ""]) {
      expect(shop.lint(`--since=${ref}`)).toEqual({
        found: [],
        complaint: `--since: there is no commit ${ref} in this repository\n`,
        status: 2,
      });
    }
  });

  test("a history that was cut off", () => {
    shop.commit({ "a.tf": "\n" });
    const clone = new Repository();
    const source = `file://${shop.directory}`;
    clone.git("fetch", "--quiet", "--depth=1", source, "main:copy");
    clone.git("checkout", "--quiet", "copy");
    const { complaint, status } = clone.lint("--since", "HEAD~1");
    expect(status).toBe(2);
    expect(complaint).toMatch(/^--since: there is no commit HEAD~1 .*cut off: fetch all of it/);
    clone.git("fetch", "--quiet", "--depth=1", source, shop.git("rev-parse", "HEAD~1").trim());
    expect(clone.lint("--since", "FETCH_HEAD").complaint).toMatch(
      /^--since: HEAD and FETCH_HEAD have no commit in common; its history was cut off/,
    );
  });

  test("no repository, and no git", () => {
    const directory = mkdtempSync(`${tmpdir()}/imdslint-no-repository-`);
    repositories.push(directory);
    writeFileSync(`${directory}/a.tf`, instance("a"));
    const run = (environment: Readonly<Record<string, string>>, cwd: string) =>
      spawnSync(execPath, [imdslint, "--staged"], {
        cwd,
        encoding: "utf8",
        env: { ...env, ...environment },
      });
    const outside = run({ GIT_CEILING_DIRECTORIES: tmpdir() }, directory);
    expect(outside.status).toBe(2);
    expect(outside.stderr).toContain("git cannot tell what has changed in");
    const without = run({ PATH: "/nowhere" }, shop.directory);
    expect(without.status).toBe(2);
    expect(without.stderr).toBe("git is needed to tell what has changed, and there is none\n");
  });

  test("both at once, and fixes besides", () => {
    expect(shop.lint("--since", "HEAD", "--staged").status).toBe(2);
    expect(shop.lint("--staged", "--fix").status).toBe(2);
  });
});
