// Measures what a user waits for: starting up for one small file, as a difference to starting Node
// itself, and a thousand files of each dialect. Commands run in turn, since machines drift.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { execPath, hrtime, stdout } from "node:process";
import { writeModules, writeStacks, writeTemplates } from "./corpus.js";

const FILES = 1000;
const STACKS = 200;
const LARGEST_REPORT = 64 * 1024 * 1024;
const COLD_RUNS = 25;
const WARM_RUNS = 5;

const imdslint = new URL("../dist/imdslint.cjs", import.meta.url).pathname;
const directory = mkdtempSync(`${tmpdir()}/imdslint-bench-`);
try {
  writeTemplates(`${directory}/one-template`, 1);
  writeModules(`${directory}/one-module`, 1);
  writeTemplates(`${directory}/templates`, FILES);
  writeModules(`${directory}/modules`, FILES);

  writeStacks(`${directory}/stacks`, STACKS);

  const bare = ["-e", "0"];
  report(
    "one template, beyond starting Node",
    [imdslint, `${directory}/one-template`],
    bare,
    COLD_RUNS,
  );
  report(
    "one module, beyond starting Node",
    [imdslint, `${directory}/one-module`],
    bare,
    COLD_RUNS,
  );
  report(`${FILES} templates`, [imdslint, `${directory}/templates`], undefined, WARM_RUNS);
  report(`${FILES} modules`, [imdslint, `${directory}/modules`], undefined, WARM_RUNS);
  report(
    `${STACKS} stacks of 10 modules that call each other`,
    [imdslint, `${directory}/stacks`],
    undefined,
    WARM_RUNS,
  );
} finally {
  rmSync(directory, { recursive: true });
}

/** Prints the median in milliseconds, less the median of the baseline where there is one. */
function report(
  name: string,
  command: readonly string[],
  baseline: readonly string[] | undefined,
  runs: number,
): void {
  const times: number[] = [];
  const baselines: number[] = [];
  // The first round warms up the disk's cache.
  for (let run = -1; run < runs; run += 1) {
    const time = milliseconds(command);
    const base = baseline === undefined ? 0 : milliseconds(baseline);
    if (run < 0) continue;
    times.push(time);
    baselines.push(base);
  }
  const beyond = median(times) - median(baselines);
  stdout.write(`${name}: ${beyond.toFixed(0)} ms (median of ${runs})\n`);
}

function milliseconds(parameters: readonly string[]): number {
  const start = hrtime.bigint();
  const { status, stderr } = spawnSync(execPath, parameters, {
    encoding: "utf8",
    maxBuffer: LARGEST_REPORT,
  });
  const elapsed = Number(hrtime.bigint() - start) / 1e6;
  // 1 means that it found something, as it should in most of these.
  if (status !== 0 && status !== 1) throw new Error(`exit code ${String(status)}: ${stderr}`);
  return elapsed;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? NaN;
}
