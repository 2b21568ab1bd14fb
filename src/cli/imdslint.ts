import process, { argv } from "node:process";
import { cacheDirectory } from "./cache-directory.js";
import { CodeCache } from "./code-cache.js";
import { bundleLoader } from "./load-bundle.js";
import type { main } from "./main.js";

/** A hash of all bundles, which the build puts here. */
declare const BUILD: string;

const directory = cacheDirectory();
const cache = directory === undefined ? undefined : new CodeCache(directory, BUILD);
process.once("exit", () => cache?.save());

const load = bundleLoader(__dirname, cache, require);
void (load("main.cjs") as { readonly main: typeof main }).main(argv.slice(2));
