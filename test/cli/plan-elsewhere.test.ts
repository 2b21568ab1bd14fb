import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import type { Log, Run } from "sarif";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runImdslint } from "./run-imdslint.js";

const plans = new URL("../../fixtures/plans/", import.meta.url).pathname;
let top = "";

/** A repository with its plan beside it, as a job has it in a directory for temporary files. */
beforeEach(() => {
  top = mkdtempSync(`${tmpdir()}/imdslint-plan-`);
  cpSync(`${plans}existing`, `${top}/repository/infra`, { recursive: true });
  mkdirSync(`${top}/repository/.git`);
  mkdirSync(`${top}/temporary`);
  renameSync(`${top}/repository/infra/plan.json`, `${top}/temporary/plan.json`);
});

afterEach(() => {
  rmSync(top, { recursive: true });
});

function runOn(directory: string, parameters: readonly string[]): Run | undefined {
  const { stdout } = runImdslint(directory, ["--format", "sarif", ...parameters]);
  return (JSON.parse(stdout) as Log).runs[0];
}

function placesOf(run: Run | undefined): readonly (string | undefined)[] {
  const places = run?.results?.map(
    ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri,
  );
  return [...new Set(places)];
}

test.each<[name: string, directory: string, parameters: readonly string[]]>([
  ["in its working directory", "repository/infra", ["../../temporary/plan.json"]],
  ["with other files", "repository/infra", [".", "../../temporary/plan.json"]],
  ["where --source-root says", "temporary", ["plan.json", "--source-root", "../repository/infra"]],
])(
  "a plan's findings stand in the repository of its source, %s",
  (_name, directory, parameters) => {
    const run = runOn(`${top}/${directory}`, parameters);
    expect(placesOf(run)).toEqual(["infra/main.tf"]);
    expect(run?.invocations?.[0]?.toolExecutionNotifications).toEqual([]);
  },
);

test("a plan whose source is nowhere keeps its own place, and the report says so", () => {
  rmSync(`${top}/repository/infra`, { recursive: true });
  const run = runOn(`${top}/repository`, ["../temporary/plan.json"]);
  expect(placesOf(run)).toEqual(["plan.json"]);
  const notifications = run?.invocations?.[0]?.toolExecutionNotifications ?? [];
  expect(notifications.map(({ descriptor }) => descriptor?.id)).toEqual(["plan-without-source"]);
});
