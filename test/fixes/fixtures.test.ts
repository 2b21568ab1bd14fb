import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { env } from "node:process";
import { parseToObject } from "hcl2-parser";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { type DescribedLaunch, describeLaunches } from "../../src/engine/describe-launches.js";
import { valueOf } from "../../src/engine/outcome-wording.js";
import { fixFindings, type FixResult } from "../../src/engine/fix-findings.js";
import type { FixSafety } from "../../src/findings/fix.js";
import type { Finding } from "../../src/findings/finding.js";
import type { Report } from "../../src/findings/report.js";
import { parseHcl } from "../../src/parsers/hcl/parse-hcl.js";
import { rules } from "../../src/rules/index.js";
import { chooseRules } from "../../src/rules/choose-rules.js";
import { requestFor } from "../lint-files.js";

const fixtures = new URL("../../fixtures", import.meta.url).pathname;
/** HashiCorp's own parser. */
const readHcl = parseToObject as (text: string) => unknown;
const all: readonly FixSafety[] = ["safe", "review"];

/** Every rule; those that are off by default as notes. */
const everyRule = chooseRules(
  new Map(
    rules.map(({ id, severity, isOffByDefault }) => [
      id,
      isOffByDefault === true ? "note" : severity,
    ]),
  ),
);

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".fixed"))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

/** The texts below a directory by path, with `/case` in its place. */
function textsIn(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filesIn(directory).map((path) => [
      `/case${path.slice(directory.length)}`,
      readFileSync(path, "utf8"),
    ]),
  );
}

function fix(texts: Readonly<Record<string, string>>, wanted = all): FixResult {
  return fixFindings({ ...requestFor(texts), rootDirectory: "/case", rules: everyRule }, wanted);
}

/** The same files after fixing. */
function fixedTexts(
  texts: Readonly<Record<string, string>>,
  { changed }: FixResult,
): Readonly<Record<string, string>> {
  const fixed = [...changed].map(([path, { after }]) => [path, after] as const);
  return { ...texts, ...Object.fromEntries(fixed) };
}

describe("fixed files", () => {
  const cases = readdirSync(`${fixtures}/fixes`);
  test.each(cases)("%s come out as written beside them", (name) => {
    const directory = `${fixtures}/fixes/${name}`;
    const { changed } = fix(textsIn(directory));
    for (const path of filesIn(directory)) {
      const actual = changed.get(`/case${path.slice(directory.length)}`)?.after;
      const golden = `${path}.fixed`;
      if (env["UPDATE"] === "1") {
        if (actual === undefined) rmSync(golden, { force: true });
        else writeFileSync(golden, actual);
      }
      const expected = existsSync(golden) ? readFileSync(golden, "utf8") : undefined;
      expect(actual, path).toBe(expected);
    }
  });

  const hasTerraform = spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0;
  test.skipIf(!hasTerraform).each(cases)("%s stay as `terraform fmt` would have them", (name) => {
    const format = (text: string) =>
      spawnSync("terraform", ["fmt", "-"], { input: text, encoding: "utf8" }).stdout;
    for (const path of filesIn(`${fixtures}/fixes/${name}`).filter((each) =>
      each.endsWith(".tf"),
    )) {
      const text = readFileSync(path, "utf8");
      if (!existsSync(`${path}.fixed`) || format(text) !== text) continue;
      const fixed = readFileSync(`${path}.fixed`, "utf8");
      expect(format(fixed), path).toBe(fixed);
    }
  });

  test("makes only safe fixes unless more are asked for", () => {
    const texts = textsIn(`${fixtures}/fixes/review`);
    expect(fix(texts, ["safe"]).changed.size).toBe(0);
    expect(fix(texts).changed.size).toBe(1);
  });

  test("requires tokens of its own accord only where the launch's scripts send them", () => {
    const texts = textsIn(`${fixtures}/fixes/scripts-without-tokens`);
    expect(fix(texts, ["safe"]).changed.size).toBe(0);
    const path = "/case/main.tf";
    const text = texts[path] ?? "";
    const alone = text.slice(0, text.indexOf('resource "aws_instance" "through_template"'));
    const silent = alone.replace("curl", "echo");
    const { changed } = fix({ [path]: silent }, ["safe"]);
    expect(changed.get(path)?.after.match(/"required"/g)).toHaveLength(2);
  });
});

const cases = ["rules", "fixes"].flatMap((folder) =>
  readdirSync(`${fixtures}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json|tf|tofu)$/.test(entry.name))
    .map((entry) => entry.parentPath),
);

describe.each([...new Set(cases)].map((path) => [path.slice(fixtures.length + 1), path]))(
  "%s",
  (_, directory) => {
    const before = textsIn(directory);
    const result = fix(before);
    const after = fixedTexts(before, result);

    test("has nothing left to fix", () => {
      expect(result.report.findings.filter(isFixed).map(identity)).toEqual([]);
      expect(fix(after).changed.size).toBe(0);
    });

    test("has no finding or error that it did not have", () => {
      const wanted = fix(before, []).report;
      const known = new Set(wanted.findings.map(identity));
      const grave = (report: Report) =>
        report.findings
          // What was wrong before may have hidden a note or an open question on the same option.
          .filter(({ severity, kind }) => severity !== "note" && kind === "fail")
          .map(identity)
          .filter((each) => !known.has(each));
      // That scripts break then is what a review is for.
      const ofScripts = /^(?:user-data-breaks-with-imdsv2|sdk-predates-imdsv2) /;
      expect(grave(result.report).filter((each) => !ofScripts.test(each))).toEqual([]);
      expect(grave(fix(before, ["safe"]).report)).toEqual([]);
      expect(result.report.errors.length).toBe(wanted.errors.length);
    });

    test("leaves what instances get alone that no safely fixed finding names", () => {
      const safe = fix(before, ["safe"]);
      const left = new Set(safe.report.findings.map(({ fingerprint }) => fingerprint));
      const fixed = fix(before, [])
        .report.findings.filter((finding) => isFixed(finding) && !left.has(finding.fingerprint))
        .flatMap(({ resources }) => resources.map(({ address }) => address));
      const launches = launchesIn(before);
      // What they launch through is where it is put right.
      const templates = launches
        .filter(({ address }) => fixed.includes(address))
        .flatMap(({ launchTemplates }) => launchTemplates);
      const others = (texts: Readonly<Record<string, string>>) =>
        launchesIn(texts)
          .filter(({ address }) => ![...fixed, ...templates].includes(address))
          .map(({ address, options }) => [
            address,
            options.map(({ name, outcomes }) => [name, ...outcomes.map(valueOf)]),
          ]);
      expect(others(fixedTexts(before, safe))).toEqual(others(before));
    });

    test("can be read by others as before", () => {
      for (const path of result.changed.keys()) {
        expect(isReadByOthers(path, after[path] ?? ""), path).toBe(
          isReadByOthers(path, before[path] ?? ""),
        );
      }
    });

    test("keeps its comments, line endings and final newline", () => {
      for (const [path, text] of Object.entries(before)) {
        const fixed = after[path] ?? "";
        expect(commentsIn(path, fixed), path).toEqual(commentsIn(path, text));
        expect(fixed.endsWith("\n"), path).toBe(text.endsWith("\n"));
        const isUnix = !text.includes("\r\n");
        expect(/(?<!\r)\n/.test(fixed), path).toBe(isUnix && text.includes("\n"));
      }
    });
  },
);

function launchesIn(texts: Readonly<Record<string, string>>): readonly DescribedLaunch[] {
  return describeLaunches({ ...requestFor(texts), rootDirectory: "/case" }).launches;
}

/** Whether a parser that is not ours takes a text. */
function isReadByOthers(path: string, text: string): boolean {
  try {
    if (path.endsWith(".json")) JSON.parse(text);
    else if (/\.(?:tf|tofu|tfvars)$/.test(path)) readHcl(text);
    else parseYaml(text, { logLevel: "silent" });
    return true;
  } catch {
    return false;
  }
}

function isFixed({ fix: own, kind }: Finding): boolean {
  return kind === "fail" && own !== undefined;
}

function identity({ ruleId, messageId, resource, kind }: Finding): string {
  return [ruleId, messageId, resource.address, kind].join(" ");
}

/** Comments in order; of YAML every line that is nothing else. */
function commentsIn(path: string, text: string): readonly string[] {
  if (path.endsWith(".tf")) {
    return parseHcl(text).comments.map(({ range }) => text.slice(range.start, range.end));
  }
  return text.split(/\r?\n/).filter((line) => /^\s*#/.test(line));
}
