/**
 * Records what the real program makes of Terraform's functions: `npx tsx scripts/record-oracle.ts`,
 * or with the names of files below `fixtures/oracle/terraform-functions/` to record those alone.
 *
 * Reads the calls in those files, evaluates them with the program that the file names (`terraform` or
 * `tofu`, if it is on the PATH) in `fixtures/oracle/root-module`, and writes the files again, sorted,
 * with results. A new case is an entry with `function` and `arguments` alone. Files whose program is
 * "documentation" stay as they are: their cases are functions of providers that the console does not
 * have, with results taken from their documentation.
 *
 * Also records which functions the program has.
 * `record-expressions.ts` does the same for whole expressions.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, stdout } from "node:process";
import type {
  OracleFile,
  OracleValue,
  RecordedCase,
} from "../test/parsers/terraform/functions/oracle-case.js";
import { Console, quietEnvironment, readPrinted, versionOf } from "./console.js";
import { hasUnknown, hclLiteral } from "./hcl-literal.js";
import { recordExpressions } from "./record-expressions.js";

const directory = "fixtures/oracle/terraform-functions";
const rootModule = "fixtures/oracle/root-module";
const namesFile = "fixtures/oracle/function-names.json";

/** `terraform console` answers the last expression only, so that many calls go into one. */
const BATCH = 100;

const chosen = argv.slice(2);
for (const name of readdirSync(directory).sort()) {
  if (chosen.length > 0 && !chosen.includes(name.replace(".json", ""))) continue;
  const path = join(directory, name);
  const file = JSON.parse(readFileSync(path, "utf8")) as OracleFile;
  const [command = ""] = file.program.split(" ");
  if (command === "documentation") continue;
  if (isOnPath(command)) writeFileSync(path, record(file.cases, command));
  else stdout.write(`${name} stays as it is: there is no ${command} on the PATH\n`);
}
recordNames();
if (chosen.length === 0 && isOnPath("terraform")) {
  recordExpressions({
    command: "terraform",
    version: versionOf("terraform"),
    environment: quietEnvironment(),
  });
}

function isOnPath(command: string): boolean {
  try {
    execFileSync(command, ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function record(cases: readonly RecordedCase[], command: string): string {
  const program = new Console(command, rootModule);
  try {
    const calls = new Map<string, RecordedCase>();
    for (const one of cases) calls.set(JSON.stringify([one.function, one.arguments]), one);
    const recorded = [...recordAll([...calls.values()], program)].sort(byCall);
    const lines = recorded.map((one) => `    ${JSON.stringify(one)}`);
    const header = JSON.stringify(`${program.command} ${program.version}`);
    return `{\n  "program": ${header},\n  "cases": [\n${lines.join(",\n")}\n  ]\n}\n`;
  } finally {
    program.close();
  }
}

function byCall(left: RecordedCase, right: RecordedCase): number {
  const [first, second] = [left, right].map((one) => JSON.stringify([one.function, one.arguments]));
  return (first ?? "") < (second ?? "") ? -1 : 1;
}

function* recordAll(cases: readonly RecordedCase[], program: Console): Iterable<RecordedCase> {
  const isOpen = (one: RecordedCase) => one.arguments.some(hasUnknown);
  yield* cases.filter(isOpen).map((one) => recordOne(one, program));
  const decided = cases.filter((one) => !isOpen(one));
  for (let start = 0; start < decided.length; start += BATCH) {
    yield* recordBatch(decided.slice(start, start + BATCH), program);
  }
}

/** A call with an unknown argument stands alone: `try` would make its result unknown as a whole. */
function recordOne(one: RecordedCase, program: Console): RecordedCase {
  const call = { function: one.function, arguments: one.arguments };
  const printed = program.print(callText(one, program));
  return printed === undefined
    ? { ...call, error: true }
    : { ...call, result: readPrinted(printed) };
}

function recordBatch(cases: readonly RecordedCase[], program: Console): readonly RecordedCase[] {
  const texts = cases.map((one) => callText(one, program));
  const types = readTypes(texts, program);
  const results = readResults(texts, program);
  return cases.map((one, index) => {
    const call = { function: one.function, arguments: one.arguments };
    const result = results[index];
    if (result === undefined) return { ...call, error: true };
    return { ...call, result: JSON.parse(result) as OracleValue, type: types[index] ?? "" };
  });
}

/** Each call's result as JSON, undefined where the call is refused. */
function readResults(calls: readonly string[], program: Console): readonly (string | undefined)[] {
  const tuple = calls.map((call) => `try(jsonencode(${call}), null)`).join(", ");
  // In Base64 there is nothing that the console would print in a way of its own.
  const base64 = JSON.parse(program.evaluate(`base64encode(jsonencode([${tuple}]))`)) as string;
  const json = Buffer.from(base64, "base64").toString("utf8");
  return (JSON.parse(json) as readonly (string | null)[]).map((result) => result ?? undefined);
}

/** Each call's type, as in `list(string)`. */
function readTypes(calls: readonly string[], program: Console): readonly string[] {
  const tuple = calls.map((call) => `try(${call}, "")`).join(", ");
  const types = program
    .evaluate(`type([${tuple}])`)
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

function callText({ function: name, arguments: values }: RecordedCase, program: Console): string {
  const literals = values.map((value) => hclLiteral(value, (text) => program.referTo(text)));
  return `${name}(${literals.join(", ")})`;
}

/** Writes which functions each program on the PATH has that the file names. */
function recordNames(): void {
  const names = JSON.parse(readFileSync(namesFile, "utf8")) as Record<string, unknown>;
  for (const command of Object.keys(names).filter(isOnPath)) {
    const output = execFileSync(command, ["metadata", "functions", "-json"], {
      encoding: "utf8",
      env: { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null" },
    });
    const { function_signatures: signatures } = JSON.parse(output) as {
      function_signatures: Readonly<Record<string, unknown>>;
    };
    names[command] = Object.keys(signatures)
      .filter((name) => !name.includes("::"))
      .sort();
  }
  writeFileSync(namesFile, `${JSON.stringify(names, null, 2)}\n`);
}
