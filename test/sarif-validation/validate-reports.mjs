/**
 * Lints each path given with the built command line and validates the SARIF it writes:
 * `node validate-reports.mjs <path>…`, from the top of the repository. Exits with 1 if a report is
 * wrong or there is none.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const validate = fileURLToPath(new URL("validate.mjs", import.meta.url));
const imdslint = fileURLToPath(new URL("../../dist/imdslint.cjs", import.meta.url));

const directory = mkdtempSync(join(tmpdir(), "imdslint-sarif-"));
try {
  const reports = process.argv.slice(2).map((path, index) => {
    const report = join(directory, `${index}-${basename(path)}.sarif`);
    // Configurations among the fixtures are wrong on purpose, which ends a run.
    const options = ["--no-config", "--format", "sarif", "--show-open", "--output-file", report];
    run([imdslint, ...options, path]);
    return report;
  });
  process.exitCode = run([validate, ...reports]);
} finally {
  rmSync(directory, { recursive: true });
}

function run(parameters) {
  return spawnSync(process.execPath, parameters, { stdio: "inherit" }).status ?? 1;
}
