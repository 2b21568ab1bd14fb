import { join } from "node:path/posix";
import { evaluateRootModule } from "../../src/parsers/terraform/evaluate-root-module.js";
import { ModuleLoader } from "../../src/parsers/terraform/load-module.js";
import type { Declaration, Module } from "../../src/parsers/terraform/module.js";
import type { Resource } from "../../src/parsers/resource.js";
import { MemoryFileSystem } from "../../src/source/memory-file-system.js";
import type { Evaluated } from "../../src/values/evaluated.js";
import { neededModules } from "./recorded-modules.js";
import { Repository } from "./repository.js";

/** The types of resources that take metadata options. */
const launchTypes: ReadonlySet<string> = new Set([
  "aws_instance",
  "aws_spot_instance_request",
  "aws_launch_template",
  "aws_launch_configuration",
]);

/** One module at one release, in memory. */
export class RealModule {
  readonly module: Module;
  readonly #directory: string;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #installed: readonly InstalledModule[];
  readonly #fileSystem: MemoryFileSystem;
  readonly #loader: ModuleLoader;

  private constructor(
    directory: string,
    texts: Readonly<Record<string, string>>,
    installed: readonly InstalledModule[],
  ) {
    const fileSystem = new MemoryFileSystem({
      ...texts,
      [`${directory}/.terraform/modules/modules.json`]: manifestOf(installed, directory),
    });
    const loader = new ModuleLoader(fileSystem);
    const module = loader.load(directory);
    if (module === undefined) throw new Error(`nothing in ${directory}`);
    this.module = module;
    this.#directory = directory;
    this.#texts = texts;
    this.#installed = installed;
    this.#fileSystem = fileSystem;
    this.#loader = loader;
  }

  /**
   * The module in a directory of a repository, undefined where there is none. `files` are the
   * repository's by path; `installed` gives the files of a module that is called by its address.
   */
  static load(
    directory: string,
    files: ReadonlyMap<string, string>,
    installed: (
      source: string,
      version: string | undefined,
    ) => ReadonlyMap<string, string> | undefined,
  ): RealModule | undefined {
    const root = directory === "" ? "/module" : `/module/${directory}`;
    const texts: Record<string, string> = {};
    for (const [path, text] of files) texts[`/module/${path}`] = text;
    const probe = new ModuleLoader(new MemoryFileSystem(texts)).load(root);
    if (probe === undefined) return undefined;
    const found: InstalledModule[] = [];
    for (const [name, call] of probe.moduleCalls) {
      const [source = "", version] = ["source", "version"].map((key) => textOf(call, key));
      const own = installed(source, version);
      if (own === undefined) continue;
      for (const [path, text] of own) texts[`/installed/${name}/${path}`] = text;
      found.push({ key: name, directory: `/installed/${name}` });
    }
    return new RealModule(root, texts, found);
  }

  /** Its files and those of modules it needs, with the manifest of a root module that calls it so. */
  installedAs(call: string): Readonly<Record<string, string>> {
    const own = { key: call, directory: this.#directory };
    const needed = this.#installed.map(({ key, directory }) => ({
      key: `${call}.${key}`,
      directory,
    }));
    const manifest = manifestOf([own, ...needed], "/root");
    return { ...this.#texts, "/root/.terraform/modules/modules.json": manifest };
  }

  /** What it launches when it is called with these arguments. */
  launches(argument: (declaration: Declaration) => Evaluated | undefined): readonly Resource[] {
    const deployment = evaluateRootModule(this.#directory, {
      fileSystem: this.#fileSystem,
      loader: this.#loader,
      treeDirectory: "/",
      decideVariable: (name) => {
        const declaration = this.module.variables.get(name);
        return declaration === undefined ? undefined : argument(declaration);
      },
      resourceTypes: launchTypes,
    });
    return deployment?.resources ?? [];
  }
}

interface InstalledModule {
  readonly key: string;
  readonly directory: string;
}

/** What `terraform init` writes down: directories are relative to the root module. */
function manifestOf(modules: readonly InstalledModule[], root: string): string {
  const up = "../".repeat(root.split("/").length - 1);
  return JSON.stringify({
    Modules: modules.map(({ key, directory }) => ({ Key: key, Dir: `${up}${directory.slice(1)}` })),
  });
}

function textOf({ arguments: own }: Declaration, name: string): string | undefined {
  const value = own.get(name)?.value;
  const [part] = value?.kind === "template" ? value.parts : [];
  return part?.kind === "text" ? part.value : undefined;
}

/** Modules that others call by address, at the version asked for. */
export class NeededModules {
  readonly #clones: string;
  readonly #found = new Map<string, ReadonlyMap<string, string> | undefined>();

  /** Takes the directory of all clones. */
  constructor(clones: string) {
    this.#clones = clones;
  }

  /** The files of the module that a source means; undefined for one that is not needed. */
  find(source: string, version: string | undefined): ReadonlyMap<string, string> | undefined {
    const needed = neededModules.find(
      ({ address, repository }) =>
        source === address || source.includes(`${repository.split("/")[1] ?? ""}.git`),
    );
    const wanted = version ?? /[?&]ref=(?:tags\/)?v?([\d.]+)$/.exec(source)?.[1];
    if (needed === undefined || wanted === undefined) return undefined;
    const key = `${needed.address} ${wanted}`;
    if (!this.#found.has(key)) {
      const repository = new Repository(join(this.#clones, needed.repository));
      const release = repository.releases().find((candidate) => candidate.version === wanted);
      this.#found.set(
        key,
        release === undefined ? undefined : repository.terraformFiles(release.commit),
      );
    }
    return this.#found.get(key);
  }
}
