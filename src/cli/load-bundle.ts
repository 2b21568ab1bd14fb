import { readFileSync } from "node:fs";
import { Script } from "node:vm";
import type { CodeCache } from "./code-cache.js";

/** Gives what the file of that name beside the command line exports: `main.cjs`. */
export type LoadBundle = (name: string) => unknown;

/** What a bundle is given as `require`. */
type Require = (id: string) => unknown;

/** What a bundle is run as; `vm` knows scripts, and no modules that `require`. */
type Bundle = (
  exports: unknown,
  require: Require,
  module: { exports: unknown },
  filename: string,
) => void;

const HEADER = "(function(exports,require,module,__filename){";

/**
 * Loads bundles as Node's `require` does, but with compiled code that the cache kept, and puts there
 * what it had not. `directory` is theirs; what is no bundle is left to `requireOther`.
 */
export function bundleLoader(
  directory: string,
  cache: CodeCache | undefined,
  requireOther: Require,
): LoadBundle {
  const loaded = new Map<string, { exports: unknown }>();
  const load = (name: string): unknown => {
    const before = loaded.get(name);
    if (before !== undefined) return before.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const filename = `${directory}/${name}`;
    const cachedData = cache?.read(name);
    const script = new Script(`${HEADER}${readFileSync(filename, "utf8")}\n})`, {
      filename,
      columnOffset: -HEADER.length,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (script.cachedDataRejected !== false) cache?.add(name, script);
    const run = script.runInThisContext() as Bundle;
    run(module.exports, requireFrom, module, filename);
    return module.exports;
  };
  const requireFrom: Require = (id) => (id.startsWith("./") ? load(id.slice(2)) : requireOther(id));
  return load;
}
