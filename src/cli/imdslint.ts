import process, { argv } from "node:process";
import { setFlagsFromString } from "node:v8";
import { cacheDirectory } from "./cache-directory.js";
import { CodeCache } from "./code-cache.js";
import { bundleLoader } from "./load-bundle.js";
import type { main } from "./main.js";

/** A hash of all bundles, which the build puts here. */
declare const BUILD: string;

// V8 optimises functions after so few calls that most runs end before that has paid for itself; waiting
// nine times as long halves what linting a large template costs, and still pays on thousands of files.
setFlagsFromString("--interrupt-budget=600000");

const directory = cacheDirectory();
const cache = directory === undefined ? undefined : new CodeCache(directory, BUILD);
process.once("exit", () => cache?.save());

const load = bundleLoader(__dirname, cache, require);
void (load("main.cjs") as { readonly main: typeof main }).main(argv.slice(2));
