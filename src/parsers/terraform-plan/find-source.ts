import { join, relative } from "pathe";
import type { Location } from "../../source/text-range.js";
import type { ModuleLoader } from "../terraform/load-module.js";
import type { Declaration, Module } from "../terraform/module.js";
import { plainText } from "../terraform/read-declarations.js";
import { readModulePath } from "./addresses.js";
import type { ModuleConfiguration } from "./configuration.js";
import type { PlannedResource } from "./plan-document.js";

/** Where the Terraform source of a plan may lie. Directories are absolute. */
export interface SourceCandidates {
  /** The directory that somebody named. */
  readonly named: string | undefined;
  /** Where to look otherwise, the likeliest first; the last is what messages are relative to. */
  readonly likely: readonly string[];
}

/** The root module that a plan was made of, or why the directory that somebody named is not it. */
export type FoundSource =
  { readonly module: Module } | { readonly complaint: string } | { readonly module: undefined };

/**
 * Finds the root module whose resources and module calls are those of the plan's configuration,
 * none more and none less.
 */
export function findSource(
  configuration: ModuleConfiguration,
  { named, likely }: SourceCandidates,
  loader: ModuleLoader,
): FoundSource {
  if (named !== undefined) {
    const module = loader.load(named);
    const directory = relative(likely.at(-1) ?? "", named) || ".";
    if (module === undefined) return { complaint: `there are no Terraform files in ${directory}` };
    const difference = firstDifference(configuration, module);
    if (difference === undefined) return { module };
    return { complaint: `this is no plan of the Terraform files in ${directory}: ${difference}` };
  }
  const module = [...new Set(likely)]
    .map((directory) => loader.load(directory))
    .find((found) => found !== undefined && isSource(configuration, found));
  return { module };
}

function isSource(configuration: ModuleConfiguration, module: Module): boolean {
  const isEmpty = configuration.resources.size + configuration.calls.length === 0;
  return !isEmpty && firstDifference(configuration, module) === undefined;
}

/** What one of them declares and the other does not. Files with mistakes were not planned. */
function firstDifference(configuration: ModuleConfiguration, module: Module): string | undefined {
  if (module.errors.length > 0) return "some of them cannot be read in full";
  const planned = [
    ...configuration.resources.keys(),
    ...configuration.calls.map((name) => `module.${name}`),
  ];
  const declared = [
    ...module.resources.keys(),
    ...[...module.moduleCalls.keys()].map((name) => `module.${name}`),
  ];
  const missing = planned.find((address) => !declared.includes(address));
  if (missing !== undefined) return `${missing} is declared in the plan alone`;
  const added = declared.find((address) => !planned.includes(address));
  if (added !== undefined) return `${added} is declared in the files alone`;
  const moved = configuration.calls.find((name) => {
    const source = module.moduleCalls.get(name)?.arguments.get("source");
    return source !== undefined && plainText(source.value) !== configuration.call(name)?.source;
  });
  return moved === undefined ? undefined : `module.${moved} has another source`;
}

/**
 * The block of the source that a planned resource comes from: its own, else that of the last call on
 * the way to it, whose module is not at hand.
 */
export function blockInSource(
  { module: modulePath, type, name, isFound }: PlannedResource,
  root: Module,
  loader: ModuleLoader,
): Location | undefined {
  let module: Module | undefined = root;
  let call: Location | undefined;
  for (const step of readModulePath(modulePath)) {
    const declaration: Declaration | undefined = module.moduleCalls.get(step.name);
    if (declaration === undefined) return call;
    call = declaration.header;
    const directory = localDirectory(declaration, module);
    module = directory === undefined ? undefined : loader.load(directory);
    if (module === undefined) return call;
  }
  const declared = `${isFound === true ? "data." : ""}${type}.${name}`;
  return module.resources.get(declared)?.fullName ?? call;
}

/** The directory of a module that is called by a relative path. */
function localDirectory(call: Declaration, { directory }: Module): string | undefined {
  const argument = call.arguments.get("source");
  const source = argument === undefined ? undefined : plainText(argument.value);
  return source !== undefined && /^\.\.?(?:\/|$)/.test(source)
    ? join(directory, source)
    : undefined;
}
