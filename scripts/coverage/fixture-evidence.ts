import { readdirSync } from "node:fs";
import { registryModules } from "../../src/data/registry-modules.generated.js";
import { describeLaunches } from "../../src/engine/describe-launches.js";
import { lint } from "../../src/engine/lint.js";
import type { LintRequest } from "../../src/engine/lint-request.js";
import { DiskFileSystem } from "../../src/node/disk-file-system.js";
import { parseTolerantly } from "../../src/parsers/yaml/tolerant.js";
import { rules } from "../../src/rules/index.js";

const fixtures = new URL("../../fixtures/rules/", import.meta.url).pathname;

/** What fixtures show of a rule: that it fails, is open, or passes over a launch in silence. */
export type Shown = "fail" | "open" | "pass";

/** What the fixtures show, by rule and type of resource. */
export class FixtureEvidence {
  readonly #shown = new Map<string, Map<string, Set<Shown>>>();

  /** Lints every fixture. */
  static collect(): FixtureEvidence {
    const evidence = new FixtureEvidence();
    for (const ruleId of readdirSync(fixtures)) {
      for (const name of readdirSync(`${fixtures}${ruleId}`)) {
        evidence.#addCase(ruleId, `${fixtures}${ruleId}/${name}`);
      }
    }
    return evidence;
  }

  /** What is shown of a rule on one type of resource. */
  of(ruleId: string, type: string): ReadonlySet<Shown> {
    return this.#shown.get(ruleId)?.get(type) ?? new Set();
  }

  /** The rules of which something is shown on one type of resource. */
  rulesOn(type: string): readonly string[] {
    return [...this.#shown].flatMap(([id, byType]) => (byType.has(type) ? [id] : [])).sort();
  }

  /** Every type of resource that a fixture has a finding on. */
  get types(): ReadonlySet<string> {
    return new Set([...this.#shown.values()].flatMap((byType) => [...byType.keys()]));
  }

  #addCase(ruleId: string, directory: string): void {
    const request = requestFor(directory);
    const reported = new Set<string>();
    for (const { ruleId: id, kind, resources } of lint(request).findings) {
      for (const { type, address } of resources) {
        this.#add(id, type, kind);
        if (id === ruleId) reported.add(address);
      }
    }
    // Only a rule's own fixtures are meant to show where it keeps silent.
    for (const { type, address } of describeLaunches(request).launches) {
      if (!reported.has(address)) this.#add(ruleId, type, "pass");
    }
  }

  #add(ruleId: string, type: string, shown: Shown): void {
    const byType = this.#shown.get(ruleId) ?? new Map<string, Set<Shown>>();
    this.#shown.set(ruleId, byType);
    byType.set(type, (byType.get(type) ?? new Set()).add(shown));
  }
}

function requestFor(directory: string): LintRequest {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  return {
    files,
    named: new Set(),
    fileSystem: new DiskFileSystem(),
    rootDirectory: directory,
    rules: new Map(rules.map((rule) => [rule, rule.severity])),
    loadTolerantYaml: () => parseTolerantly,
    loadModuleCatalogue: () => registryModules,
  };
}
