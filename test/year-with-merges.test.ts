import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { env } from "node:process";
import type { Log } from "sarif";
import { afterAll, describe, expect, test } from "vitest";
import { runImdslint } from "./cli/run-imdslint.js";

const BASELINE = "imdslint-baseline.json";

type Texts = Readonly<Record<string, string | undefined>>;

/** A repository of git on disk with branches, and what code scanning and gates make of it. */
class Repository {
  readonly directory = mkdtempSync(`${tmpdir()}/imdslint-merges-`);
  #alerts = new Map<string, string>();

  constructor() {
    this.git("init", "--quiet", "--initial-branch=main");
  }

  git(...parameters: readonly string[]): void {
    execFileSync("git", parameters, { cwd: this.directory, stdio: "ignore", env: gitEnvironment });
  }

  write(texts: Texts): void {
    for (const [path, text] of Object.entries(texts)) {
      const absolute = `${this.directory}/${path}`;
      mkdirSync(dirname(absolute), { recursive: true });
      if (text === undefined) rmSync(absolute);
      else writeFileSync(absolute, text);
    }
  }

  read(path: string): string {
    return readFileSync(`${this.directory}/${path}`, "utf8");
  }

  commit(texts: Texts = {}): void {
    this.write(texts);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "a");
  }

  /** Merges a branch. Gives whether git could do so by itself; if not, nothing is committed. */
  merge(branch: string): boolean {
    const { status } = spawnSync("git", ["merge", "--no-ff", "--no-edit", branch], {
      cwd: this.directory,
      env: gitEnvironment,
    });
    return status === 0;
  }

  imdslint(...parameters: readonly string[]) {
    return runImdslint(this.directory, parameters);
  }

  /** Uploads what is checked out to code scanning. Gives what opened and closed, by rule and resource. */
  upload() {
    const log = JSON.parse(this.imdslint("--no-baseline", "--format", "sarif").stdout) as Log;
    const before = this.#alerts;
    this.#alerts = new Map(
      (log.runs[0]?.results ?? []).map(({ ruleId, partialFingerprints, locations }) => [
        `${ruleId} ${partialFingerprints?.["primaryLocationLineHash"]}`,
        `${ruleId} ${locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName}`,
      ]),
    );
    return {
      opened: namesNotIn(this.#alerts, before),
      closed: namesNotIn(before, this.#alerts),
    };
  }

  /** What a gate with these options lets nobody through with, as `file:resource`. */
  gate(...parameters: readonly string[]): readonly string[] {
    const { stdout } = this.imdslint("--format", "json", ...parameters);
    const { findings } = JSON.parse(stdout) as {
      findings: readonly { file: string; resource: { address: string } }[];
    };
    return findings.map(({ file, resource }) => `${file}:${resource.address}`).sort();
  }
}

const gitEnvironment = {
  ...env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.org",
};

function namesNotIn(alerts: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) {
  return [...alerts].flatMap(([identity, name]) => (others.has(identity) ? [] : [name])).sort();
}

const nothing = { opened: [], closed: [] };

/** Long enough for git to see a moved file in it, and for line hashes to tell instances apart. */
const instance = (
  name: string,
  tokens = "optional",
  above = "",
) => `resource "aws_instance" "${name}" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint = "enabled"
${above}    http_tokens   = "${tokens}"
  }
  tags = {
    Name = "${name} of the shop, which has been here for years and is called ${name} by everybody"
    Team = "whoever works on ${name}"
  }
}
`;

const repositories: Repository[] = [];

function newRepository(): Repository {
  const repository = new Repository();
  repositories.push(repository);
  return repository;
}

afterAll(() => {
  for (const { directory } of repositories) rmSync(directory, { recursive: true });
});

describe("a year of one repository with branches", () => {
  const shop = newRepository();

  test("January: the baseline of main has what is there", () => {
    shop.commit({ "web.tf": instance("web") + instance("worker"), "db.tf": instance("db") });
    expect(shop.upload().opened).toEqual(["db", "web", "worker"].map(alertOf));
    shop.imdslint("baseline", "write");
    shop.commit({ "imdslint.config.yaml": `baseline: ${BASELINE}\n` });
    expect(shop.gate()).toEqual([]);
  });

  test("February: a file is moved on a branch, and what is in it fixed on main", () => {
    shop.git("checkout", "--quiet", "-b", "move");
    shop.commit({ "web.tf": undefined, "stacks/web.tf": shop.read("web.tf") });
    expect(shop.gate("--since", "main")).toEqual([]);
    expect(shop.gate()).toEqual([]);
    shop.git("checkout", "--quiet", "main");
    shop.commit({ "web.tf": instance("web") + instance("worker", "required") });
    expect(shop.upload()).toEqual({ opened: [], closed: [alertOf("worker")] });

    expect(shop.merge("move")).toBe(true);
    expect(shop.read("stacks/web.tf")).toContain('"required"');
    expect(shop.upload()).toEqual(nothing);
    expect(shop.gate()).toEqual([]);
    expect(shop.imdslint().stderr).toContain("1 entry of imdslint-baseline.json is no longer");
    shop.imdslint("baseline", "prune");
    shop.commit();
    expect(JSON.parse(shop.read(BASELINE))).toMatchObject({
      findings: [{ file: "db.tf" }, { file: "stacks/web.tf", resource: "aws_instance.web" }],
    });
    expect(shop.gate()).toEqual([]);
  });

  test("March: a resource is moved and fixed at once, and the conflict resolved by the fix", () => {
    shop.git("checkout", "--quiet", "-b", "move-db");
    shop.commit({ "db.tf": "# Moved.\n", "stacks/db.tf": instance("db") });
    // In another file the mistake is new to the gate, and no other alert.
    expect(shop.gate("--since", "main")).toEqual(["stacks/db.tf:aws_instance.db"]);
    shop.git("checkout", "--quiet", "main");
    shop.commit({ "db.tf": instance("db", "required") });
    expect(shop.upload()).toEqual({ opened: [], closed: [alertOf("db")] });

    expect(shop.merge("move-db")).toBe(false);
    shop.commit({ "db.tf": "# Moved.\n", "stacks/db.tf": instance("db", "required") });
    expect(shop.upload()).toEqual(nothing);
    expect(shop.gate()).toEqual([]);
  });

  test("April: the same conflict resolved by the move brings back the alert, not a new one", () => {
    const before = newRepository();
    before.commit({ "db.tf": instance("db") });
    const [known] = before.upload().opened;
    before.git("checkout", "--quiet", "-b", "move");
    before.commit({ "db.tf": "# Moved.\n", "stacks/db.tf": instance("db") });
    before.git("checkout", "--quiet", "main");
    before.commit({ "web.tf": instance("web", "required"), "db.tf": instance("db", "required") });
    before.git("checkout", "--quiet", "move");
    expect(before.merge("main")).toBe(false);
    before.commit({ "db.tf": "# Moved.\n" });
    expect(known).toBe(alertOf("db"));
    expect(before.upload()).toEqual(nothing);
    // The branch takes back what main has fixed: that is its doing.
    expect(before.gate("--since", "main")).toEqual(["stacks/db.tf:aws_instance.db"]);
  });

  test("May: what came from main is not the branch's, whether main is merged or not", () => {
    shop.git("checkout", "--quiet", "-b", "feature");
    shop.commit({ "feature.tf": instance("feature") });
    shop.git("checkout", "--quiet", "main");
    shop.commit({ "hotfix.tf": instance("hotfix") });
    shop.git("checkout", "--quiet", "feature");
    expect(shop.gate("--since", "main")).toEqual(["feature.tf:aws_instance.feature"]);
    shop.merge("main");
    expect(shop.gate("--since", "main")).toEqual(["feature.tf:aws_instance.feature"]);
  });

  test("June: two branches that were merged into each other", () => {
    shop.git("checkout", "--quiet", "-b", "other", "feature");
    shop.commit({ "other.tf": instance("other") });
    shop.git("checkout", "--quiet", "feature");
    shop.commit({ "more.tf": instance("more") });
    shop.git("branch", "feature-before");
    shop.merge("other^{commit}");
    shop.git("checkout", "--quiet", "other");
    shop.merge("feature-before");
    shop.commit({ "last.tf": instance("last") });
    expect(shop.gate("--since", "feature")).toEqual(["last.tf:aws_instance.last"]);
    shop.git("checkout", "--quiet", "feature");
    expect(shop.gate("--since", "other")).toEqual([]);
  });

  test("July: while a merge waits to be committed, only what its resolution makes wrong counts", () => {
    shop.git("checkout", "--quiet", "main");
    shop.git("checkout", "--quiet", "-b", "left");
    shop.commit({ "both.tf": "# left\n", "left.tf": instance("left") });
    shop.git("checkout", "--quiet", "main");
    shop.git("checkout", "--quiet", "-b", "right");
    shop.commit({ "both.tf": "# right\n", "right.tf": instance("right") });
    expect(shop.merge("left")).toBe(false);
    shop.write({ "both.tf": "# left and right\n" });
    shop.git("add", "--all");
    expect(shop.gate("--staged")).toEqual([]);
    expect(shop.gate("--since", "left")).toEqual(["right.tf:aws_instance.right"]);
    shop.write({ "both.tf": instance("both") });
    shop.git("add", "--all");
    expect(shop.gate("--staged")).toEqual(["both.tf:aws_instance.both"]);
    shop.git("merge", "--abort");
  });

  test("August: suppressed on one branch, moved on the other", () => {
    shop.git("checkout", "--quiet", "main");
    shop.upload();
    shop.git("checkout", "--quiet", "-b", "accept");
    const comment = "    # imdslint-ignore-next-line require-imdsv2 -- is replaced in autumn\n";
    shop.commit({ "hotfix.tf": instance("hotfix", "optional", comment) });
    shop.git("checkout", "--quiet", "main");
    shop.commit({ "hotfix.tf": undefined, "stacks/hotfix.tf": instance("hotfix") });
    expect(shop.upload()).toEqual(nothing);
    expect(shop.merge("accept")).toBe(true);
    expect(shop.upload()).toEqual({ opened: [], closed: [alertOf("hotfix")] });
    expect(shop.gate("--since", "accept")).toEqual([]);
    expect(shop.gate()).toEqual([]);
  });

  test("September: two branches add to the baseline, and the conflict keeps both", () => {
    for (const name of ["north", "south"]) {
      shop.git("checkout", "--quiet", "-B", name, "main");
      shop.write({ [`z-${name}.tf`]: instance(name) });
      shop.imdslint("baseline", "write");
      shop.commit();
    }
    expect(shop.merge("north")).toBe(false);
    const line = shop.read(BASELINE).split("\n").indexOf("<<<<<<< HEAD") + 1;
    expect(shop.imdslint()).toEqual({
      stdout: "",
      stderr: `${BASELINE}:${line}:1: here stand git's marks of a merge conflict; keep the entries of both sides, with commas between\n`,
      status: 2,
    });
    const kept = shop.read(BASELINE).replace(/^(?:<{7}|>{7}).*\n/gm, "");
    shop.commit({ [BASELINE]: kept.replace(/\n={7}\n/, ",\n") });
    expect(shop.gate()).toEqual([]);
    shop.imdslint("baseline", "write");
    const written = shop.read(BASELINE);
    shop.imdslint("baseline", "prune");
    expect(shop.read(BASELINE)).toBe(written);
  });

  test("October: one side prunes what the other still has", () => {
    shop.commit();
    shop.git("checkout", "--quiet", "-B", "fix", "south");
    shop.write({ "z-south.tf": instance("south", "required") });
    shop.imdslint("baseline", "prune");
    shop.commit();
    shop.git("checkout", "--quiet", "south");
    shop.commit({ "z-south.tf": `# The south.\n${shop.read("z-south.tf")}` });
    expect(shop.gate()).toEqual([]);
    expect(shop.merge("fix")).toBe(true);
    expect(shop.gate()).toEqual([]);
    expect(shop.imdslint().stderr).toBe("");
  });
});

function alertOf(name: string): string {
  return `require-imdsv2 aws_instance.${name}`;
}
