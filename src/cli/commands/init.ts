import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { stderr, stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { dirname, resolve } from "pathe";
import { isTerraformPath } from "../../engine/file-kind.js";
import { DiskFileSystem } from "../../node/disk-file-system.js";
import { discoverFiles } from "../../node/discover-files.js";
import { gitTopLevel } from "../../node/git-top-level.js";
import { describeFailure } from "../../node/system-error.js";
import {
  isCloudFormationTemplate,
  isTemplatePath,
} from "../../parsers/cloudformation/recognise-template.js";
import { relativePath } from "../../reporters/paths.js";
import { type CommandResult, success } from "../command-result.js";
import { DEFAULT_BASELINE } from "../default-baseline.js";
import { type Found, newFiles, type NewFile } from "../new-files.js";

/**
 * `imdslint init`: shows a configuration, a hook and a workflow that suit the repository, and writes
 * those that are not there once somebody agrees. What is there stays as it is.
 */
export async function runInit(
  isAgreed: boolean,
  version: string,
  workingDirectory: string,
): Promise<CommandResult> {
  const top = gitTopLevel(workingDirectory) ?? workingDirectory;
  const isThere = (path: string) => existsSync(resolve(top, path));
  const found = await look(top, isThere);
  const files = newFiles(found, version);
  const missing = files.filter(
    ({ path, alternatives = [] }) => ![path, ...alternatives].some(isThere),
  );
  const shown = [
    describeFound(found),
    ...files.map((file) => describeFile(file, missing.includes(file))),
  ].join("\n\n");
  if (missing.length === 0) return success(`${shown}\n\nEverything is there already.\n`);
  if (!isAgreed && !stdin.isTTY) {
    return success(`${shown}\n\nNothing was written; imdslint init --yes writes what is new.\n`);
  }
  if (!isAgreed) {
    stderr.write(`${shown}\n\n`);
    if (!(await ask())) return success("Nothing was written.\n");
  }
  const outcomes = missing.map((file) => write(file, top, workingDirectory));
  const failed = outcomes.filter(({ isWritten }) => !isWritten);
  const lines = outcomes.map(({ line }) => `${line}\n`).join("");
  const output = isAgreed ? `${shown}\n\n${lines}` : lines;
  return { output, complaint: "", exitCode: failed.length === 0 ? 0 : 2 };
}

async function look(top: string, isThere: (path: string) => boolean): Promise<Found> {
  const { files } = await discoverFiles(["."], top);
  const disk = new DiskFileSystem();
  const isTemplate = (path: string) => {
    const input = isTemplatePath(path) ? disk.read(path) : undefined;
    return input !== undefined && "text" in input && isCloudFormationTemplate(input.text);
  };
  return {
    hasCloudFormation: files.some(isTemplate),
    hasTerraform: files.some((path) => isTerraformPath(path) && !path.includes(".tfvars")),
    hasCdk: isThere("cdk.json"),
    hasBaseline: isThere(DEFAULT_BASELINE),
    variableFiles: files
      .filter((path) => /\.tfvars(?:\.json)?$/.test(path))
      .filter((path) => !/(?:^|\/)terraform\.tfvars|\.auto\.tfvars/.test(path))
      .map((path) => relativePath(top, path)),
    usesOtherCi:
      !isThere(".github") &&
      [".gitlab-ci.yml", "azure-pipelines.yml", ".circleci", "Jenkinsfile"].some(isThere),
  };
}

function describeFound({ hasCloudFormation, hasTerraform, hasCdk }: Found): string {
  const names = [
    ...(hasCloudFormation ? ["CloudFormation"] : []),
    ...(hasTerraform ? ["Terraform"] : []),
    ...(hasCdk ? ["the AWS CDK"] : []),
  ];
  return names.length === 0
    ? "There is no CloudFormation and no Terraform here yet."
    : `Found ${names.join(", ")}.`;
}

function describeFile({ path, text, toAdd }: NewFile, isMissing: boolean): string {
  const head = isMissing ? `${path} (new):` : `${path} is there and stays as it is.`;
  const shown = isMissing ? text : toAdd;
  const hint = isMissing || toAdd === undefined ? "" : " To add to it:";
  if (shown === undefined) return head;
  const lines = shown.trimEnd().split("\n");
  return `${head}${hint}\n\n${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}`;
}

async function ask(): Promise<boolean> {
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question("Write what is new? [y/N] ")).trim());
  } finally {
    terminal.close();
  }
}

function write({ path, text }: NewFile, top: string, workingDirectory: string) {
  const absolute = resolve(top, path);
  const shown = relativePath(workingDirectory, absolute);
  try {
    mkdirSync(dirname(absolute), { recursive: true });
    // Fails if somebody else has written it by now.
    writeFileSync(absolute, text, { flag: "wx" });
    return { isWritten: true, line: `Wrote ${shown}` };
  } catch (error) {
    return { isWritten: false, line: `Cannot write ${shown}: ${describeFailure(error)}` };
  }
}
