import { dirname } from "pathe";
import type { DescribedLaunch, DescribedLaunches } from "../engine/describe-launches.js";
import type { ChainStep } from "../findings/finding.js";
import type { Attribute } from "../parsers/hcl/syntax-tree.js";
import { HclFiles } from "../parsers/terraform/hcl-files.js";
import { isTerraformFile } from "../parsers/terraform/module-files.js";
import type { FileSystem } from "../source/file-system.js";
import { contains, type Location } from "../source/text-range.js";
import { chainsOf, isAtOffset } from "./launches-at.js";

/** Where a definition is asked for: an offset of a file. */
export interface DefinitionRequest {
  readonly path: string;
  readonly offset: number;
}

/**
 * Where what stands at a place leads, a step at a time: a launch to its launch template, a value to what it
 * is taken from, a module call's argument to the module's variable.
 */
export function definitionsAt(
  { launches }: DescribedLaunches,
  { path, offset }: DefinitionRequest,
  fileSystem: FileSystem,
): readonly Location[] {
  const isAt = isAtOffset(path, offset);
  const files = new HclFiles(fileSystem);
  const targets = launches.flatMap((launch) => {
    if (isAt(launch.location)) return templatesOf(launch, launches);
    const ofKeys = launch.options
      .filter(({ keys }) => keys.some(isAt))
      .flatMap(({ outcomes }) => outcomes.flatMap(({ chain }) => chain[0]?.location ?? []));
    const ofChains = chainsOf(launch).flatMap((chain) =>
      chain.flatMap((step, index) => {
        const argument = argumentOf(step, files);
        if (argument !== undefined && isAt(argument.name)) {
          return variableOf(argument.text, chain[index - 1], files);
        }
        if (!isAt(step.location)) return [];
        if (isNaming(step)) return templatesOf(launch, launches);
        const next = chain[index + 1]?.location;
        if (next !== undefined) return [next];
        return argument === undefined ? [] : variableOf(argument.text, chain[index - 1], files);
      }),
    );
    return [...ofKeys, ...ofChains];
  });
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}

/** Whether a step names a launch template or configuration. */
function isNaming({ step }: ChainStep): boolean {
  return step === "launch-template" || step === "launch-configuration";
}

/** The headers of the templates of a launch in the same deployment. */
function templatesOf(
  { deployment, launchTemplates }: DescribedLaunch,
  launches: readonly DescribedLaunch[],
): readonly Location[] {
  return launches
    .filter((each) => each.deployment === deployment && launchTemplates.includes(each.address))
    .map(({ location }) => location);
}

/** The argument of a module call that a step stands in; undefined for any other step. */
function argumentOf(
  { step, location: { path, range } }: ChainStep,
  files: HclFiles,
): { readonly name: Location; readonly text: string } | undefined {
  if (step !== "module-argument") return undefined;
  const parsed = files.parse(path);
  if ("error" in parsed) return undefined;
  const isAround = (attribute: Attribute) => contains(attribute.range, range);
  const calls = parsed.body.blocks.filter(({ type }) => type.name === "module");
  const argument = calls.flatMap(({ body }) => body.attributes).find(isAround);
  if (argument === undefined) return undefined;
  return { name: { path, range: argument.name.range }, text: argument.name.name };
}

/** The header of a variable of the module that a step stands in. */
function variableOf(
  name: string,
  within: ChainStep | undefined,
  files: HclFiles,
): readonly Location[] {
  // A module that is not installed has no variables that could be shown.
  if (within === undefined || within.step === "module-default") return [];
  const directory = dirname(within.location.path);
  return files
    .list(directory)
    .filter((entry) => isTerraformFile(entry.name))
    .map((entry) => `${directory}/${entry.name}`)
    .flatMap((path) => {
      const parsed = files.parse(path);
      if ("error" in parsed) return [];
      return parsed.body.blocks
        .filter(({ type, labels }) => type.name === "variable" && labels[0]?.value === name)
        .map(({ header }) => ({ path, range: header }));
    });
}
