// Makes the tree that release tags point to, of what `npm run build` has built: the program without dependencies, hooks and action.
// What installs hooks from a repository runs `npm install` there, which fails on scripts and development
// dependencies; so that tree has neither. https://pre-commit.com/#node
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { argv, exit, stderr } from "node:process";
import { build } from "esbuild";
import { shared } from "./build-command-line.mjs";

const [, , target] = argv;
if (target === undefined) {
  stderr.write("Usage: node scripts/build-release.mjs <directory>\n");
  exit(2);
}
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const path of ["LICENSE", "README.md", "CHANGELOG.md"]) cpSync(path, `${target}/${path}`);
for (const path of ["docs/report.schema.json", "docs/config.schema.json"]) {
  cpSync(path, `${target}/${path}`);
}
await build({
  ...shared,
  entryPoints: ["src/github-action/action.ts"],
  outfile: `${target}/dist/action.cjs`,
  format: "cjs",
});
cpSync("release", target, { recursive: true });
cpSync("dist", `${target}/dist`, {
  recursive: true,
  filter: (path) => !/\/(?:types|index\.js)$/.test(path),
});
const { name, version, description, keywords, license, engines, bin } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const files = ["dist", "docs"];
const lean = { name, version, description, keywords, license, engines, bin, files };
writeFileSync(`${target}/package.json`, `${JSON.stringify(lean, undefined, 2)}\n`);
