// Packs the package as npm would publish it, and checks what others get: manifest and files (publint), types
// for each way of importing it (attw), and the program in an empty project, without a registry.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";

const root = new URL("../../", import.meta.url).pathname;
const tools = new URL("node_modules/.bin/", import.meta.url).pathname;
const offline = {
  ...env,
  npm_config_registry: "http://127.0.0.1:9",
  npm_config_fetch_retries: "0",
  npm_config_update_notifier: "false",
};

/** Prints what the command prints; throws where it fails. */
function run(command, parameters, options = {}) {
  console.log(`$ ${command} ${parameters.join(" ")}`);
  execFileSync(command, parameters, { stdio: "inherit", ...options });
}

function printed(command, parameters, options) {
  return execFileSync(command, parameters, { encoding: "utf8", ...options }).trim();
}

const directory = mkdtempSync(join(tmpdir(), "imdslint-package-"));
try {
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", directory];
  const tarball = join(directory, printed("npm", pack, { cwd: root }));

  run(join(tools, "publint"), [tarball, "--strict"]);
  // The library is for `import` alone, which Node 20 and all bundlers can do.
  run(join(tools, "attw"), [tarball, "--profile", "esm-only", "--no-emoji", "--format", "table"]);

  const project = join(directory, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true }\n');
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", tarball], {
    cwd: project,
    env: offline,
  });
  writeFileSync(join(project, "web.tf"), 'resource "aws_instance" "web" {\n  ami = "ami-1"\n}\n');
  const lint = ["--offline", "imdslint", "--exit-zero", "--format", "unix", "web.tf"];
  const found = printed("npx", lint, { cwd: project, env: offline });
  if (!found.includes("(require-imdsv2)")) throw new Error(`npx imdslint printed ${found}`);

  const program = 'import { lint } from "imdslint"; console.log(typeof lint);';
  const kind = printed("node", ["--input-type=module", "--eval", program], { cwd: project });
  if (kind !== "function") throw new Error(`lint is ${kind}`);
  console.log("npx imdslint and import work in an empty project");
} finally {
  rmSync(directory, { recursive: true });
}
