// Writes everything that follows from other files: the list of rules, their pages, the README's
// table, those of Terraform's constructs and functions. `--check` writes nothing and fails if something would change.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { argv, exit, stderr } from "node:process";
import { format } from "prettier";
import { generateFunctionTables } from "./generate-function-table.js";
import { generateRuleIndex } from "./generate-rule-index.js";

const root = new URL("../", import.meta.url);
const isCheck = argv.includes("--check");
const stale: string[] = [];

await write("src/rules/index.ts", generateRuleIndex(), "typescript");

// Loaded only now, since they read the list of rules.
const { generateRulePage, generateRuleTable } = await import("./generate-rule-docs.js");
const { generateConditionLists, generateIntrinsicTable, generateTransformTable } =
  await import("./generate-cloudformation-tables.js");
const { generateConstructTables, generateDifferences } =
  await import("./generate-construct-table.js");
const { generateCoverage } = await import("./generate-coverage.js");
const { generateDemoOutput } = await import("./generate-demo.js");
const { generateRuleExamples } = await import("./generate-rule-examples.js");
const { configurationSchema, generateValidator } = await import("./generate-config-schema.js");
const { rules } = await import("../src/rules/index.js");

for (const rule of rules) {
  await write(`docs/rules/${rule.id}.md`, generateRulePage(rule), "markdown");
}
writeAsIs("src/data/rule-examples.generated.ts", generateRuleExamples());
removePagesWithoutRule();
await write("docs/coverage.md", generateCoverage(), "markdown");
const schema = configurationSchema(rules);
await write("docs/config.schema.json", JSON.stringify(schema), "json");
writeAsIs("src/config/validate-configuration.generated.ts", generateValidator(schema));
const terraform = readFileSync(new URL("docs/terraform.md", root), "utf8");
await write(
  "docs/terraform.md",
  fill(
    fill(
      fill(terraform, "constructs", generateConstructTables()),
      "differences",
      generateDifferences(),
    ),
    "functions",
    generateFunctionTables(),
  ),
  "markdown",
);
const cloudformation = readFileSync(new URL("docs/cloudformation.md", root), "utf8");
const withFunctions = fill(cloudformation, "intrinsics", generateIntrinsicTable());
const withLists = fill(withFunctions, "conditions", generateConditionLists());
await write(
  "docs/cloudformation.md",
  fill(withLists, "transforms", generateTransformTable()),
  "markdown",
);
const readme = readFileSync(new URL("README.md", root), "utf8");
const demo = `\`\`\`text\n${await generateDemoOutput()}\n\`\`\``;
const filled = fill(fill(readme, "demo", demo), "rules", generateRuleTable());
await write("README.md", filled, "markdown");

if (isCheck && stale.length > 0) {
  stderr.write(`Not up to date, run npm run generate: ${stale.join(", ")}\n`);
  exit(1);
}

/** Puts a text between the marks of that name. */
function fill(document: string, name: string, text: string): string {
  const marks = new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`);
  return document.replace(
    marks,
    (_, start: string, end: string) => `${start}\n\n${text}\n\n${end}`,
  );
}

async function write(path: string, text: string, parser: string): Promise<void> {
  writeAsIs(path, await format(text, { parser, printWidth: 100 }));
}

function writeAsIs(path: string, formatted: string): void {
  const url = new URL(path, root);
  if (existsSync(url) && readFileSync(url, "utf8") === formatted) return;
  if (isCheck) stale.push(path);
  else writeFileSync(url, formatted);
}

function removePagesWithoutRule(): void {
  const pages = new URL("docs/rules/", root);
  for (const name of readdirSync(pages)) {
    if (rules.some(({ id }) => `${id}.md` === name)) continue;
    if (isCheck) stale.push(`docs/rules/${name}`);
    else rmSync(new URL(name, pages));
  }
}
