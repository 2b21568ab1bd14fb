import { dirname, join } from "node:path/posix";
import { mapLaunches } from "./launch-map.js";
import { NeededModules, RealModule } from "./real-module.js";
import type { RecordedModule } from "./recorded-modules.js";
import { type ReducedModule, renderModule } from "./render-module.js";
import { type Release, Repository } from "./repository.js";
import { findDifference } from "./verify.js";

/** Consecutive releases of a module directory that launch the same from the same inputs. */
export interface RecordedRange {
  readonly from: Release;
  readonly to: Release;
  /** The one whose source was explored; the others were only compared with what came of it. */
  readonly explored: Release;
  readonly reduced: ReducedModule;
}

/** The inputs of one release of a module directory, in alphabetical order. */
export interface RecordedInputs {
  readonly all: readonly string[];
  readonly required: readonly string[];
}

/** One directory of a module over all releases that have it. */
export interface RecordedDirectory {
  readonly directory: string;
  readonly ranges: readonly RecordedRange[];
  /** By version. */
  readonly inputs: ReadonlyMap<string, RecordedInputs>;
}

/** A module over all its releases. */
export interface Recording {
  readonly module: RecordedModule;
  readonly releases: readonly Release[];
  readonly directories: readonly RecordedDirectory[];
}

/** Records every release of a module. `log` is told of each range as it is found. */
export function recordModule(
  module: RecordedModule,
  clones: string,
  log: (line: string) => void,
): Recording {
  const repository = new Repository(join(clones, module.repository));
  const releases = repository.releases();
  const needed = new NeededModules(clones);
  const before = new Map<string, Explored>();
  const ranges = new Map<string, RecordedRange[]>();
  const inputs = new Map<string, Map<string, RecordedInputs>>();
  for (const release of releases) {
    const files = repository.terraformFiles(release.commit);
    for (const directory of module.directories) {
      const text = withoutProse(directory, files);
      const real = RealModule.load(directory, files, (source, version) =>
        needed.find(source, version),
      );
      if (real === undefined) continue;
      const known = before.get(directory);
      const signature = signatureOf(real, known?.reduced);
      const isKnown =
        known !== undefined &&
        (known.text === text ||
          (known.signature === signature && launchesTheSame(real, known, module, release)));
      const explored = isKnown ? { ...known, text } : explore(real, module, release, text, log);
      const { reduced } = explored;
      before.set(directory, explored);
      const found = ranges.get(directory) ?? [];
      ranges.set(directory, found);
      const [last] = found.slice(-1);
      if (last !== undefined && isSame(last.reduced, reduced)) {
        found.splice(-1, 1, { ...last, to: release, explored: explored.release, reduced });
      } else {
        log(`${module.address} ${directory} ${release.version}`);
        found.push({ from: release, to: release, explored: explored.release, reduced });
      }
      const byVersion = inputs.get(directory) ?? new Map<string, RecordedInputs>();
      inputs.set(directory, byVersion);
      byVersion.set(release.version, inputsOf(real));
    }
  }
  const directories = [...ranges].map(([directory, found]) => ({
    directory,
    ranges: found,
    inputs: inputs.get(directory) ?? new Map<string, RecordedInputs>(),
  }));
  return { module, releases, directories };
}

interface Explored {
  readonly release: Release;
  /** The source, apart from prose. */
  readonly text: string;
  /** How the inputs that matter are declared. */
  readonly signature: string;
  readonly reduced: ReducedModule;
}

function explore(
  real: RealModule,
  module: RecordedModule,
  release: Release,
  text: string,
  log: (line: string) => void,
): Explored {
  const reduced = reduce(real, module, release, log);
  return { release, text, signature: signatureOf(real, reduced), reduced };
}

/** Exploring takes long, so that a release that behaves like the one before is taken to be like it. */
function launchesTheSame(
  real: RealModule,
  { reduced }: Explored,
  module: RecordedModule,
  { version }: Release,
): boolean {
  const isNewMajor = version.endsWith(".0.0");
  if (isNewMajor || reduced.size === 0) return false;
  return findDifference(real, asModule(reduced), module, 60) === undefined;
}

/** How a module declares the inputs that its reduction knows, and which resources it has. */
function signatureOf({ module }: RealModule, reduced: ReducedModule = new Map()): string {
  const names = (reduced.get("") ?? "").matchAll(/^variable "([^"]*)"/gm);
  const declared = [...names].map(([, name = ""]) => {
    const own = module.variables.get(name)?.arguments;
    return ["type", "default", "nullable"].map((key) => {
      const argument = own?.get(key);
      if (argument === undefined) return "";
      const { start, end } = argument.value.range;
      return argument.file.text.slice(start, end).replace(/\s+/g, " ");
    });
  });
  const resources = module.managedResources.map(({ labels }) => labels.join("."));
  return JSON.stringify([declared, resources, [...module.moduleCalls.keys()]]);
}

function reduce(
  real: RealModule,
  module: RecordedModule,
  { version }: Release,
  log: (line: string) => void,
): ReducedModule {
  try {
    const reduced = renderModule(mapLaunches(real, module), real.module.variables);
    const difference = findDifference(real, asModule(reduced), module, 300);
    if (difference === undefined) return reduced;
    log(`${module.address} ${version}: ${difference}`);
  } catch (error) {
    log(`${module.address} ${version}: ${String(error)}`);
  }
  return notRepresentable;
}

/** Stands for a release whose launches cannot be written down. */
const notRepresentable: ReducedModule = new Map();

/** The reduction as files in memory. */
export function asModule(reduced: ReducedModule): RealModule {
  const files = [...reduced].map(
    ([directory, text]) => [join(directory, "main.tf"), text] as const,
  );
  const module = RealModule.load("", new Map(files), () => undefined);
  if (module === undefined) throw new Error("a reduction without files");
  return module;
}

function inputsOf({ module }: RealModule): RecordedInputs {
  const all = [...module.variables.keys()].sort();
  const required = all.filter(
    (name) => module.variables.get(name)?.arguments.has("default") !== true,
  );
  return { all, required };
}

function isSame(left: ReducedModule, right: ReducedModule): boolean {
  return JSON.stringify([...left]) === JSON.stringify([...right]);
}

/** What a directory and those it calls come to without what only people read. */
function withoutProse(directory: string, files: ReadonlyMap<string, string>): string {
  const directories = new Set([directory]);
  for (const called of directories) {
    for (const [path, text] of files) {
      if (directoryOf(path) !== called) continue;
      for (const [, source = ""] of text.matchAll(/\bsource\s*=\s*"(\.\.?\/[^"]*)"/g)) {
        directories.add(directoryOf(join(called, source, "main.tf")));
      }
    }
  }
  return [...files]
    .filter(([path]) => directories.has(directoryOf(path)))
    .filter(([path]) => !/(?:^|\/)(?:outputs|versions)\.tf$/.test(path))
    .map(([path, text]) => `${path}\n${text.replace(/^\s*(?:description\s*=.*|#.*)$/gm, "")}`)
    .join("\n");
}

function directoryOf(path: string): string {
  const directory = dirname(path);
  return directory === "." ? "" : directory;
}
