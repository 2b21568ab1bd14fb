import { describe, expect, test } from "vitest";
import { lintTexts } from "../../lint-files.js";
import { evaluateTexts } from "./evaluate-texts.js";

const resource = (name: string, value = "1") =>
  `resource "test" "${name}" {\n  value = ${value}\n}\n`;

function addresses(texts: Readonly<Record<string, string>>): readonly string[] {
  return evaluateTexts(texts)
    .resources.map(({ address }) => address)
    .sort();
}

describe("files of a module", () => {
  test("are those that end in .tf and .tofu", () => {
    const texts = {
      "main.tf": resource("tf"),
      "main2.tofu": resource("tofu"),
      "notes.tf.txt": resource("text"),
      ".#main.tf": resource("editor"),
      "main.tf~": resource("backup"),
    };
    expect(addresses(texts)).toEqual(["test.tf", "test.tofu"]);
  });

  test("a .tofu file takes the place of the .tf file of its name, and of no other", () => {
    const texts = {
      "main.tf": resource("tf"),
      "main.tofu": resource("tofu"),
      "other.tf": resource("other"),
    };
    expect(addresses(texts)).toEqual(["test.other", "test.tofu"]);
  });

  test("a module of nothing but .tofu files is linted", () => {
    const { findings } = lintTexts({ "/root/main.tofu": 'resource "aws_instance" "web" {}\n' });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(["require-imdsv2"]);
  });

  test("override files replace arguments, and all blocks of a type", () => {
    const evaluated = evaluateTexts({
      "main.tf": `
resource "test" "it" {
  kept     = 1
  replaced = 1
  part {
    of = "base"
  }
  part {
    of = "base"
  }
  other {
    of = "base"
  }
}
`,
      "a_override.tf": 'resource "test" "it" {\n  replaced = 2\n  part {\n    of = "a"\n  }\n}\n',
      "override.tf": 'resource "test" "it" {\n  replaced = 3\n}\n',
    });
    expect(evaluated.read("kept")).toBe(1);
    // In the order of their names, so that `override.tf` comes last.
    expect(evaluated.read("replaced")).toBe(3);
    expect(evaluated.read("part")).toEqual({ $tolist: [{ of: "a" }] });
    expect(evaluated.read("other")).toEqual({ $tolist: [{ of: "base" }] });
  });

  test.each(["[]", "null"])("no blocks in JSON, %s, replace none", (none) => {
    const evaluated = evaluateTexts({
      "main.tf":
        'resource "test" "it" {\n  metadata_options {\n    http_tokens = "optional"\n  }\n}\n',
      "override.tf.json": `{"resource": {"test": {"it": {"metadata_options": ${none}}}}}`,
    });
    expect(evaluated.read("metadata_options")).toEqual({ $tolist: [{ http_tokens: "optional" }] });
  });

  test("what overrides nothing is an error", () => {
    const { errors } = evaluateTexts({ "main.tf": "", "override.tf": resource("it") });
    expect(errors()).toEqual(["there is no resource test.it that this could override"]);
  });
});

describe("sources of module calls", () => {
  const launch = 'variable "unused" {}\nresource "aws_instance" "web" {}\n';
  const call = (source: string) => `module "m" {\n  source = "${source}"\n  unused = 1\n}\n`;

  test.each(["../modules/web", "../modules/web/", "./../modules//web", "../../root/modules/web/"])(
    "%s is the directory, however it is spelt",
    (source) => {
      const { findings } = lintTexts({
        "/root/modules/web/main.tf": launch,
        "/root/app/main.tf": call(source),
      });
      expect(findings.map(({ location }) => location.path)).toEqual(["/root/modules/web/main.tf"]);
      expect(findings[0]?.resources.map(({ address }) => address)).toEqual([
        "module.m.aws_instance.web",
      ]);
    },
  );

  test("an example that calls the module around it joins the module's own finding", () => {
    const { findings } = lintTexts({
      "/root/main.tf": launch.replace("{}", "{ default = 1 }"),
      "/root/examples/complete/main.tf": call("../../"),
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.resources.map(({ address }) => address)).toEqual([
      "aws_instance.web",
      "module.m.aws_instance.web",
    ]);
  });

  test.each([
    ["terraform-aws-modules/vpc/aws", "which is not installed; run `terraform init`"],
    ["./missing", "there are no Terraform files in ./missing"],
  ])("%s is listed as not looked at", (source, message) => {
    const evaluated = evaluateTexts({
      "main.tf": `${call(source)}\n${resource("it", "module.m.out")}`,
    });
    expect(evaluated.read("value")).toEqual({ $unknown: null });
    expect(evaluated.skipped().join()).toContain(message);
  });

  test("a module that calls itself is listed, and costs nothing else", () => {
    const evaluated = evaluateTexts({
      "main.tf": call("./"),
      "more.tf": `variable "unused" { default = 1 }\n${resource("it")}`,
    });
    expect(evaluated.read("value")).toBe(1);
    expect(evaluated.skipped()).toEqual(["module m calls itself"]);
  });

  test("an installed module is where the manifest says", () => {
    const evaluated = evaluateTexts({
      "main.tf": `${call("somebody/web/aws")}\n${resource("it", "module.m.out")}`,
      ".terraform/modules/modules.json": JSON.stringify({
        Modules: [{ Key: "m", Source: "somebody/web/aws", Dir: ".terraform/modules/m/" }],
      }),
      ".terraform/modules/m/main.tf": 'variable "unused" {}\noutput "out" { value = var.unused }\n',
    });
    expect(evaluated.read("value")).toBe(1);
    expect(evaluated.skipped()).toEqual([]);
  });
});
