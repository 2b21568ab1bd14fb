import type {
  CatalogueDirectory,
  CatalogueModule,
  CatalogueRange,
  ModuleCatalogue,
} from "../../data/module-catalogue.js";
import type { RemoteSource } from "./remote-source.js";
import { admits } from "./module-version.js";

/** What a call says besides its source that tells which release it can mean. */
export interface CatalogueQuestion {
  readonly source: RemoteSource;
  /** The constraint on the version, which only a module of the registry has. */
  readonly version: string | undefined;
  readonly inputs: readonly string[];
}

/** Releases that a call can mean and that launch the same. */
export interface CatalogueMatch {
  /** `5.6.1`, `5.0.0 to 5.7.1`. */
  readonly versions: string;
  readonly files: CatalogueRange["files"];
}

/** What the catalogue knows of a call, or why it knows nothing. */
export type CatalogueAnswer =
  | { readonly matches: readonly [CatalogueMatch, ...CatalogueMatch[]] }
  | { readonly unknown: string };

/** Finds the releases of a public module that a call can mean; undefined for an unknown module. */
export function findInCatalogue(
  question: CatalogueQuestion,
  catalogue: ModuleCatalogue,
): CatalogueAnswer | undefined {
  const { source, version, inputs } = question;
  const module = findModule(source, catalogue);
  const directory = module?.directories[source.directory];
  if (module === undefined || directory === undefined) return undefined;
  const versions = module.versions.split(" ");
  const admitted = new Set(admittedReleases(source, version, module, versions));
  const all = [...versions.keys()].filter(
    (position) => admitted.has(position) && rangeAt(position, directory) !== undefined,
  );
  const possible = all.filter((position) => accepts(position, inputs, directory));
  // A call that no release accepts is Terraform's to report.
  const matches = joinByRange(possible.length > 0 ? possible : all, directory, versions);
  const [first, ...others] = matches;
  if (first === undefined) {
    const [oldest = "", newest = ""] = [versions[0], versions.at(-1)];
    return { unknown: `of which imdslint knows the versions ${oldest} to ${newest}` };
  }
  const unclear = matches.find(({ files }) => Object.keys(files).length === 0);
  if (unclear !== undefined) {
    return { unknown: `whose version ${unclear.versions} is too intricate to know it by heart` };
  }
  return { matches: [first, ...others] };
}

function findModule(
  { address, repository }: RemoteSource,
  catalogue: ModuleCatalogue,
): CatalogueModule | undefined {
  const entries = Object.entries(catalogue).find(([name, module]) => {
    const current = address === undefined ? module.repository : name;
    const asked = address ?? repository;
    return current === asked || renamed(current, module.formerOwner) === asked;
  });
  return entries?.[1];
}

function renamed(name: string, owner: string | undefined): string | undefined {
  return owner === undefined ? undefined : name.replace(/^[^/]+/, owner);
}

/** Without a version any release can be meant: today it is the newest, tomorrow's is another one. */
function admittedReleases(
  { address, ref }: RemoteSource,
  constraint: string | undefined,
  { commits }: CatalogueModule,
  versions: readonly string[],
): readonly number[] {
  const all = [...versions.keys()];
  if (address !== undefined) {
    if (constraint === undefined) return all;
    return all.filter((position) => admits(constraint, versions[position] ?? "") === true);
  }
  if (ref === undefined || /^(?:master|main|HEAD)$/.test(ref)) return all;
  const tag = /^(?:refs\/tags\/|tags\/)?v?(\d+\.\d+\.\d+)$/.exec(ref)?.[1];
  if (tag !== undefined) return all.filter((position) => versions[position] === tag);
  if (!/^[\da-f]{10,40}$/.test(ref)) return [];
  const byCommit = commits.split(" ");
  return all.filter((position) => ref.startsWith(byCommit[position] ?? " "));
}

function rangeAt(position: number, { ranges }: CatalogueDirectory): CatalogueRange | undefined {
  return ranges.find(({ from, to }) => from <= position && position <= to);
}

/** Whether a release has all inputs that are given, and is given all that it insists on. */
function accepts(
  position: number,
  given: readonly string[],
  { inputs, required }: CatalogueDirectory,
): boolean {
  const isKnown = given.every(
    (name) => Object.hasOwn(inputs, name) && covers(inputs[name], position),
  );
  return (
    isKnown &&
    Object.entries(required).every(
      ([name, runs]) => given.includes(name) || !covers(runs, position),
    )
  );
}

function covers(runs: string | undefined, position: number): boolean {
  return (runs ?? "").split(" ").some((run) => {
    const [from = NaN, to = NaN] = run.split("-").map(Number);
    return from <= position && position <= to;
  });
}

function joinByRange(
  positions: readonly number[],
  directory: CatalogueDirectory,
  versions: readonly string[],
): readonly CatalogueMatch[] {
  const byRange = new Map<CatalogueRange, number[]>();
  for (const position of positions) {
    const range = rangeAt(position, directory);
    if (range === undefined) continue;
    byRange.set(range, [...(byRange.get(range) ?? []), position]);
  }
  return [...byRange].map(([{ files }, own]) => {
    const [first = "", last = ""] = [versions[own[0] ?? -1], versions[own.at(-1) ?? -1]];
    return { versions: first === last ? first : `${first} to ${last}`, files };
  });
}
