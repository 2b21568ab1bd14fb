/**
 * Records what the real program makes of Terraform's functions: `npx tsx scripts/record-oracle.ts`.
 *
 * Reads the calls in `fixtures/oracle/terraform-functions/*.json`, evaluates them with the `tofu` or
 * `terraform` that is on the PATH, and writes the files again, sorted, with results. A new case is an
 * entry with `function` and `arguments` alone. Files whose program is "documentation" stay as they
 * are: their cases are OpenTofu's own functions, with results taken from its documentation.
 * `record-expressions.ts` does the same for whole expressions.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type OracleFile,
  type OracleValue,
  type RecordedCase,
} from "../test/parsers/terraform/functions/oracle-case.js";
import { recordExpressions } from "./record-expressions.js";

const directory = "fixtures/oracle/terraform-functions";

/** `terraform console` answers the last expression only, so that many calls go into one. */
const BATCH = 100;

const escapesUnknownToHcl: Readonly<Record<string, string>> = {
  "\\b": "\\u0008",
  "\\f": "\\u000c",
};

const program = findProgram();
const workingDirectory = mkdtempSync(join(tmpdir(), "record-oracle-"));
try {
  for (const name of readdirSync(directory).sort()) {
    const path = join(directory, name);
    const file = JSON.parse(readFileSync(path, "utf8")) as OracleFile;
    if (file.program !== "documentation") writeFileSync(path, record(file.cases));
  }
} finally {
  rmSync(workingDirectory, { recursive: true });
}
recordExpressions({ ...program, environment: quiet() });

function findProgram(): { readonly command: string; readonly version: string } {
  for (const command of ["tofu", "terraform"]) {
    try {
      const output = execFileSync(command, ["version", "-json"], {
        encoding: "utf8",
        env: quiet(),
      });
      const { terraform_version: version } = JSON.parse(output) as { terraform_version: string };
      return { command, version };
    } catch {
      // Not on the PATH; the next one may be.
    }
  }
  throw new Error("neither tofu nor terraform is on the PATH");
}

/** Nobody's settings, and no colours. */
function quiet(): NodeJS.ProcessEnv {
  return { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", NO_COLOR: "1" };
}

function record(cases: readonly RecordedCase[]): string {
  const calls = new Map(cases.map((one) => [callText(one), one]));
  const sorted = [...calls.keys()].sort();
  const lines: string[] = [];
  for (let start = 0; start < sorted.length; start += BATCH) {
    const batch = sorted.slice(start, start + BATCH);
    const types = readTypes(batch);
    for (const [index, result] of readResults(batch).entries()) {
      const call = calls.get(batch[index] ?? "");
      if (call === undefined) continue;
      const recorded: RecordedCase = { function: call.function, arguments: call.arguments };
      const outcome =
        result === undefined
          ? { error: true }
          : { result: JSON.parse(result) as OracleValue, type: types[index] ?? "" };
      lines.push(`    ${JSON.stringify({ ...recorded, ...outcome })}`);
    }
  }
  const header = JSON.stringify(`${program.command} ${program.version}`);
  return `{\n  "program": ${header},\n  "cases": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** Each call's result as JSON, undefined where the call is refused. */
function readResults(calls: readonly string[]): readonly (string | undefined)[] {
  const tuple = calls.map((call) => `try(jsonencode(${call}), null)`).join(", ");
  const output = evaluate(`jsonencode([${tuple}])`);
  // The console prints a string in quotes of its own.
  const json = JSON.parse(output) as string;
  return (JSON.parse(json) as readonly (string | null)[]).map((result) => result ?? undefined);
}

/** Each call's type, as in `list(string)`. */
function readTypes(calls: readonly string[]): readonly string[] {
  const tuple = calls.map((call) => `try(${call}, "")`).join(", ");
  const output = evaluate(`type([${tuple}])`);
  const types = output
    .replace(/\s/g, "")
    .replace(/,([\])}])/g, "$1")
    .slice("tuple([".length, -"])".length);
  return splitTypes(types);
}

function splitTypes(types: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [index, character] of Array.from(`${types},`).entries()) {
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    if (character !== "," || depth > 0) continue;
    parts.push(types.slice(start, index));
    start = index + 1;
  }
  return parts;
}

function evaluate(expression: string): string {
  return execFileSync(program.command, ["console"], {
    cwd: workingDirectory,
    encoding: "utf8",
    env: quiet(),
    input: `${expression}\n`,
  }).trim();
}

function callText({ function: name, arguments: values }: RecordedCase): string {
  return `${name}(${values.map(literal).join(", ")})`;
}

/** A value in HCL's syntax. */
function literal(value: OracleValue): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  const entries = Object.entries(value as Readonly<Record<string, OracleValue>>);
  const [only] = entries;
  // `{ "$toset": ["a"] }` stands for toset(["a"]).
  if (only?.[0].startsWith("$") === true) return `${only[0].slice(1)}(${literal(only[1])})`;
  return `{${entries.map(([key, item]) => `${quoted(key)} = ${literal(item)}`).join(", ")}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text)
    .replace(/\\./g, (escape) => escapesUnknownToHcl[escape] ?? escape)
    .replace(/([$%])\{/g, "$1$1{");
}
