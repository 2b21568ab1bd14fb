import process, { cwd, hrtime, stderr, stdout } from "node:process";
import { normalize } from "pathe";
import packageJson from "../../package.json" with { type: "json" };
import type { CommandResult } from "./command-result.js";
import { runBaseline } from "./commands/baseline.js";
import { runConfig } from "./commands/config.js";
import { explainRule, listRules } from "./commands/describe-rules.js";
import { describeFailure, isErrno } from "../node/system-error.js";
import { startLanguageServer } from "../language-server/server.js";
import { loadModuleCatalogue } from "./load-module-catalogue.js";
import { loadTolerantYaml } from "./load-tolerant-yaml.js";
import { parseArguments } from "./options.js";
import { runLint } from "./commands/lint.js";

/**
 * Runs imdslint with the arguments behind its name and sets the exit code: 0 clean, 1 findings, 2
 * bad usage or input. Never throws.
 */
export async function main(parameters: readonly string[]): Promise<void> {
  const started = hrtime.bigint();
  stdout.on("error", (error: Error) => {
    if (!isReaderGone(error)) stderr.write(`Cannot write the report: ${describeFailure(error)}\n`);
  });
  stderr.on("error", isReaderGone);
  const { output, complaint, exitCode } = await run(parameters, started);
  process.exitCode = exitCode;
  stderr.write(complaint);
  stdout.write(output);
}

/** Whoever reads our output may stop reading, as `head` does; any other failure ends with 2. */
function isReaderGone(error: Error): boolean {
  const isGone = isErrno(error, "EPIPE");
  if (!isGone) process.exitCode = 2;
  return isGone;
}

/** Runs until the client ends it. */
async function serve(version: string): Promise<never> {
  startLanguageServer({ version, loaders: { loadTolerantYaml, loadModuleCatalogue } });
  return await new Promise<never>(() => undefined);
}

async function run(parameters: readonly string[], started: bigint): Promise<CommandResult> {
  const { version } = packageJson;
  try {
    if (parameters[0] === "lsp") return await serve(version);
    const request = parseArguments(parameters, version);
    if ("exitCode" in request) return request;
    const workingDirectory = normalize(cwd());
    const { command, options } = request;
    if (command === "config") return runConfig(options, request.format, workingDirectory);
    if (command === "baseline") return await runBaseline(request.action, options, workingDirectory);
    if (options.listRules) return listRules();
    if (options.explain !== undefined) return explainRule(options.explain);
    return await runLint(options, { version, workingDirectory, started });
  } catch (error) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const complaint = `imdslint failed. This is a bug, please report it.\n${cause}\n`;
    return { output: "", complaint, exitCode: 2 };
  }
}
