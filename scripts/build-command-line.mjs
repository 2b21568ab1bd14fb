// Builds the command line: one CommonJS file, which starts faster than modules do, with what is
// rarely needed in files beside it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
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

/** What the entry loads through the cache of compiled code, and what a run needs only for some files or when things go wrong: file in `dist/` → its source and what it exports. */
const loadedLate = {
  main: { source: "src/cli/main.ts", names: ["main"] },
  terraform: { source: "src/engine/evaluate-modules.ts", names: ["evaluateModules"] },
  cloudformation: { source: "src/engine/evaluate-templates.ts", names: ["evaluateTemplates"] },
  plan: { source: "src/engine/evaluate-plans.ts", names: ["evaluateIfPlan"] },
  "beanstalk-configuration": {
    source: "src/engine/evaluate-beanstalk-configurations.ts",
    names: ["evaluateBeanstalkConfigurations"],
  },
  "resource-types": { source: "src/data/resource-types.ts", names: ["propertiesOfType"] },
  config: { source: "src/config/load-configuration.ts", names: ["loadConfiguration"] },
  "config-command": { source: "src/cli/commands/config.ts", names: ["runConfig"] },
  inspect: {
    source: "src/cli/commands/inspect.ts",
    names: ["runEffective", "runGraph", "runExplain"],
  },
  init: { source: "src/cli/commands/init.ts", names: ["runInit"] },
  completion: { source: "src/cli/commands/completion.ts", names: ["runCompletion"] },
  suppressions: {
    source: "src/config/suppressions/read-suppressions.ts",
    names: ["readSuppressions"],
  },
  baseline: {
    source: "src/config/baseline/baseline-file.ts",
    names: ["readBaseline", "baselineText"],
  },
  changes: { source: "src/node/git-changes.ts", names: ["gitChanges"] },
  formats: { source: "src/reporters/formats.ts", names: ["writeReport"] },
  "language-server": {
    source: "src/language-server/server.ts",
    names: ["startLanguageServer"],
  },
  "metadata-requests": {
    source: "src/scripts/metadata-requests.ts",
    names: ["metadataRequestsIn"],
  },
  "container-use": { source: "src/scripts/container-use.ts", names: ["containerUse"] },
  "pinned-packages": {
    source: "src/scripts/pinned-packages.ts",
    names: ["packagesBeforeTokens"],
  },
  "write-fix": { source: "src/fixes/write-fix.ts", names: ["writeFix"] },
  diff: { source: "src/cli/commands/describe-changes.ts", names: ["describeChanges"] },
  glob: { source: "tinyglobby", names: ["glob"] },
  gunzip: { source: "fflate", names: ["gunzipSync"] },
  "yaml-decode": {
    source: "src/parsers/terraform/functions/yaml-decode.ts",
    names: ["yamldecode"],
  },
  toml: { source: "smol-toml", names: ["parse"] },
};

/** How a source is imported. */
const compiled = (source) => source.replace(/\.ts$/, ".js");

/** Leaves those out of the bundle. Each is loaded from a file beside it when it is first called. */
const loadLate = {
  name: "load-late",
  setup({ onResolve, onLoad }) {
    for (const [file, { source, names }] of Object.entries(loadedLate)) {
      const imported = new RegExp(`(^|/)${basename(source, ".ts")}(\\.js)?$`);
      onResolve({ filter: imported }, ({ kind, path, resolveDir }) => {
        const isMeant = path === source || resolve(resolveDir, path) === resolve(compiled(source));
        const isImport = kind !== "entry-point" && isMeant;
        return isImport ? { path: file, namespace: "late" } : undefined;
      });
      const exports = names.map(
        (name) => `exports.${name} = (...values) => require("./${file}.cjs").${name}(...values);`,
      );
      onLoad({ filter: new RegExp(`^${file}$`), namespace: "late" }, () => ({
        contents: exports.join("\n"),
      }));
    }
    onResolve({ filter: /\.cjs$/, namespace: "late" }, ({ path }) => ({ path, external: true }));
  },
};

/** Writes the command line's files to `dist/` and gives esbuild's results. */
export async function buildCommandLine() {
  const { main, ...parts } = loadedLate;
  const sources = Object.entries(parts).map(([file, { source }]) => [file, source]);
  const commonJs = { ...shared, outdir: "dist", outExtension: { ".js": ".cjs" }, format: "cjs" };
  const bundles = await Promise.all([
    build({
      ...commonJs,
      entryPoints: [main.source],
      plugins: [withoutChildProcesses, loadLate],
    }),
    build({
      ...commonJs,
      entryPoints: {
        ...Object.fromEntries(sources),
        "tolerant-yaml": "src/parsers/yaml/tolerant.ts",
        "registry-modules": "src/data/registry-modules.generated.ts",
        "rule-examples": "src/data/rule-examples.generated.ts",
      },
      plugins: [loadLate],
      // Modules among the dependencies ask where they are.
      define: { "import.meta.url": "__moduleUrl" },
      banner: { js: 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;' },
    }),
  ]);
  const entry = await build({
    ...commonJs,
    entryPoints: ["src/cli/imdslint.ts"],
    define: { BUILD: JSON.stringify(hashOf(bundles)) },
    banner: { js: "#!/usr/bin/env node" },
  });
  return [entry, ...bundles];
}

/** Tells bundles from those of every other build, by which compiled code is kept. */
function hashOf(bundles) {
  const files = bundles.flatMap(({ metafile }) => Object.keys(metafile.outputs)).sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}
