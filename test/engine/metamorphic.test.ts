import { describe, expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

/**
 * What must not change: rule, message, when, and whom it is about. That a default could be another
 * value is what tells it from a constant.
 */
function substanceOf(texts: Readonly<Record<string, string>>): readonly string[] {
  const { findings, errors } = lintTexts(texts);
  expect(errors).toEqual([]);
  return findings
    .filter(({ ruleId }) => ruleId !== "parameter-allows-imdsv1")
    .map(({ kind, ruleId, messageId, when, resources }) =>
      JSON.stringify([kind, ruleId, messageId, when, resources.map(({ address }) => address)]),
    )
    .sort();
}

/** The same template with the value of HttpTokens, and what it needs, written in another way. */
function template(tokens: string, sections = ""): Readonly<Record<string, string>> {
  return {
    "/template.yaml": `${sections}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      InstanceType: t3.micro
      MetadataOptions:
        HttpTokens: ${tokens}
        HttpEndpoint: enabled
`,
  };
}

describe.each(["optional", "required", "Optional"])("HttpTokens %s in CloudFormation", (word) => {
  const plain = substanceOf(template(word));

  test.each([
    ["quoted", template(`'${word}'`)],
    [
      "a parameter's default",
      template("!Ref T", `Parameters: {T: {Type: String, Default: ${word}}}`),
    ],
    [
      "the only allowed value",
      template("!Ref T", `Parameters: {T: {Type: String, AllowedValues: [${word}]}}`),
    ],
    ["a mapping", template("!FindInMap [M, a, b]", `Mappings: {M: {a: {b: ${word}}}}`)],
    [
      "a condition that is decided",
      template(`!If [C, ${word}, other]`, "Conditions: {C: !Equals [a, a]}"),
    ],
    ["joined pieces", template(`!Join ["", [${word.slice(0, 3)}, ${word.slice(3)}]]`)],
    ["a substitution", template(`!Sub ["\${A}", {A: ${word}}]`)],
    ["a selection", template(`!Select [1, [other, ${word}]]`)],
    ["a split", template(`!Select [1, !Split [",", "other,${word}"]]`)],
    ["the long form", template(`{"Fn::Sub": "${word}"}`)],
  ])("as %s gives the same findings", (_, texts) => {
    expect(substanceOf(texts)).toEqual(plain);
  });

  test("laid out in another way gives the same findings", () => {
    const [[path, text] = ["", ""]] = Object.entries(template(word));
    expect(substanceOf({ [path]: text.replaceAll("\n", "\r\n") })).toEqual(plain);
    expect(substanceOf({ [path]: text.replaceAll("\n", " # why\n") })).toEqual(plain);
    const reversed = text.replace(/( +HttpTokens.*\n)( +HttpEndpoint.*\n)/, "$2$1");
    expect(substanceOf({ [path]: reversed })).toEqual(plain);
  });
});

test("both branches of a condition are two places to change", () => {
  const sections = "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}";
  const found = substanceOf(template("!If [C, optional, optional]", sections));
  expect(found).toEqual(
    ["false", "true"].map((holds) =>
      JSON.stringify(["fail", "require-imdsv2", "optional", `condition C is ${holds}`, ["Web"]]),
    ),
  );
});

/** The same module with the value of http_tokens, and what it needs, written in another way. */
function module(
  tokens: string,
  rest = "",
  others: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    "/project/main.tf": `${rest}
resource "aws_instance" "web" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = ${tokens}
  }
}
`,
    ...others,
  };
}

/** The block of options, made by a dynamic one. */
const dynamicBlock = (
  word: string,
  forEach = `[{ tokens = "${word}" }]`,
  rest = "",
): Readonly<Record<string, string>> => ({
  "/project/main.tf": `${rest}resource "aws_instance" "web" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"

  dynamic "metadata_options" {
    for_each = ${forEach}
    content {
      http_endpoint = "enabled"
      http_tokens   = metadata_options.value.tokens
    }
  }
}
`,
});

describe.each(["optional", "required", "Optional"])("http_tokens %s in Terraform", (word) => {
  const plain = substanceOf(module(`"${word}"`));

  test.each([
    ["a local", module("local.t", `locals { t = "${word}" }`)],
    ["a local of a local", module("local.t", `locals {\n t = local.u\n u = "${word}"\n}`)],
    ["a variable's default", module("var.t", `variable "t" { default = "${word}" }`)],
    [
      "a value from terraform.tfvars",
      module("var.t", `variable "t" { default = "other" }`, {
        "/project/terraform.tfvars": `t = "${word}"\n`,
      }),
    ],
    [
      "an optional attribute's default",
      module(
        "var.o.t",
        `variable "o" {\n type = object({ t = optional(string, "${word}") })\n default = {}\n}`,
      ),
    ],
    [
      "the default for a null that may not be",
      module("var.t", `variable "t" {\n default = "${word}"\n nullable = false\n}`),
    ],
    ["a condition that is decided", module(`1 < 2 ? "${word}" : "other"`)],
    ["an interpolation", module(`"\${"${word}"}"`)],
    ["a lookup", module(`lookup({ a = "${word}" }, "a", "other")`)],
    ["a lookup's default", module(`lookup({}, "a", "${word}")`)],
    ["the first thing that works", module(`try({}.nothing, "${word}")`)],
    ["a merged map", module(`merge({ t = "other" }, { t = "${word}" }).t`)],
    ["a loop's element", module(`[for t in ["${word}"] : t][0]`)],
    ["a dynamic block", dynamicBlock(word)],
    ["a dynamic block over a map", dynamicBlock(word, `{ a = { tokens = "${word}" } }`)],
    ["a dynamic block over a loop", dynamicBlock(word, `[for t in ["${word}"] : { tokens = t }]`)],
    [
      "a dynamic block over a variable that may be null",
      dynamicBlock(
        word,
        "var.o[*]",
        `variable "o" {
 type = object({ tokens = optional(string, "${word}") })
 default = {}
}
`,
      ),
    ],
    [
      "a dynamic block if a variable says so",
      dynamicBlock(
        word,
        "var.o != null && var.make ? [var.o] : []",
        `variable "make" { default = true }
variable "o" { default = { tokens = "${word}" } }
`,
      ),
    ],
    [
      "a value from a variable file in JSON",
      module("var.t", `variable "t" { default = "other" }`, {
        "/project/z.auto.tfvars.json": `{ "t": "${word}" }`,
      }),
    ],
    [
      "an attribute of a variable's object, whose type is any",
      module("var.o.a[0].t", `variable "o" { default = { a = [{ t = "${word}" }] } }`),
    ],
    [
      "an optional attribute that is null",
      module(
        "var.o.i.t",
        `variable "o" {
 type = object({ i = optional(object({ t = optional(string, "${word}") }), {}) })
 default = { i = { t = null } }
}`,
      ),
    ],
    [
      "what is merged over something open",
      module(
        `lookup(merge(var.o, { t = "${word}" }), "t", "other")`,
        `variable "o" { type = map(string) }`,
      ),
    ],
    [
      "what an open collection's elements are merged with",
      module(
        `lookup({ for k, v in var.o : k => merge(v, { t = "${word}" }) }, "a", { t = "${word}" }).t`,
        `variable "o" {
 type = map(object({ u = string }))
 default = {}
}`,
      ),
    ],
    [
      "an attribute of a resource",
      module("aws_ssm_parameter.t.value", `resource "aws_ssm_parameter" "t" { value = "${word}" }`),
    ],
    ["a grouped loop", module(`{ for t in ["${word}"] : "a" => t... }.a[0]`)],
    ["a splat", module(`([{ t = "${word}" }][*].t)[0]`)],
    ["JSON and back", module(`jsondecode(jsonencode({ t = "${word}" })).t`)],
    [
      "a template file",
      module(`templatefile("t.tftpl", { t = "${word}" })`, "", { "/project/t.tftpl": "${t}" }),
    ],
    [
      "a validated variable that has one value left",
      module(
        "var.t",
        `variable "t" {
 type = string
 nullable = false
 validation {
 condition = var.t == "${word}"
 error_message = "no"
 }
}`,
      ),
    ],
    [
      "a module's output",
      module(
        "module.m.t",
        `module "m" {
 source = "./m"
}`,
        {
          "/project/m/main.tf": `output "t" {
 value = "${word}"
}
`,
        },
      ),
    ],
    [
      "the output of one of several instances of a module",
      module(
        `module.m["a"].o.t`,
        `module "m" {
 source = "./m"
 for_each = { a = "${word}", b = "other" }
 t = each.value
}`,
        {
          "/project/m/main.tf": `variable "t" {}
output "o" {
 value = { t = var.t }
}
`,
        },
      ),
    ],
    [
      "an override",
      module(`"other"`, "", {
        "/project/override.tf": `resource "aws_instance" "web" {\n metadata_options {\n  http_endpoint = "enabled"\n  http_tokens = "${word}"\n }\n}\n`,
      }),
    ],
  ])("as %s gives the same findings", (_, texts) => {
    expect(substanceOf(texts)).toEqual(plain);
  });

  test("passed through modules gives the same findings, at another address", () => {
    const inner = module("var.t", `variable "t" { default = "other" }`)["/project/main.tf"] ?? "";
    const texts = {
      "/project/main.tf": `module "a" {\n  source = "./a"\n  t      = "${word}"\n}\n`,
      "/project/a/main.tf": `variable "t" {}\nmodule "b" {\n  source = "../b"\n  t      = var.t\n}\n`,
      "/project/b/main.tf": inner,
    };
    const found = substanceOf(texts).map((finding) => finding.replace("module.a.module.b.", ""));
    expect(found).toEqual(plain);
  });
});
