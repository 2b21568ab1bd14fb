import { describe, expect, test } from "vitest";
import { lint } from "../../src/engine/lint.js";
import type { LintRequest } from "../../src/engine/lint-request.js";
import type { Report } from "../../src/findings/report.js";
import { parseTolerantly } from "../../src/parsers/yaml/tolerant.js";
import { chooseRules } from "../../src/rules/choose-rules.js";
import { defineRule } from "../../src/rules/define-rule.js";
import type { FileSystem, ReadResult } from "../../src/source/file-system.js";
import { MemoryFileSystem } from "../../src/source/memory-file-system.js";
import { linkedFileSystem } from "../linked-file-system.js";

const open = `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions:
        HttpTokens: optional
`;

/** Lints texts by path below `/work`; `judged` are all of them unless given. */
function lintTexts(
  texts: Readonly<Record<string, string>>,
  request: Partial<LintRequest> = {},
): Report {
  return lint({
    files: Object.keys(texts),
    named: new Set(),
    fileSystem: new MemoryFileSystem(texts),
    rootDirectory: "/work",
    rules: chooseRules(),
    loadTolerantYaml: () => parseTolerantly,
    ...request,
  });
}

function placesOf({ findings }: Report): readonly string[] {
  return findings.map(({ ruleId, location }) => `${ruleId} ${location.path}`);
}

/** Answers reads of one path with an error. */
function failing(path: string, result: ReadResult): FileSystem {
  const texts = new MemoryFileSystem({ "/work/web.yaml": open, [path]: "" });
  return {
    read: (asked) => (asked === path ? result : texts.read(asked)),
    list: (directory) => texts.list(directory),
  };
}

const throwing = defineRule({
  id: "throwing",
  subject: "launch-specification",
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "",
  rationale: "",
  undecided: "",
  sources: [],
  messages: {},
  check() {
    throw new Error("broken");
  },
});

const throwingOnProperties = defineRule({
  ...throwing,
  id: "throwing-on-properties",
  subject: "property",
  check({ path }) {
    if (path.at(-1) === "ImageId") throw new Error("broken");
    return [];
  },
});

describe("what is judged", () => {
  const texts = {
    "/work/main.tf": 'module "web" {\n  source = "./web"\n  tokens = "optional"\n}\n',
    "/work/web/main.tf":
      'variable "tokens" {}\nresource "aws_instance" "this" {\n  metadata_options {\n    http_endpoint = "enabled"\n    http_tokens   = var.tokens\n  }\n}\n',
    "/work/other.tf": 'resource "aws_instance" "other" {}\n',
  };

  test("callers are read whatever was asked for, and what touches a judged file is shown", () => {
    const report = lintTexts(texts, { files: ["/work/web/main.tf"] });
    expect(placesOf(report)).toEqual(["require-imdsv2 /work/main.tf"]);
    expect(report.findings[0]?.resource.address).toBe("module.web.aws_instance.this");
  });

  test("a finding that touches no judged file is not shown", () => {
    const report = lintTexts(texts, { files: ["/work/other.tf"] });
    expect(placesOf(report)).toEqual(["require-imdsv2 /work/other.tf"]);
  });

  test("callers above the root directory are not looked for", () => {
    const report = lintTexts(texts, {
      files: ["/work/web/main.tf"],
      rootDirectory: "/work/web",
    });
    expect(report.findings.map(({ kind }) => kind)).toEqual(["open"]);
  });

  test("other people's YAML and JSON is left alone, broken or not", () => {
    const report = lintTexts({
      "/work/chart.yaml": "{{ if .Values.on }}\nkind: Deployment\n{{ end }}\n",
      "/work/package.json": '{ "name": ',
      "/work/notes.txt": open,
    });
    expect(report).toMatchObject({ findings: [], errors: [] });
    expect(report.coverage.files).toBe(0);
  });

  test("a template of any name is judged if it was named", () => {
    const files = { "/work/stack.cfn": open };
    expect(placesOf(lintTexts(files))).toEqual([]);
    const named = new Set(["/work/stack.cfn"]);
    expect(placesOf(lintTexts(files, { named }))).toEqual(["require-imdsv2 /work/stack.cfn"]);
  });
});

describe("what goes wrong", () => {
  test("a rule that throws costs its own results and is named", () => {
    const rules = new Map([...chooseRules(), [throwing, "error" as const]]);
    const report = lintTexts({ "/work/web.yaml": open }, { rules });
    expect(placesOf(report)).toEqual(["require-imdsv2 /work/web.yaml"]);
    expect(report.errors).toMatchObject([
      { code: "internal", path: "/work/web.yaml", location: { range: { start: 13, end: 16 } } },
    ]);
    expect(report.errors[0]?.message).toBe(
      "rule throwing failed on Web: broken; please report this",
    );
  });

  test("so does one on properties, on that property alone", () => {
    const rules = new Map([...chooseRules(), [throwingOnProperties, "error" as const]]);
    const text =
      "Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties: { ImageId: a, Tenancy: none }\n";
    const report = lintTexts({ "/work/web.yaml": text }, { rules });
    expect(placesOf(report)).toEqual([
      "require-imdsv2 /work/web.yaml",
      "valid-properties /work/web.yaml",
    ]);
    expect(report.errors.map(({ message }) => message)).toEqual([
      "rule throwing-on-properties failed on Web: broken; please report this",
    ]);
  });

  test("a mistake of ours in one file leaves the others' findings", () => {
    const loadTolerantYaml = () => {
      throw new Error("broken");
    };
    const report = lintTexts(
      { "/work/a.yaml": `${open}  Broken: [\n`, "/work/b.yaml": open },
      { loadTolerantYaml },
    );
    expect(placesOf(report)).toEqual(["require-imdsv2 /work/b.yaml"]);
    expect(report.errors).toMatchObject([{ code: "internal", path: "/work/a.yaml" }]);
  });

  test.each<[string, ReadResult, boolean, string | undefined]>([
    ["an unreadable template", { error: "unreadable" }, false, "unreadable"],
    ["a file that is gone", { error: "absent" }, true, "not-found"],
    ["a binary file", { error: "not-text", guess: "\0" }, false, undefined],
    ["a binary file that was named", { error: "not-text", guess: "\0" }, true, "not-text"],
    ["a template in another encoding", { error: "not-text", guess: open }, false, "not-text"],
    ["a huge file", { error: "too-large" }, false, undefined],
    ["a huge file that was named", { error: "too-large" }, true, "too-large"],
  ])("%s", (_, result, isNamed, code) => {
    const path = "/work/x.yaml";
    const report = lint({
      files: ["/work/web.yaml", path],
      named: new Set(isNamed ? [path] : []),
      fileSystem: failing(path, result),
      rootDirectory: "/work",
      rules: chooseRules(),
      loadTolerantYaml: () => parseTolerantly,
    });
    expect(report.errors.map((error) => error.code)).toEqual(code === undefined ? [] : [code]);
    expect(placesOf(report)).toEqual(["require-imdsv2 /work/web.yaml"]);
  });
});

test("a rule runs at the severity that was asked for, or not at all", () => {
  const texts = { "/work/web.yaml": open };
  const severities = (setting: "note" | "off") =>
    lintTexts(texts, {
      rules: chooseRules(new Map([["require-imdsv2", setting]])),
    }).findings.map(({ severity }) => severity);
  expect(severities("note")).toEqual(["note"]);
  expect(severities("off")).toEqual([]);
});

test("counts what was looked at", () => {
  const { coverage } = lintTexts({
    "/work/web.yaml": open,
    "/work/main.tf": 'module "a" {\n  source = "./a"\n}\nmodule "gone" {\n  source = "x/y/z"\n}\n',
    "/work/a/main.tf": 'resource "aws_instance" "this" {}\n',
  });
  expect(coverage).toMatchObject({
    cloudformationTemplates: 1,
    terraformModules: 2,
    files: 3,
    launchSpecifications: 2,
  });
  expect(coverage.skipped.map(({ kind }) => kind)).toEqual(["module-not-available"]);
});

describe("links", () => {
  test("judges a linked template once, where it really stands", () => {
    const fileSystem = linkedFileSystem(
      { "/work/a/web.yaml": open },
      { "/work/b/linked.yaml": "/work/a/web.yaml" },
    );
    const files = ["/work/a/web.yaml", "/work/b/linked.yaml"];
    const report = lintTexts({}, { files, fileSystem });
    expect(placesOf(report)).toEqual(["require-imdsv2 /work/a/web.yaml"]);
    expect(report.coverage.launchSpecifications).toBe(1);
  });

  test("shows what a module says in a linked file where that really stands", () => {
    const text = 'resource "aws_instance" "web" {}';
    const fileSystem = linkedFileSystem(
      { "/work/shared/web.tf.part": text },
      {
        "/work/a/web.tf": "/work/shared/web.tf.part",
        "/work/b/web.tf": "/work/shared/web.tf.part",
      },
    );
    const files = ["/work/a/web.tf", "/work/b/web.tf"];
    const report = lintTexts({}, { files, fileSystem });
    expect(placesOf(report)).toEqual(["require-imdsv2 /work/shared/web.tf.part"]);
    expect(report.coverage.launchSpecifications).toBe(2);
  });
});

describe("what a judged file calls", () => {
  test("is shown where it is written, although that file is not judged: a local module", () => {
    const report = lintTexts(
      {
        "/work/module/main.tf": 'resource "aws_instance" "web" {\n  ami = "ami-1"\n}\n',
        "/work/live/main.tf": 'module "web" {\n  source = "../module"\n}\n',
      },
      { files: ["/work/live/main.tf"] },
    );
    expect(placesOf(report)).toEqual(["require-imdsv2 /work/module/main.tf"]);
  });

  test("and a nested stack", () => {
    const report = lintTexts(
      {
        "/work/parent.yaml":
          "Resources:\n  Web:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: child.yaml\n",
        "/work/child.yaml": open,
      },
      { files: ["/work/parent.yaml"] },
    );
    expect(placesOf(report)).toContain("require-imdsv2 /work/child.yaml");
  });

  test("but not what others call", () => {
    const report = lintTexts(
      {
        "/work/module/main.tf": 'resource "aws_instance" "web" {\n  ami = "ami-1"\n}\n',
        "/work/live/main.tf": 'module "web" {\n  source = "../module"\n}\n',
        "/work/other/main.tf": "locals {}\n",
      },
      { files: ["/work/other/main.tf"] },
    );
    expect(placesOf(report)).toEqual([]);
  });
});
