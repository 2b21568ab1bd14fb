import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { env, execPath, stderr, stdout } from "node:process";
import { type ActionInputs, argumentsFor, countsIn } from "./command-arguments.js";

/**
 * Runs the command line as a step of GitHub Actions: annotations and the log on standard output, a table in
 * the step's summary, a report for code scanning, counts as outputs, and a problem matcher. Inputs are passed as arguments, never
 * to a shell. https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
 */
function runAction(): number {
  const inputs: ActionInputs = {
    paths: input("paths"),
    failOn: input("fail-on"),
    baseline: input("baseline"),
    sarifFile: input("sarif-file"),
    further: input("arguments"),
    annotations: input("annotations"),
  };
  const temporary = env["RUNNER_TEMP"] ?? ".";
  const files = {
    json: join(temporary, "imdslint.json"),
    markdown: join(temporary, "imdslint.md"),
  };
  const {
    stdout: printed,
    stderr: complaint,
    status,
  } = spawnSync(
    execPath,
    [join(dirname(__filename), "imdslint.cjs"), ...argumentsFor(inputs, files)],
    { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  // For later steps that run the program themselves, with --format unix.
  stdout.write(`::add-matcher::${join(dirname(__filename), "..", "problem-matcher.json")}\n`);
  stdout.write(printed);
  stderr.write(complaint);
  if (existsSync(files.markdown))
    append("GITHUB_STEP_SUMMARY", readFileSync(files.markdown, "utf8"));
  if (existsSync(files.json)) {
    const counts = countsIn(readFileSync(files.json, "utf8"));
    for (const [name, value] of Object.entries(counts)) output(name, String(value));
  }
  output("sarif-file", inputs.sarifFile);
  // Findings are no failure where somebody says so; bad input is.
  return status === 1 && inputs.failOn === "never" ? 0 : (status ?? 2);
}

/** An input by its name, as the runner passes it. */
function input(name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
}

function output(name: string, value: string): void {
  // A line break would make another output of the rest.
  append("GITHUB_OUTPUT", `${name}=${value.replace(/[\r\n]+/g, " ")}\n`);
}

/** Adds to one of the files that the runner reads; outside of a runner there are none. */
function append(variable: string, text: string): void {
  const path = env[variable];
  if (path !== undefined && path !== "") appendFileSync(path, text);
}

process.exitCode = runAction();
