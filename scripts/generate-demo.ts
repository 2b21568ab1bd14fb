import { lint } from "../src/engine/lint.js";
import { DiskFileSystem } from "../src/node/disk-file-system.js";
import { discoverFiles } from "../src/node/discover-files.js";
import { registryModules } from "../src/data/registry-modules.generated.js";
import { parseTolerantly } from "../src/parsers/yaml/tolerant.js";
import { textReporter } from "../src/reporters/text-reporter.js";
import { chooseRules } from "../src/rules/choose-rules.js";
import { rules } from "../src/rules/index.js";

/** What `npx imdslint fixtures/demo` prints in a terminal of 110 columns, without the time it took. */
export async function generateDemoOutput(): Promise<string> {
  const root = new URL("../", import.meta.url).pathname.replace(/\/$/, "");
  const { files, named } = await discoverFiles(["fixtures/demo"], root);
  const report = lint({
    files,
    named,
    fileSystem: new DiskFileSystem(),
    rootDirectory: root,
    rules: chooseRules(),
    loadTolerantYaml: () => parseTolerantly,
    loadModuleCatalogue: () => registryModules,
  });
  const output = textReporter(report, {
    rules,
    version: "",
    workingDirectory: root,
    rootDirectory: root,
    color: false,
    width: 110,
    showOpen: false,
    finishedAt: new Date(0),
    outcome: 1,
    elapsedMilliseconds: 0,
  });
  return output.trimEnd().replace(/, 0 ms$/, "");
}
