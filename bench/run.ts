// Measures what a user waits for: one small file, which is mostly starting up, and a thousand files
// of each dialect. Each run is compared with a bare `node -e 0` right after it, since machines drift.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { env, execPath, hrtime, stdout } from "node:process";
import { writeLargeTemplate, writeModules, writeStacks, writeTemplates } from "./corpus.js";

const FILES = 1000;
const STACKS = 200;
const LARGEST_REPORT = 64 * 1024 * 1024;
const COLD_RUNS = 25;
const WARM_RUNS = 5;

/** What a run finds in its environment beside ours. */
type Environment = Readonly<Record<string, string>>;

const imdslint = new URL("../dist/imdslint.cjs", import.meta.url).pathname;
const directory = mkdtempSync(`${tmpdir()}/imdslint-bench-`);
try {
  writeTemplates(`${directory}/one-template`, 1);
  writeModules(`${directory}/one-module`, 1);
  writeTemplates(`${directory}/templates`, FILES);
  writeModules(`${directory}/modules`, FILES);

  writeStacks(`${directory}/stacks`, STACKS);

  for (const name of ["one-template", "one-module"]) {
    const command = [imdslint, `${directory}/${name}`];
    report(name, command, COLD_RUNS);
    const environment = { NODE_DISABLE_COMPILE_CACHE: "1" };
    report(`${name}, without compiled code`, command, COLD_RUNS, environment);
  }
  for (const conditions of [0, 30]) {
    const large = `${directory}/large-${conditions}`;
    writeLargeTemplate(large, conditions);
    const name = `a template of 10,000 lines and 500 resources, ${conditions} conditions`;
    report(name, [imdslint, large], WARM_RUNS);
  }
  report(`${FILES} templates`, [imdslint, `${directory}/templates`], WARM_RUNS);
  report(`${FILES} modules`, [imdslint, `${directory}/modules`], WARM_RUNS);
  report(
    `${STACKS} stacks of 10 modules that call each other`,
    [imdslint, `${directory}/stacks`],
    WARM_RUNS,
  );
} finally {
  rmSync(directory, { recursive: true });
}

/** Prints how long a command takes, and how much of that is beyond starting Node itself. */
function report(
  name: string,
  command: readonly string[],
  runs: number,
  environment: Environment = {},
): void {
  const rounds: { readonly time: number; readonly bare: number }[] = [];
  // The first round warms up the disk's cache, and ours of compiled code.
  for (let run = -1; run < runs; run += 1) {
    const time = milliseconds(command, environment);
    const round = { time, bare: milliseconds(["-e", "0"], environment) };
    if (run >= 0) rounds.push(round);
  }
  const time = median(rounds.map((round) => round.time));
  const beyond = median(rounds.map((round) => round.time - round.bare));
  const figures = `${time.toFixed(0)} ms, ${beyond.toFixed(0)} ms beyond bare Node`;
  stdout.write(`${name}: ${figures} (median of ${runs})\n`);
}

function milliseconds(parameters: readonly string[], environment: Environment): number {
  const start = hrtime.bigint();
  const {
    status,
    stdout: found,
    stderr,
  } = spawnSync(execPath, parameters, {
    encoding: "utf8",
    env: { ...env, NODE_COMPILE_CACHE: `${directory}/compiled`, ...environment },
    maxBuffer: LARGEST_REPORT,
  });
  const elapsed = Number(hrtime.bigint() - start) / 1e6;
  // 1 means that it found something, as it should in most of these; a Node that finds no build ends so too.
  if (status !== 0 && (status !== 1 || found === "")) {
    throw new Error(`exit code ${String(status)}: ${stderr}`);
  }
  return elapsed;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? NaN;
}
