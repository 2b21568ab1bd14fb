// Builds the extension's `dist/`: the client in one file, and the command line's bundles, which hold the server.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

process.chdir(new URL(".", import.meta.url).pathname);
const commandLine = "../../dist";

rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.cjs",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
});

mkdirSync("dist/server", { recursive: true });
for (const file of readdirSync(commandLine).filter((name) => name.endsWith(".cjs"))) {
  copyFileSync(`${commandLine}/${file}`, `dist/server/${file}`);
}
mkdirSync("schemas", { recursive: true });
copyFileSync("../../docs/config.schema.json", "schemas/config.schema.json");
writeFileSync(
  "dist/THIRD_PARTY_LICENSES.txt",
  readFileSync(`${commandLine}/THIRD_PARTY_LICENSES.txt`, "utf8") + clientLicenses(metafile),
);

/** The licences of what the client's bundle holds. */
function clientLicenses({ inputs }) {
  const directories = Object.keys(inputs).flatMap((path) => {
    const [directory] = /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
    return directory === undefined ? [] : [directory];
  });
  const texts = [...new Set(directories)].sort().map((directory) => {
    const { name, version, license } = JSON.parse(
      readFileSync(`${directory}/package.json`, "utf8"),
    );
    const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : readFileSync(`${directory}/${file}`, "utf8").trim();
    return `\n${"-".repeat(80)}\n\n${name} ${version} (${license})\n\n${text}\n`;
  });
  return texts.join("");
}
