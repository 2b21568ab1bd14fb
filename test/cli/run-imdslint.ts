import { spawnSync } from "node:child_process";
import { env, execPath } from "node:process";

const imdslint = new URL("../../dist/imdslint.cjs", import.meta.url).pathname;

/** Runs the command line in a directory, as users do. */
export function runImdslint(directory: string, parameters: readonly string[], input = "") {
  const { stdout, stderr, status } = spawnSync(execPath, [imdslint, ...parameters], {
    cwd: directory,
    encoding: "utf8",
    input,
    env: { ...env, NO_COLOR: undefined, FORCE_COLOR: undefined, CI: "1" },
  });
  return { stdout, stderr, status };
}
