import { existsSync, readdirSync, readFileSync } from "node:fs";
import { relative } from "pathe";
import { lint } from "../src/engine/lint.js";
import type { LintRequest } from "../src/engine/lint-request.js";
import { registryModules } from "../src/data/registry-modules.generated.js";
import { parseTolerantly } from "../src/parsers/yaml/tolerant.js";
import { textReporter } from "../src/reporters/text-reporter.js";
import { chooseRules } from "../src/rules/choose-rules.js";
import type { RuleMetadata } from "../src/rules/define-rule.js";
import { rules } from "../src/rules/index.js";
import { MemoryFileSystem } from "../src/source/memory-file-system.js";

const fixtures = new URL("../fixtures/rules/", import.meta.url).pathname;

/** Where an example lies, in memory. */
export const exampleDirectory = "/example";

/** A fixture case that the docs show. */
export interface Example {
  readonly title: string;
  /** File name → text, without the annotations. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The cases of a rule that the docs show, the shortest first. */
export function examplesOf(ruleId: string): readonly Example[] {
  const directory = `${fixtures}${ruleId}`;
  return readdirSync(directory)
    .map((name) => `${directory}/${name}`)
    .filter((example) => existsSync(`${example}/case.json`))
    .map((example) => {
      const { title } = JSON.parse(readFileSync(`${example}/case.json`, "utf8")) as Example;
      const names = readdirSync(example, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== "case.json")
        .map(({ parentPath, name }) => relative(example, `${parentPath}/${name}`))
        .sort();
      const texts = names.map((name) => [name, sourceOf(`${example}/${name}`)] as const);
      return { title, texts: new Map(texts) };
    })
    .sort((left, right) => lengthOf(left) - lengthOf(right));
}

/** The shortest example comes first, being the simplest. */
function lengthOf({ texts }: Example): number {
  return [...texts.values()].reduce((length, text) => length + text.length, 0);
}

/** A fixture's text without the comments that announce its findings. */
function sourceOf(path: string): string {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => !/^\s*#\s*(?:\^+|<-) (?:fail|open) /.test(line)).join("\n");
}

/** The text report on the example, as a terminal shows it. */
export function run(example: Example, rule: RuleMetadata): string {
  const report = lint(requestFor(example, rule));
  return textReporter(report, {
    rules,
    version: "0.0.0",
    workingDirectory: exampleDirectory,
    rootDirectory: exampleDirectory,
    color: false,
    width: 100,
    showOpen: true,
    finishedAt: new Date(0),
    outcome: 1,
    elapsedMilliseconds: 0,
  });
}

/** Without the summary line, whose times and counts say nothing here. */
export function findingsPart(output: string): string {
  return output.trim().split("\n").slice(0, -1).join("\n").trim();
}

/** What linting an example takes, with the rule turned on. */
export function requestFor({ texts }: Example, rule: RuleMetadata): LintRequest {
  const files = Object.fromEntries(
    [...texts].map(([name, text]) => [`${exampleDirectory}/${name}`, text]),
  );
  return {
    files: Object.keys(files),
    named: new Set(),
    fileSystem: new MemoryFileSystem(files),
    rootDirectory: exampleDirectory,
    rules: chooseRules(new Map([[rule.id, rule.severity]])),
    loadTolerantYaml: () => parseTolerantly,
    loadModuleCatalogue: () => registryModules,
  };
}
