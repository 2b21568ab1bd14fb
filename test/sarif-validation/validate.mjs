/**
 * Validates SARIF files with the library and schema check that GitHub's upload uses, and with
 * Microsoft's multitool: `node validate.mjs <file.sarif>…`. Prints what is wrong; exits with 1 on any
 * error, or where a validator could not run. Warnings and notes are printed and do not count.
 * https://github.com/microsoft/sarif-sdk/blob/main/docs/multitool-usage.md
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Validator } from "jsonschema";

const require = createRequire(import.meta.url);
const multitool = require("@microsoft/sarif-multitool");
const schema = readJson(join(dirname(multitool), "sarif-2.1.0.json"));

const files = process.argv.slice(2);
if (files.length === 0) fail("usage: node validate.mjs <file.sarif>…");
makeExecutable(multitool);
const errorCount = files.map(validate).reduce((sum, count) => sum + count, 0);
console.log(`${files.length} SARIF files validated, ${errorCount} errors`);
process.exitCode = errorCount > 0 ? 1 : 0;

/** Prints everything that is wrong with a file and returns how many errors are among it. */
function validate(file) {
  const complaints = [...checkSchema(file), ...runMultitool(file)];
  for (const { level, text } of complaints) console.log(`${file}: ${level}: ${text}`);
  return complaints.filter(({ level }) => level === "error").length;
}

function checkSchema(file) {
  const { errors } = new Validator().validate(readJson(file), schema);
  return errors.map(({ stack }) => ({ level: "error", text: `schema: ${stack}` }));
}

/** The multitool exits with 0 whatever it finds, so its report is read, which is SARIF again. */
function runMultitool(file) {
  const directory = mkdtempSync(join(tmpdir(), "imdslint-sarif-"));
  try {
    const report = join(directory, "report.sarif");
    // Ghas: what GitHub wants beyond the standard.
    const kinds = ["--rule-kind", "Sarif;Ghas"];
    const options = [...kinds, "--quiet", "true", "--log", "ForceOverwrite", "--output", report];
    const { error, stderr } = spawnSync(multitool, ["validate", resolve(file), ...options], {
      encoding: "utf8",
    });
    if (error !== undefined) fail(`the multitool cannot be started: ${error.message}`);
    const [run] = readJson(report, stderr).runs;
    return [...run.results.map((result) => describeResult(result, run)), ...describeFailures(run)];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function describeResult(result, { tool }) {
  const rules = tool.driver.rules ?? [];
  const rule = rules[result.ruleIndex ?? result.rule?.index];
  const level = result.level ?? rule?.defaultConfiguration?.level ?? "warning";
  const template = rule?.messageStrings?.[result.message.id]?.text ?? result.message.text;
  const values = result.message.arguments ?? [];
  const text = template.replace(/\{(\d+)\}/g, (_, index) => values[index]);
  const region = result.locations?.[0]?.physicalLocation?.region;
  return { level, text: `${result.ruleId}, line ${region?.startLine ?? "?"}: ${text}` };
}

/** What kept the multitool from looking. */
function describeFailures({ invocations = [] }) {
  return invocations
    .flatMap((each) => each.toolExecutionNotifications ?? [])
    .filter(({ level }) => level === "error")
    .map(({ message }) => ({ level: "error", text: `multitool: ${message.text}` }));
}

/** The package does this in a script of its own, which `--ignore-scripts` leaves out. */
function makeExecutable(path) {
  if (process.platform !== "win32") chmodSync(path, 0o755);
}

function readJson(path, explanation = "") {
  try {
    // Microsoft's tools write a byte order mark.
    return JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    return fail(`cannot read ${path}: ${error.message} ${explanation}`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
