import { expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

const OPTION = `option_settings:
  aws:autoscaling:launchconfiguration:
    DisableIMDSv1: false
`;

/** What is wrong with the files of one application, by path and line from 1. */
function errorsOf(texts: Readonly<Record<string, string>>): readonly string[] {
  const { errors, files } = lintTexts(texts);
  return errors.map(({ code, path, location }) => {
    const line = location === undefined ? 0 : files.get(path)?.position(location.range.start).line;
    return `${code} ${path}:${(line ?? -1) + 1}`;
  });
}

test("a broken file is reported at its place, and read as far as it goes", () => {
  const texts = { "/app/.ebextensions/a.config": `${OPTION}commands: [\n` };
  expect(errorsOf(texts)).toEqual(["syntax /app/.ebextensions/a.config:4"]);
  expect(lintTexts(texts).findings.map(({ kind, ruleId }) => `${kind} ${ruleId}`)).toEqual([
    "fail require-imdsv2",
  ]);
});

test("one that cannot be read at all makes no environment", () => {
  const { errors, coverage } = lintTexts({ "/app/.ebextensions/a.config": "} DisableIMDSv1" });
  expect(errors).toHaveLength(1);
  expect(coverage.launchSpecifications).toBe(0);
});

test("a broken file that has nothing to do with metadata is left alone", () => {
  const broken = { "/app/.ebextensions/b.config": "commands: [\n" };
  expect(errorsOf(broken)).toEqual([]);
  expect(errorsOf({ ...broken, "/app/.ebextensions/a.config": OPTION })).toEqual([]);
});
