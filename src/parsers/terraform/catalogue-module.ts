import type { ReadText } from "../../source/file-system.js";
import { MemoryFileSystem } from "../../source/memory-file-system.js";
import type { Location } from "../../source/text-range.js";
import type { CatalogueMatch } from "./catalogue.js";
import { CatalogueFile } from "./catalogue-file.js";
import { HclFiles } from "./hcl-files.js";
import { ModuleLoader } from "./load-module.js";
import type { Module } from "./module.js";

/** The input of a module in the catalogue that stands for what the catalogue does not know. */
export const unknownInput = "decided_elsewhere";

/** A module that stands for releases of one that is not installed. */
export interface CatalogueModule {
  readonly versions: string;
  readonly module: Module;
  /** Reads the modules it calls. */
  readonly loader: ModuleLoader;
}

/**
 * Reads what the catalogue says of some releases as if it were installed. `directory` is a path that
 * no file on disk has, and `call` the place of the module's call, where everything in it stands.
 */
export function loadCatalogueModule(
  { versions, files }: CatalogueMatch,
  directory: string,
  call: Location,
): CatalogueModule {
  const release = `${versions.includes(" ") ? "versions" : "version"} ${versions} of the module`;
  const texts = Object.entries(files).map(
    ([path, text]) => [[directory, path, "main.tf"].filter(Boolean).join("/"), text] as const,
  );
  const fileSystem = new MemoryFileSystem(Object.fromEntries(texts));
  const open = (path: string, { text }: ReadText) => new CatalogueFile(path, text, release, call);
  const loader = new ModuleLoader(new HclFiles(fileSystem, open));
  const module = loader.load(directory);
  if (module === undefined) throw new Error(`the catalogue has nothing for ${directory}`);
  return { versions, module, loader };
}
