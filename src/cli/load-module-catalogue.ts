import type { ModuleCatalogue } from "../data/module-catalogue.js";

/** Loads what is known of public modules from a file of its own, which the build makes beside the bundle. */
export function loadModuleCatalogue(): ModuleCatalogue {
  const load = require;
  return (load("./registry-modules.cjs") as { registryModules: ModuleCatalogue }).registryModules;
}
