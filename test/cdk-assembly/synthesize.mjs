// Writes fixtures/cdk/assembly: what the CDK makes of fixtures/cdk/app.mjs, with the app at /app.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

const here = import.meta.dirname;
const fixtures = join(here, "../../fixtures/cdk");
const output = join(fixtures, "assembly");
const workspace = mkdtempSync(join(here, ".app-"));
const app = join(workspace, "app.mjs");

/** What imdslint does not read, which is most of it. */
const leftOut = ["tree.json", "validation-report.json"];

rmSync(output, { recursive: true, force: true });
copyFileSync(join(fixtures, "app.mjs"), app);
execFileSync(process.execPath, [app], {
  env: { ...process.env, OUTPUT: output, CDK_DEBUG: "true" },
  stdio: ["ignore", "inherit", "ignore"],
});
rmSync(workspace, { recursive: true });

for (const entry of readdirSync(output, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  if (leftOut.includes(entry.name)) rmSync(path);
  else writeFileSync(path, tidy(entry.name, readFileSync(path, "utf8")));
}

function tidy(name, text) {
  const moved = text.replaceAll(workspace, "/app").replaceAll(dirname(here), "/elsewhere");
  if (!name.endsWith(".json")) return moved;
  const document = JSON.parse(moved);
  if (name === "manifest.json") {
    for (const [artifact, { type }] of Object.entries(document.artifacts)) {
      if (type === "cdk:tree" || type === "cdk:feature-flag-report")
        delete document.artifacts[artifact];
    }
  }
  return `${JSON.stringify(document, undefined, 1)}\n`;
}
