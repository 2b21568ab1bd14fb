// Builds `dist/`: the command line as one CommonJS file, which starts faster than modules do, with
// what is rarely needed beside it, the library as one module, and its types. Dependencies are
// bundled, so that installing imdslint installs nothing else.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });

const shared = {
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

const results = await Promise.all([
  build({
    ...shared,
    entryPoints: ["src/cli/imdslint.ts"],
    outfile: "dist/imdslint.cjs",
    format: "cjs",
    plugins: [withoutChildProcesses, inFileOfItsOwn("tinyglobby", "./glob.cjs")],
    banner: { js: "#!/usr/bin/env node" },
  }),
  build({
    ...shared,
    entryPoints: { glob: "tinyglobby", "tolerant-yaml": "src/parsers/yaml/tolerant.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    // Modules among the dependencies ask where they are.
    define: { "import.meta.url": "__moduleUrl" },
    banner: { js: 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;' },
  }),
  build({
    ...shared,
    entryPoints: ["src/index.ts"],
    outfile: "dist/index.js",
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
  }),
]);

writeFileSync("dist/THIRD_PARTY_LICENSES.txt", licenses(results.flatMap(bundledPackages)));

execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});

/** Leaves a package out of the bundle, to be loaded from a file beside it when it is needed. */
function inFileOfItsOwn(name, file) {
  return {
    name: `${name}-in-file-of-its-own`,
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: file, external: true }));
    },
  };
}

function bundledPackages({ metafile }) {
  return Object.keys(metafile.inputs).flatMap((path) => {
    const [, directory] = /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return directory === undefined ? [] : [directory];
  });
}

/** The licences of everything that was bundled, as those licences ask for. */
function licenses(directories) {
  return [...new Set(directories)]
    .sort()
    .map((directory) => {
      const { name, version, license } = JSON.parse(readFileSync(`${directory}/package.json`));
      const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? "" : readFileSync(`${directory}/${file}`, "utf8");
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
