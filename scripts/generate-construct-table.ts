import { readdirSync, readFileSync } from "node:fs";
import { lint } from "../src/engine/lint.js";
import { parseTolerantly } from "../src/parsers/yaml/tolerant.js";
import { chooseRules } from "../src/rules/choose-rules.js";
import type { Finding } from "../src/findings/finding.js";
import { MemoryFileSystem } from "../src/source/memory-file-system.js";
import type { ExpressionFile } from "../test/parsers/terraform/expression-case.js";
import { type Construct, terraformConstructs } from "./terraform-constructs.js";

const recordings = new URL("../fixtures/oracle/terraform-expressions/", import.meta.url);

/** So many expressions are shown of each kind. */
const MOST_EXAMPLES = 3;

/** The tables of `docs/terraform.md`, in Markdown: each construct, and what becomes of it. */
export function generateConstructTables(): string {
  return Object.entries(terraformConstructs)
    .map(([headline, constructs]) => {
      const rows = constructs.map(
        (construct) => `| ${nameOf(construct)} | ${outcomeOf(construct)} |`,
      );
      return `### ${headline}\n\n| Construct | What becomes of it |\n| --- | --- |\n${rows.join("\n")}`;
    })
    .join("\n\n");
}

const words = {
  decides: "evaluated",
  beside: "read without harm",
  outside: "not taken for part of the module",
} as const;

function nameOf({ name, address }: Construct): string {
  const base = "https://developer.hashicorp.com/terraform/language/";
  return `[${name}](${address.startsWith("https:") ? address : base + address})`;
}

/** What linting the sample comes to. One that is wrongly found to be closed is a mistake of ours. */
export function outcomeOf(construct: Construct): string {
  const { name, files, given, role } = construct;
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`/project/${path}`, text]),
  );
  const report = lint({
    files: Object.keys(texts).filter((path) => !path.includes("/.terraform/")),
    named: new Set(),
    fileSystem: new MemoryFileSystem(texts),
    rootDirectory: "/project",
    rules: chooseRules(),
    loadTolerantYaml: () => parseTolerantly,
    ...(given === undefined ? {} : { variables: given }),
  });
  const [error] = report.errors;
  if (error !== undefined) throw new Error(`${name}: ${error.message}`);
  const listed = report.coverage.skipped.map(
    ({ message }) => `listed as not looked at: ${message}`,
  );
  return [verdictOf(report.findings, role, name), ...listed].join("; ");
}

function verdictOf(findings: readonly Finding[], role: Construct["role"], name: string): string {
  const own = findings.filter(({ ruleId }) => ruleId === "require-imdsv2");
  if (own.some(({ kind, messageId }) => kind === "fail" && messageId === "optional")) {
    return words[role];
  }
  const [open] = own;
  if (open?.kind !== "open") throw new Error(`${name} is taken for something else`);
  const [, reason = ""] = /requests: (.*)$/.exec(open.message) ?? [];
  return `open: ${reason}`;
}

/** What is recorded of expressions that we know to evaluate otherwise than Terraform, as a list. */
export function generateDifferences(): string {
  const examples = new Map<string, string[]>();
  for (const module of readdirSync(recordings)) {
    const text = readFileSync(new URL(`${module}/expressions.json`, recordings), "utf8");
    const { cases } = JSON.parse(text) as ExpressionFile;
    for (const { expression, difference } of cases) {
      if (difference === undefined) continue;
      const before = examples.get(difference);
      if (before === undefined) examples.set(difference, [expression]);
      else if (before.length < MOST_EXAMPLES) before.push(expression);
    }
  }
  return [...examples]
    .map(([difference, own]) => `- ${difference}: ${own.map((one) => `\`${one}\``).join(", ")}`)
    .join("\n");
}
