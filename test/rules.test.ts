import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Finding } from "../src/findings/finding.js";
import type { Report } from "../src/findings/report.js";
import { chooseRules } from "../src/rules/choose-rules.js";
import { rules } from "../src/rules/index.js";
import { type ExpectedFinding, readAnnotations } from "./annotations.js";
import { type BlockStyle, moduleToJson, variableValuesToJson } from "./module-to-json.js";
import { lintDirectory, lintTexts } from "./lint-files.js";
import { templateToJson } from "./template-to-json.js";

const fixtures = new URL("../fixtures/rules", import.meta.url).pathname;

/** The fixture cases of a rule: directories below `fixtures/rules/<id>`. */
function casesOf(ruleId: string): readonly string[] {
  const directory = `${fixtures}/${ruleId}`;
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map((name) => `${directory}/${name}`);
}

function fixtureFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

/** What a report found in one file, in the form of annotations. */
function findingsIn(report: Report, path: string): readonly ExpectedFinding[] {
  const file = report.files.get(path);
  return report.findings
    .filter((finding) => finding.location.path === path)
    .map((finding) => {
      const { range } = finding.location;
      const start = file?.position(range.start) ?? { line: -1, column: -1 };
      const end = file?.position(range.end) ?? start;
      const { kind, ruleId, messageId, when } = finding;
      const endColumn = end.line === start.line ? end.column : -1;
      return {
        ...start,
        endColumn,
        kind,
        ruleId,
        messageId,
        ...(when === undefined ? {} : { when }),
      };
    });
}

function inOrder(findings: readonly ExpectedFinding[]): readonly ExpectedFinding[] {
  const key = ({ line, column, ruleId, messageId, when }: ExpectedFinding) =>
    [line, column, ruleId, messageId, when ?? ""].map(String).join(" ");
  return [...findings].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

/** Where an annotation says only where a finding starts, its end does not count. */
function withoutOpenEnds(
  found: readonly ExpectedFinding[],
  expected: readonly ExpectedFinding[],
): readonly ExpectedFinding[] {
  return found.map((finding, index) => {
    if (expected[index]?.endColumn !== undefined) return finding;
    const { line, column, kind, ruleId, messageId, when } = finding;
    return { line, column, kind, ruleId, messageId, ...(when === undefined ? {} : { when }) };
  });
}

/** What stays the same however a template is laid out. */
function substance({ kind, ruleId, messageId, when, resources, message }: Finding) {
  return { kind, ruleId, messageId, when, message, resources: resources.map((r) => r.address) };
}

function bySubstance(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => JSON.stringify(substance(finding))).sort();
}

/** A case without its templates of CloudFormation, as if it were the directory `/case`. */
function textsIn(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fixtureFiles(directory)
      .filter((path) => path.includes("/.terraform/") || !/\.(?:ya?ml|json)$/.test(path))
      .map((path) => [`/case${path.slice(directory.length)}`, readFileSync(path, "utf8")]),
  );
}

function toJsonSyntax(
  texts: Readonly<Record<string, string>>,
  style: BlockStyle,
): Readonly<Record<string, string>> {
  const converted = Object.entries(texts).map(([path, text]) => {
    if (path.endsWith(".tf")) return [`${path}.json`, moduleToJson(text, style)] as const;
    if (path.endsWith(".tfvars")) return [`${path}.json`, variableValuesToJson(text)] as const;
    return [path, text] as const;
  });
  return Object.fromEntries(converted);
}

/** The last word of what each finding points at, which is the same in both syntaxes. */
function placesIn({ files, findings }: Report): readonly string[] {
  return findings
    .map(({ ruleId, location: { path, range } }) => {
      const text = files.get(path)?.text.slice(range.start, range.end) ?? "";
      return `${ruleId} ${/[^\s"\\]*(?=[\s"\\]*$)/.exec(text)?.[0] ?? ""}`;
    })
    .sort();
}

/** The rules that are on, and one that may be off unless somebody asks for it. */
function rulesWith(id: string) {
  const severity = rules.find((rule) => rule.id === id)?.severity ?? "error";
  return chooseRules(new Map([[id, severity]]));
}

describe.each(rules.map(({ id }) => id))("%s", (ruleId) => {
  test.each(casesOf(ruleId).map((directory) => [directory.slice(fixtures.length + 1), directory]))(
    "%s gives exactly the findings written beside its lines",
    (_, directory) => {
      const report = lintDirectory(directory, { rules: rulesWith(ruleId) });
      expect(report.errors).toEqual([]);
      for (const path of fixtureFiles(directory)) {
        const expected = inOrder(readAnnotations(readFileSync(path, "utf8")));
        const found = inOrder(findingsIn(report, path));
        expect(withoutOpenEnds(found, expected), path).toEqual(expected);
      }
    },
  );

  // What a comment says is lost on the way to JSON.
  const isOnComments = rules.find(({ id }) => id === ruleId)?.subject === "suppression";
  const convertible = isOnComments ? [] : casesOf(ruleId);
  const templates = convertible.flatMap(fixtureFiles).filter((path) => /\.ya?ml$/.test(path));
  test.each(templates.map((path) => [path.slice(fixtures.length + 1), path]))(
    "%s gives the same findings as JSON",
    (_, path) => {
      const yaml = readFileSync(path, "utf8");
      const fromYaml = lintTexts({ "/template.yaml": yaml }, { rules: rulesWith(ruleId) });
      const fromJson = lintTexts(
        { "/template.json": templateToJson(yaml) },
        { rules: rulesWith(ruleId) },
      );
      expect(bySubstance(fromJson.findings)).toEqual(bySubstance(fromYaml.findings));
    },
  );

  const modules = convertible.filter((directory) =>
    fixtureFiles(directory).some((path) => path.endsWith(".tf")),
  );
  const styles = modules.length === 0 ? [] : (["objects", "lists"] as const);
  describe.each(styles)("in Terraform's JSON syntax with %s", (style) => {
    test.each(modules.map((path) => [path.slice(fixtures.length + 1), path]))(
      "%s gives the same findings",
      (_, directory) => {
        const native = textsIn(directory);
        const fromNative = lintTexts(native, { rules: rulesWith(ruleId) });
        const fromJson = lintTexts(toJsonSyntax(native, style), { rules: rulesWith(ruleId) });
        expect(fromJson.errors).toEqual([]);
        expect(bySubstance(fromJson.findings)).toEqual(bySubstance(fromNative.findings));
        expect(placesIn(fromJson)).toEqual(placesIn(fromNative));
      },
    );
  });

  test("has a failing, a passing and, where it can be undecided, an open case in each dialect", () => {
    const rule = rules.find(({ id }) => id === ruleId);
    const canBeOpen = Object.keys(rule?.messages ?? {}).includes("undecided");
    const extensions = { cloudformation: /\.ya?ml$/, terraform: /\.tf$/ };
    for (const dialect of rule?.dialects ?? (["cloudformation", "terraform"] as const)) {
      const extension = extensions[dialect];
      const cases = casesOf(ruleId).filter((directory) =>
        fixtureFiles(directory).some((path) => extension.test(path)),
      );
      const kinds = cases.map((directory) =>
        fixtureFiles(directory)
          .flatMap((path) => readAnnotations(readFileSync(path, "utf8")))
          .filter((finding) => finding.ruleId === ruleId)
          .map(({ kind }) => kind),
      );
      expect(
        kinds.some((found) => found.includes("fail")),
        `failing ${extension.source}`,
      ).toBe(true);
      expect(
        kinds.some((found) => found.length === 0),
        `passing ${extension.source}`,
      ).toBe(true);
      if (!canBeOpen) continue;
      expect(
        kinds.some((found) => found.includes("open")),
        `open ${extension.source}`,
      ).toBe(true);
    }
  });

  test("uses every message it declares in some fixture", () => {
    const rule = rules.find(({ id }) => id === ruleId);
    const used = new Set(
      casesOf(ruleId)
        .flatMap(fixtureFiles)
        .flatMap((path) => readAnnotations(readFileSync(path, "utf8")))
        .filter((finding) => finding.ruleId === ruleId)
        .map(({ messageId }) => messageId),
    );
    expect([...used].sort()).toEqual(Object.keys(rule?.messages ?? {}).sort());
  });
});
