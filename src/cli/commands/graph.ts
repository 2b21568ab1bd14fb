import { describeLaunches } from "../../engine/describe-launches.js";
import type { CommandLineOptions } from "../command-line-options.js";
import type { CommandResult } from "../command-result.js";
import { describeErrors } from "../describe-errors.js";
import { launchGraph, type LaunchGraph } from "../graph/launch-graph.js";
import { writeDot } from "../graph/write-dot.js";
import { writeMermaid } from "../graph/write-mermaid.js";
import { writeSvg } from "../graph/write-svg.js";
import { prepareRun } from "../prepare-run.js";
import type { GraphFormat } from "../request.js";

const writers: Readonly<Record<GraphFormat, (graph: LaunchGraph) => string>> = {
  mermaid: writeMermaid,
  dot: writeDot,
  svg: writeSvg,
};

/** `imdslint graph`: what launches instances through what, as a picture with the unsafe marked. */
export async function runGraph(
  options: CommandLineOptions,
  format: GraphFormat,
  workingDirectory: string,
): Promise<CommandResult> {
  const prepared = await prepareRun(options, workingDirectory);
  if ("exitCode" in prepared) return prepared;
  const described = describeLaunches(prepared.request);
  const errors = [...prepared.errors, ...described.errors];
  const output = writers[format](launchGraph(described, workingDirectory));
  if (errors.length === 0) return { output, complaint: "", exitCode: 0 };
  const complaint = `${describeErrors(errors, described.files, workingDirectory)}\n`;
  return { output, complaint, exitCode: 2 };
}
