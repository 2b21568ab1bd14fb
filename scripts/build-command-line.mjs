// Builds the command line: one CommonJS file, which starts faster than modules do, with what is
// rarely needed in files beside it.
import { build } from "esbuild";

/** What every bundle has in common: dependencies are in it, and it runs on Node 20. */
export const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
};

/** What commander needs to start other programs, which takes Node long to load and is never used. */
const withoutChildProcesses = {
  name: "without-child-processes",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, () => ({ path: "none", namespace: "none" }));
    onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** Leaves a package out of the bundle, to be loaded from a file beside it when it is needed. */
function inFileOfItsOwn(name, file) {
  return {
    name: `${name}-in-file-of-its-own`,
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: file, external: true }));
    },
  };
}

/** Puts a function of a package into a file beside the bundle, to be loaded when it is first called. */
function loadedOnFirstCall(name, exported, file) {
  return {
    name: `${name}-loaded-on-first-call`,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
      onResolve({ filter: /./, namespace: name }, () => ({ path: file, external: true }));
      onLoad({ filter: /./, namespace: name }, () => ({
        contents: `export const ${exported} = (...given) => require("${file}").${exported}(...given);`,
      }));
    },
  };
}

/** Writes the command line's files to `dist/` and gives esbuild's results. */
export async function buildCommandLine() {
  return Promise.all([
    build({
      ...shared,
      entryPoints: ["src/cli/imdslint.ts"],
      outfile: "dist/imdslint.cjs",
      format: "cjs",
      plugins: [
        withoutChildProcesses,
        inFileOfItsOwn("tinyglobby", "./glob.cjs"),
        loadedOnFirstCall("fflate", "gunzipSync", "./gunzip.cjs"),
      ],
      banner: { js: "#!/usr/bin/env node" },
    }),
    build({
      ...shared,
      entryPoints: {
        glob: "tinyglobby",
        gunzip: "fflate",
        "tolerant-yaml": "src/parsers/yaml/tolerant.ts",
      },
      outdir: "dist",
      outExtension: { ".js": ".cjs" },
      format: "cjs",
      // Modules among the dependencies ask where they are.
      define: { "import.meta.url": "__moduleUrl" },
      banner: { js: 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;' },
    }),
  ]);
}
