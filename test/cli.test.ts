import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { env, execPath } from "node:process";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";

const imdslint = new URL("../dist/imdslint.cjs", import.meta.url).pathname;
const { version } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { version: string };
const cases = new URL("../fixtures/cli/", import.meta.url).pathname;

/** `command.json`: the arguments, run in the case's own directory, and how the process must end. */
interface Command {
  readonly arguments: readonly string[];
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly exitCode: number;
}

/** Times and our version differ from run to run. */
function stable(output: string): string {
  return output
    .replace(/\d+(?:\.\d+)? m?s$/gm, "… ms")
    .replaceAll(`ersion": "${version}"`, 'ersion": "…"')
    .replace(new RegExp(`^${version}$`, "gm"), "…");
}

/** Compares with a file beside the command; `UPDATE=1` writes it instead, and the diff is read. */
function expectGolden(path: string, actual: string): void {
  if (env["UPDATE"] === "1" && actual !== "") writeFileSync(path, actual);
  const expected = existsSync(path) ? readFileSync(path, "utf8") : "";
  expect(actual).toBe(expected);
}

const reportSchema = JSON.parse(
  readFileSync(new URL("../docs/report.schema.json", import.meta.url), "utf8"),
) as object;
const isReport = new Ajv({ allErrors: true, strict: false }).compile(reportSchema);

describe("imdslint", () => {
  test.each(readdirSync(cases))("%s", (name) => {
    const directory = `${cases}${name}`;
    const command = JSON.parse(readFileSync(`${directory}/command.json`, "utf8")) as Command;
    const { stdout, stderr, status } = spawnSync(execPath, [imdslint, ...command.arguments], {
      cwd: directory,
      encoding: "utf8",
      // Colours are for terminals, wherever this runs.
      env: { ...env, ...command.environment, NO_COLOR: undefined, FORCE_COLOR: undefined, CI: "1" },
    });
    expect(status).toBe(command.exitCode);
    expectGolden(`${directory}/expected.stdout`, stable(stdout));
    expectGolden(`${directory}/expected.stderr`, stable(stderr));
    const isJsonReport = command.arguments.includes("json") && command.arguments[0] !== "config";
    if (!isJsonReport || stdout === "") return;
    isReport(JSON.parse(stdout));
    expect(isReport.errors ?? []).toEqual([]);
  });

  test("writes several reports at once, and prints one", () => {
    const directory = mkdtempSync(`${tmpdir()}/imdslint-formats-`);
    try {
      const formats = [`sarif=${directory}/out/a.sarif`, `junit=${directory}/b.xml`, "unix"];
      const parameters = formats.flatMap((format) => ["--format", format]);
      const { stdout, stderr, status } = spawnSync(execPath, [imdslint, ...parameters, "."], {
        cwd: `${cases}glob`,
        encoding: "utf8",
      });
      expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
      expect(stdout).toMatch(/^[^:\n]+:\d+:\d+: error: /);
      const { runs } = JSON.parse(readFileSync(`${directory}/out/a.sarif`, "utf8")) as {
        runs: { results: unknown[] }[];
      };
      expect(runs[0]?.results.length).toBe(stdout.trimEnd().split("\n").length);
      expect(readFileSync(`${directory}/b.xml`, "utf8")).toContain("<testsuites ");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test("ends with 2 where the report cannot be written", () => {
    const full = openSync("/dev/full", "w");
    const { stderr, status } = spawnSync(execPath, [imdslint, "--list-rules"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toBe("Cannot write the report: no space is left on the device\n");
  });

  test("keeps its exit code when whoever reads stops reading", () => {
    const command = `'${execPath}' '${imdslint}' "$0" | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", command, `${cases}glob`], {
      encoding: "utf8",
    });
    expect(stdout).toBe("1\n");
    expect(stderr).toBe("");
  });
});
