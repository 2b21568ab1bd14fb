import type { RecordedDirectory, Recording } from "./record-module.js";

/** The catalogue as a TypeScript file. */
export function writeCatalogue(recordings: readonly Recording[]): string {
  const modules = recordings.map((recording) => [recording.module.address, describe(recording)]);
  return [
    "// Written by scripts/record-registry-modules.ts.",
    'import type { CatalogueModule } from "./module-catalogue.js";',
    "",
    "/** Public modules by their address in the registry. */",
    "export const registryModules: Readonly<Record<string, CatalogueModule>> =",
    `  ${JSON.stringify(Object.fromEntries(modules))};`,
    "",
  ].join("\n");
}

function describe({ module, releases, directories }: Recording) {
  const index = new Map(releases.map(({ version }, position) => [version, position]));
  const positionOf = (version: string) => index.get(version) ?? -1;
  return {
    repository: module.repository,
    ...(module.formerOwner === undefined ? {} : { formerOwner: module.formerOwner }),
    versions: releases.map(({ version }) => version).join(" "),
    commits: releases.map(({ commit }) => commit.slice(0, 10)).join(" "),
    directories: Object.fromEntries(
      directories.map((directory) => [
        directory.directory,
        {
          ranges: directory.ranges.map(({ from, to, explored, reduced }) => ({
            from: positionOf(from.version),
            to: positionOf(to.version),
            commit: explored.commit,
            files: Object.fromEntries(reduced),
          })),
          inputs: runsOf(directory, positionOf, "all"),
          required: runsOf(directory, positionOf, "required"),
        },
      ]),
    ),
  };
}

/** For each input the runs of releases that have it: `3-17 20-20`. */
function runsOf(
  { inputs }: RecordedDirectory,
  positionOf: (version: string) => number,
  kind: "all" | "required",
): Readonly<Record<string, string>> {
  const positions = new Map<string, number[]>();
  for (const [version, recorded] of inputs) {
    for (const name of recorded[kind]) {
      positions.set(name, [...(positions.get(name) ?? []), positionOf(version)]);
    }
  }
  const entries = [...positions].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, own]) => [name, joinRuns(own)]));
}

function joinRuns(positions: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const position of positions) {
    const last = runs.at(-1);
    if (last?.to === position - 1) last.to = position;
    else runs.push({ from: position, to: position });
  }
  return runs.map(({ from, to }) => `${from}-${to}`).join(" ");
}
