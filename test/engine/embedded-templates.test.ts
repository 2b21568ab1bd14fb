import { describe, expect, test } from "vitest";
import type { Report } from "../../src/findings/report.js";
import { lint } from "../../src/engine/lint.js";
import { lintTexts, requestFor } from "../lint-files.js";

/** `text at the place <- resources, when`, of each finding of the rule on tokens. */
function summarize({ findings, files }: Report): readonly string[] {
  return findings
    .filter(({ ruleId }) => ruleId === "require-imdsv2")
    .map(({ kind, location, resources, when }) => {
      const { start, end } = location.range;
      const text = files.get(location.path)?.text.slice(start, end);
      const addresses = resources.map(({ address }) => address).join(" ");
      const condition = when === undefined ? "" : `, when ${when}`;
      return `${kind} ${location.path} ${text} <- ${addresses}${condition}`;
    });
}

const address = "aws_cloudformation_stack.fleet/Web";

function template(tokens: string, indent = ""): string {
  return `Parameters:
  Tokens: { Type: String, Default: optional }
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions:
        HttpTokens: ${tokens}
        HttpEndpoint: enabled
`
    .split("\n")
    .map((line) => (line === "" ? line : indent + line))
    .join("\n");
}

function stack(body: string, rest = ""): string {
  return `resource "aws_cloudformation_stack" "fleet" {
  name          = "fleet"
  template_body = ${body}
  ${rest}
}
`;
}

function heredoc(tokens: string): string {
  return `<<-EOT\n${template(tokens, "    ")}  EOT`;
}

describe("a template in Terraform", () => {
  test("in a heredoc is judged at the places within it", () => {
    const report = lintTexts({ "/w/main.tf": stack(heredoc("optional")) });
    expect(summarize(report)).toEqual([`fail /w/main.tf optional <- ${address}`]);
    expect(summarize(lintTexts({ "/w/main.tf": stack(heredoc("required")) }))).toEqual([]);
  });

  test("takes parameters from the resource", () => {
    const parameters = (tokens: string) => `parameters = { Tokens = ${tokens} }`;
    const lintWith = (rest: string) =>
      summarize(lintTexts({ "/w/main.tf": stack(heredoc("!Ref Tokens"), rest) }));
    expect(lintWith("")).toEqual([`fail /w/main.tf optional <- ${address}`]);
    expect(lintWith(parameters('"required"'))).toEqual([]);
    expect(lintWith(parameters('"optional"'))).toEqual([
      `fail /w/main.tf "optional" <- ${address}`,
    ]);
  });

  test("takes variables in its text, with the way that leads there", () => {
    const text = `variable "tokens" {\n  default = "optional"\n}\n${stack(heredoc("${var.tokens}"))}`;
    const report = lintTexts({ "/w/main.tf": text });
    expect(summarize(report)).toEqual([`fail /w/main.tf "optional" <- ${address}`]);
    expect(report.findings[0]?.chain.map(({ message }) => message)).toEqual([
      "HttpTokens is taken from var.tokens",
      'variable tokens defaults to "optional"',
    ]);
  });

  test("is open where a variable without default decides, and only there", () => {
    const text = `variable "tokens" {}\n${stack(heredoc("${var.tokens}"))}`;
    const report = lintTexts({ "/w/main.tf": text });
    expect(report.findings.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
      `open: cannot tell whether ${address} answers IMDSv1 requests: variable tokens has no default`,
    ]);
    const elsewhere = stack(heredoc("optional # ${var.tokens}"));
    expect(summarize(lintTexts({ "/w/main.tf": `variable "tokens" {}\n${elsewhere}` }))).toEqual([
      `fail /w/main.tf optional <- ${address}`,
    ]);
  });

  test("may be unknown in a part of a text", () => {
    const text = stack(heredoc('!Sub "${var.prefix}$${Tokens}"'));
    const report = lintTexts({ "/w/main.tf": `variable "prefix" {}\n${text}` });
    expect(report.errors).toEqual([]);
    expect(report.findings.map(({ kind }) => kind)).toEqual(["open"]);
  });

  test("in a file is judged there, through the module that deploys it", () => {
    const texts = {
      "/w/main.tf": stack(
        'file("${path.module}/fleet.yaml")',
        'parameters = { Tokens = "required" }',
      ),
      "/w/fleet.yaml": template("!Ref Tokens"),
    };
    const report = lintTexts(texts);
    expect(summarize(report)).toEqual([]);
    expect(report.coverage).toMatchObject({
      cloudformationTemplates: 1,
      terraformModules: 1,
      launchSpecifications: 1,
    });
    const wrong = lintTexts({ ...texts, "/w/fleet.yaml": template("optional") });
    expect(summarize(wrong)).toEqual([`fail /w/fleet.yaml optional <- ${address}`]);
  });

  test("in a file with variables is judged there", () => {
    const texts = {
      "/w/main.tf": stack('templatefile("fleet.yaml.tftpl", { tokens = "required", hops = 99 })'),
      "/w/fleet.yaml.tftpl": `${template("${tokens}")}        HttpPutResponseHopLimit: 99\n`,
    };
    const report = lintTexts(texts);
    expect(report.findings.map(({ ruleId, location }) => [ruleId, location.path])).toEqual([
      ["valid-metadata-options", "/w/fleet.yaml.tftpl"],
    ]);
    const { start, end } = report.findings[0]?.location.range ?? { start: 0, end: 0 };
    expect(texts["/w/fleet.yaml.tftpl"].slice(start, end)).toBe("99");
  });

  test.each(["jsonencode", "yamlencode"])("may be spelled by %s", (encode) => {
    const body = (tokens: string) => `${encode}({
    Resources = {
      Web = {
        Type = "AWS::EC2::Instance"
        Properties = {
          MetadataOptions = { HttpTokens = ${tokens}, HttpEndpoint = "enabled" }
        }
      }
    }
  })`;
    const lintWith = (tokens: string, rest = "") =>
      summarize(lintTexts({ "/w/main.tf": rest + stack(body(tokens)) }));
    expect(lintWith('"optional"')).toEqual([`fail /w/main.tf "optional" <- ${address}`]);
    expect(lintWith('"required"')).toEqual([]);
    expect(lintWith('{ "Fn::Select" = [1, ["required", "optional"]] }')).toEqual([
      `fail /w/main.tf "optional" <- ${address}`,
    ]);
    expect(lintWith("var.tokens", 'variable "tokens" {}\n')).toEqual([
      `open /w/main.tf "tokens" <- ${address}`,
    ]);
  });

  test("that is at an address is listed", () => {
    const text = stack("null", 'template_url = "https://example.com/x.yaml"');
    const { coverage, errors } = lintTexts({ "/w/main.tf": text });
    expect(coverage.skipped.map(({ message }) => message)).toEqual([
      "stack aws_cloudformation_stack.fleet, whose template is not in these files",
    ]);
    expect(errors).toEqual([]);
  });

  test("that is broken is an error at its place", () => {
    const { errors } = lintTexts({ "/w/main.tf": stack("<<EOT\nResources: {\nEOT") });
    expect(errors.map(({ code, path }) => [code, path])).toContainEqual(["syntax", "/w/main.tf"]);
  });

  test("exists with its resource", () => {
    const counted = stack(heredoc("optional"), "count = 0");
    expect(summarize(lintTexts({ "/w/main.tf": counted }))).toEqual([]);
  });

  test("of a stack set may be deployed anywhere", () => {
    const text = stack(heredoc("optional")).replace(
      "aws_cloudformation_stack",
      "aws_cloudformation_stack_set",
    );
    expect(summarize(lintTexts({ "/w/main.tf": text }))).toEqual([
      "fail /w/main.tf optional <- aws_cloudformation_stack_set.fleet/Web",
    ]);
  });
});

describe("a template that is linted alone", () => {
  const texts = {
    "/w/templates/fleet.yaml": template("!Ref Tokens"),
    "/w/infrastructure/main.tf": stack(
      'file("${path.module}/../templates/fleet.yaml")',
      'parameters = { Tokens = "required" }',
    ),
  };
  const lintAlone = (files: Readonly<Record<string, string>>, path = "/w/templates/fleet.yaml") =>
    lint({ ...requestFor(files), files: [path] });

  test("is judged through the module that deploys it", () => {
    const report = lintAlone(texts);
    expect(summarize(report)).toEqual([]);
    expect(report.coverage).toMatchObject({ cloudformationTemplates: 1, terraformModules: 1 });
    const unsafe = {
      ...texts,
      "/w/infrastructure/main.tf": stack('file("../templates/fleet.yaml")'),
    };
    expect(summarize(lintAlone(unsafe))).toEqual([
      `fail /w/templates/fleet.yaml optional <- ${address}`,
    ]);
  });

  test("is judged through the modules that pass its path on", () => {
    const files = {
      "/w/fleet.yaml": template("!Ref Tokens"),
      "/w/main.tf": `module "fleet" {
  source = "./modules/stack"
  path   = "\${path.root}/fleet.yaml"
  tokens = "optional"
}
resource "aws_instance" "other" {}
`,
      "/w/modules/stack/main.tf": `variable "path" {}
variable "tokens" {}
${stack("file(var.path)", "parameters = { Tokens = var.tokens }")}`,
    };
    // What else the module does is none of the template's.
    expect(summarize(lintAlone(files, "/w/fleet.yaml"))).toEqual([
      `fail /w/main.tf "optional" <- module.fleet.${address}`,
    ]);
  });

  test("is judged with what templatefile fills in", () => {
    const body = 'templatefile("fleet.yaml", { tokens = "required" })';
    const files = {
      "/w/fleet.yaml": template("${tokens}").replace(/Parameters:\n.*\n/, ""),
      "/w/main.tf": stack(body),
    };
    expect(summarize(lintAlone(files, "/w/fleet.yaml"))).toEqual([]);
  });

  test.each([
    [
      "is the same whoever deploys it",
      { "/w/templates/fleet.yaml": template("optional").replace(/Parameters:\n.*\n/, "") },
    ],
    [
      "only an example deploys",
      {
        "/w/infrastructure/main.tf": "",
        "/w/examples/main.tf": stack(
          'file("${path.module}/../templates/fleet.yaml")',
          'parameters = { Tokens = "required" }',
        ),
      },
    ],
    [
      "another module deploys another of",
      {
        "/w/infrastructure/main.tf": stack('file("other.yaml")'),
        "/w/infrastructure/other.yaml": template("required"),
      },
    ],
  ])("is judged by itself where it %s", (_, changed: Readonly<Record<string, string>>) => {
    const report = lintAlone({ ...texts, ...changed });
    expect(summarize(report)).toEqual(["fail /w/templates/fleet.yaml optional <- Web"]);
    expect(report.coverage.terraformModules).toBe(0);
  });

  test("is judged once where the module is linted too", () => {
    const report = lintTexts({
      ...texts,
      "/w/infrastructure/main.tf": stack('file("../templates/fleet.yaml")'),
    });
    expect(report.coverage.launchSpecifications).toBe(1);
    expect(summarize(report)).toHaveLength(1);
  });
});
