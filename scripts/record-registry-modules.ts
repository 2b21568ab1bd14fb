/**
 * Makes the catalogue of public modules again: `npx tsx scripts/record-registry-modules.ts <clones>`.
 *
 * `<clones>` holds clones with all tags as `<owner>/<name>`, those that `recorded-modules.ts` lists.
 * Of every release the launches are found out by evaluating the module with all kinds of inputs, and
 * written down as a small module of our own that launches the same. That one is then called with
 * inputs drawn by lot and must launch what the real one does. Releases that come out alike are
 * joined. Finally every range of releases is called in the usual ways, with the module installed, and
 * what its launches came to is kept in `fixtures/oracle/registry-modules` for the tests. Nothing of a module's source is kept but the names and defaults of its inputs.
 */
import { writeFileSync } from "node:fs";
import { argv, stderr } from "node:process";
import { format } from "prettier";
import { recordCalls } from "./registry-modules/record-calls.js";
import { recordModule } from "./registry-modules/record-module.js";
import { recordedModules } from "./registry-modules/recorded-modules.js";
import { writeCatalogue } from "./registry-modules/write-catalogue.js";
import { writeTable } from "./registry-modules/write-table.js";

const [clones, only = ""] = argv.slice(2);
if (clones === undefined) throw new Error("name the directory of the clones");

const recordings = recordedModules
  .filter(({ address }) => address.includes(only))
  .map((module) => recordModule(module, clones, (line) => stderr.write(`${line}\n`)));
const fixtures = new URL("../fixtures/oracle/registry-modules/", import.meta.url);
const modules = recordings.map((recording) => ({
  recording,
  calls: recordCalls(recording, clones),
}));
for (const { recording, calls } of modules) {
  const name = recording.module.address.replaceAll("/", "-");
  writeFileSync(new URL(`${name}.json`, fixtures), `${JSON.stringify(calls, undefined, 2)}\n`);
}
const table = await format(writeTable(modules), { parser: "markdown", printWidth: 100 });
writeFileSync(new URL("../docs/registry-modules.md", import.meta.url), table);
writeFileSync(
  new URL("../src/data/registry-modules.generated.ts", import.meta.url),
  writeCatalogue(recordings),
);
