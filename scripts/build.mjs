// Builds `dist/`: the command line, the library as one module, and its types. Dependencies are
// bundled, so that installing imdslint installs nothing else.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { buildCommandLine, shared } from "./build-command-line.mjs";

rmSync("dist", { recursive: true, force: true });

const commandLine = await buildCommandLine();
const library = await build({
  ...shared,
  entryPoints: ["src/index.ts"],
  outfile: "dist/index.js",
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  // Whoever bundles it makes it small; tools that guess a module's kind want `export` on a line of its own.
  minifyWhitespace: false,
});

const packages = [...commandLine, library].flatMap(bundledPackages);
writeFileSync("dist/THIRD_PARTY_LICENSES.txt", licenses(packages));

const typeScript = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"];
execFileSync(process.execPath, typeScript, { stdio: "inherit" });

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
