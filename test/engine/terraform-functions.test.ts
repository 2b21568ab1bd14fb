import { describe, expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

/** A module whose http_tokens is that expression, and further files of the project. */
function project(tokens: string, others: Readonly<Record<string, string>> = {}) {
  return {
    "/project/main.tf": `variable "open" {}

locals {
  template = "opt$\${rest}"
}

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

const files = {
  "/project/tokens.txt": "optional\n",
  "/project/options.json": `{"tokens": "optional"}`,
  "/project/options.yaml": "web: &web {tokens: optional}\napp:\n  <<: *web\n",
  "/project/options.csv": "name,tokens\nweb,optional\n",
  "/project/options.tfvars": `tokens = "optional"\n`,
  "/project/tokens.tftpl": "%{ if secure }required%{ else }optional%{ endif }",
  "/project/options.tftpl": "${{ tokens = tokens }}",
  "/project/instances/web.yaml": "tokens: optional\n",
};

describe("http_tokens that comes to optional is reported", () => {
  test.each([
    `trimspace(file("tokens.txt"))`,
    `chomp(file("\${path.module}/tokens.txt"))`,
    `trimspace(file(abspath("\${path.root}/tokens.txt")))`,
    `jsondecode(file("options.json")).tokens`,
    `yamldecode(file("options.yaml")).app.tokens`,
    `csvdecode(file("options.csv"))[0].tokens`,
    `provider::terraform::decode_tfvars(file("options.tfvars")).tokens`,
    `templatefile("tokens.tftpl", { secure = false })`,
    `templatefile("options.tftpl", { tokens = "optional" }).tokens`,
    `templatestring(local.template, { rest = "ional" })`,
    `fileexists("secure") ? "required" : "optional"`,
    `[for f in fileset(path.module, "instances/*.yaml") : yamldecode(file(f)).tokens][0]`,
    `base64decode(base64encode("optional"))`,
    `textdecodebase64(textencodebase64("optional", "UTF-16LE"), "UTF-16LE")`,
    `jsondecode(jsonencode({ a = "optional" })).a`,
    `yamldecode(yamlencode({ a = ["optional"] })).a[0]`,
    `urldecode(urlencode("optional"))`,
    `md5("a") == "0cc175b9c0f1b6a831c399e269772661" ? "optional" : "required"`,
    `cidrsubnet("10.0.0.0/8", 8, 1) == "10.1.0.0/16" ? "optional" : "required"`,
    `timecmp("2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00") == 0 ? "optional" : "required"`,
    `provider::aws::arn_parse("arn:aws:iam::1:role/optional").service == "iam" ? "optional" : "required"`,
    `try(file("missing.txt"), "optional")`,
    `can(templatefile("missing.tftpl", {})) ? "required" : "optional"`,
    `core::trimspace(core::file("tokens.txt"))`,
  ])("%s", (tokens) => {
    const { findings, errors, coverage } = lintTexts(project(tokens, files));
    expect(errors).toEqual([]);
    expect(coverage.skipped).toEqual([]);
    expect(findings.map(({ kind, ruleId }) => `${kind} ${ruleId}`)).toEqual([
      "fail require-imdsv2",
    ]);
  });
});

describe("http_tokens that only the deployment decides is open", () => {
  test.each([
    `file("~/tokens.txt")`,
    `uuid()`,
    `formatdate("YYYY", timestamp())`,
    `bcrypt("a")`,
    `abspath("optional")`,
    `base64gunzip(base64gzip("optional"))`,
    `jsondecode(jsonencode({ a = "optional", b = var.open })).a`,
    `sha1(var.open)`,
    `file(var.open)`,
  ])("%s", (tokens) => {
    const { findings, errors } = lintTexts(project(tokens, files));
    expect(errors).toEqual([]);
    expect(findings.map(({ kind, ruleId }) => `${kind} ${ruleId}`)).toEqual([
      "open require-imdsv2",
    ]);
  });
});

describe("what Terraform rejects is listed as not looked at", () => {
  test.each([
    [`file("missing.txt")`, "no file exists at missing.txt"],
    [`templatefile("recursive.tftpl", {})`, "cannot call templatefile from inside templatefile"],
    [`cidrhost("10.0.0.0/33", 1)`, "invalid CIDR expression"],
    [`jsondecode("{")`, "not valid JSON"],
  ])("%s", (tokens, complaint) => {
    const recursive = { "/project/recursive.tftpl": '${templatefile("recursive.tftpl", {})}' };
    const { coverage } = lintTexts(project(tokens, { ...files, ...recursive }));
    expect(coverage.skipped.map(({ message }) => message)).toEqual([
      expect.stringContaining(complaint),
    ]);
  });
});

test("files are those of the root module, whichever module reads them", () => {
  const { findings } = lintTexts({
    "/project/main.tf": `module "web" {\n  source = "./web"\n}\n`,
    "/project/tokens.txt": "required",
    "/project/web/tokens.txt": "optional",
    "/project/web/main.tf": project(`file("tokens.txt")`)["/project/main.tf"],
  });
  expect(findings.filter(({ kind }) => kind === "fail")).toEqual([]);
});
