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

const MODULE = `data "archive_file" "bundle" {
  type        = "zip"
  source_dir  = "SOURCE"
  output_path = "bundle.zip"
}
resource "aws_s3_object" "bundle" {
  bucket = "bundles"
  key    = "bundle.zip"
  source = data.archive_file.bundle.output_path
}
resource "aws_elastic_beanstalk_application_version" "this" {
  name        = "1"
  application = "site"
  bucket      = aws_s3_object.bundle.bucket
  key         = aws_s3_object.bundle.id
}
resource "aws_elastic_beanstalk_environment" "site" {
  name          = "site"
  application   = "site"
  version_label = aws_elastic_beanstalk_application_version.this.name
}
`;

const SCRIPT = `commands:
  01_setup:
    command: curl http://169.254.169.254/latest/meta-data/instance-id
`;

function deployed(source: string, configuration: string): Readonly<Record<string, string>> {
  return {
    "/infra/main.tf": MODULE.replace("SOURCE", source),
    "/infra/app/.ebextensions/a.config": configuration,
  };
}

function foundIn(report: ReturnType<typeof lintTexts>): readonly string[] {
  return report.findings.map(({ kind, ruleId, location, resources }) =>
    [kind, ruleId, location.path, ...resources.map(({ address }) => address)].join(" "),
  );
}

const FILE = "/infra/app/.ebextensions/a.config";
const SITE = "aws_elastic_beanstalk_environment.site";

test("files belong to the environment that deploys them, whichever of the two is linted", () => {
  const texts = deployed("app", OPTION);
  const report = lintTexts(texts);
  expect(foundIn(report)).toEqual([`fail require-imdsv2 ${FILE} ${SITE}`]);
  expect(report.deployments).toEqual([["/infra/main.tf", FILE]]);
  expect(report.files.has(FILE)).toBe(true);
  expect(foundIn(lintTexts(texts, { files: ["/infra/main.tf"] }))).toEqual(foundIn(report));
  expect(foundIn(lintTexts(texts, { files: [FILE] }))).toEqual([
    `fail require-imdsv2 ${FILE} infra/app/.ebextensions`,
  ]);
});

test.each(['"../infra/app"', 'abspath("app")', "local.directory"])("are found by %s", (source) => {
  const texts = deployed("SOURCE", OPTION);
  const module = texts["/infra/main.tf"]?.replace('"SOURCE"', source) ?? "";
  const given = { ...texts, "/infra/main.tf": `${module}locals {\n  directory = "app/"\n}\n` };
  expect(foundIn(lintTexts(given))).toEqual([`fail require-imdsv2 ${FILE} ${SITE}`]);
});

test("their commands are judged by what the environment gets", () => {
  const [, script] = foundIn(lintTexts(deployed("./app", `${OPTION}${SCRIPT}`)));
  expect(script).toBe(`fail user-data-uses-imdsv1 ${FILE} ${SITE}`);
  const safe = OPTION.replace("false", "true");
  expect(foundIn(lintTexts(deployed("./app", `${safe}${SCRIPT}`)))).toEqual([
    `fail user-data-breaks-with-imdsv2 ${FILE} ${SITE}`,
  ]);
});

test("a directory of another name, or outside of the tree, leaves the environment open and the files alone", () => {
  const alone = `fail require-imdsv2 ${FILE} app/.ebextensions`;
  const open = `open require-imdsv2 /infra/main.tf ${SITE}`;
  for (const source of ["application", "../elsewhere/app", "${var.directory}"]) {
    const texts = { ...deployed(source, OPTION), "/elsewhere/app/.ebextensions/a.config": OPTION };
    const report = lintTexts(texts, {
      files: ["/infra/main.tf", FILE],
      rootDirectory: "/infra",
    });
    expect(foundIn(report)).toEqual([alone, open]);
  }
});
