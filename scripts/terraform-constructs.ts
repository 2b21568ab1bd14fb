/**
 * What a module can say, with a sample of each: `docs/terraform.md` shows what imdslint makes of the
 * samples. In each one Terraform would launch `aws_instance.web` with IMDSv1; what decides that is the
 * construct, or else stands beside it.
 */
import type { VariableSources } from "../src/parsers/terraform/given-variables.js";

/** One construct. */
export interface Construct {
  readonly name: string;
  /** Its documentation, below https://developer.hashicorp.com/terraform/language/ unless absolute. */
  readonly address: string;
  /** Texts by path below the root module. */
  readonly files: Readonly<Record<string, string>>;
  /** Values from the command line and the environment. */
  readonly given?: VariableSources;
  /** Whether the verdict depends on it, or it stands beside what decides, or outside of the module. */
  readonly role: "decides" | "beside" | "outside";
}

const open = `"optional"`;

function instance(tokens: string, more = ""): string {
  return `resource "aws_instance" "web" {
${more}  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = ${tokens}
  }
}
`;
}

/** A construct that comes to "optional". */
function value(name: string, address: string, tokens: string, rest = ""): Construct {
  return { name, address, files: { "main.tf": instance(tokens) + rest }, role: "decides" };
}

/** A construct that is made of whole files. */
function files(name: string, address: string, texts: Readonly<Record<string, string>>): Construct {
  return { name, address, files: texts, role: "decides" };
}

/** A block beside an instance that is open to IMDSv1 without it. */
function beside(name: string, address: string, text: string): Construct {
  return { name, address, files: { "main.tf": instance(open) + text }, role: "beside" };
}

/** Something within the instance's block. */
function within(name: string, address: string, text: string): Construct {
  return { name, address, files: { "main.tf": instance(open, `${text}\n`) }, role: "beside" };
}

/** A file beside the module that is no part of it, though it says otherwise. */
function outside(name: string, address: string, file: string): Construct {
  const texts = { "main.tf": instance(open), [file]: instance(`"required"`) };
  return { name, address, files: texts, role: "outside" };
}

const variable = (type: string, more = "") => `variable "v" {\n  type = ${type}\n${more}}\n`;
const child = (tokens: string) => ({
  "child/main.tf": `variable "tokens" {\n  default = "required"\n}\n${instance(tokens)}`,
});
const call = (more: string, source = "./child") =>
  `module "child" {\n  source = "${source}"\n${more}}\n`;
const asJson = (tokens: string) =>
  JSON.stringify({
    resource: {
      aws_instance: {
        web: { metadata_options: { http_endpoint: "enabled", http_tokens: tokens } },
      },
    },
  });
const byVariable = instance("var.v") + variable("string", `  default = "required"\n`);

/** By headline. */
export const terraformConstructs: Readonly<Record<string, readonly Construct[]>> = {
  "Input forms": [
    files("`.tf`", "files", { "main.tf": instance(open) }),
    files("`.tf.json`", "syntax/json", { "main.tf.json": asJson("optional") }),
    files("`.tofu`", "https://opentofu.org/docs/language/files/", {
      "main.tf": instance(`"required"`),
      "main.tofu": instance(open),
    }),
    files("`.tofu.json`", "https://opentofu.org/docs/language/files/", {
      "main.tf.json": asJson("required"),
      "main.tofu.json": asJson("optional"),
    }),
    files("`override.tf`, `*_override.tf`", "files/override", {
      "main.tf": instance(`"required"`),
      "web_override.tf": instance(open),
    }),
    files("`terraform.tfvars`", "values/variables", {
      "main.tf": byVariable,
      "terraform.tfvars": `v = "optional"\n`,
    }),
    files("`terraform.tfvars.json`", "values/variables", {
      "main.tf": byVariable,
      "terraform.tfvars.json": `{"v": "optional"}`,
    }),
    files("`*.auto.tfvars`, `*.auto.tfvars.json`", "values/variables", {
      "main.tf": byVariable,
      "terraform.tfvars": `v = "required"\n`,
      "a.auto.tfvars": `v = "required"\n`,
      "b.auto.tfvars.json": `{"v": "optional"}`,
    }),
    {
      ...files("`--var`, `--var-file`", "values/variables", { "main.tf": byVariable }),
      given: {
        commandLine: [{ kind: "value", name: "v", text: "optional" }],
        environment: new Map(),
      },
    },
    {
      ...files("`TF_VAR_name` with `--env-vars`", "values/variables", { "main.tf": byVariable }),
      given: { commandLine: [], environment: new Map([["v", "optional"]]) },
    },
  ],
  "Files that belong to no module": [
    outside("`.tftest.hcl`", "tests", "main.tftest.hcl"),
    outside("`.tfmock.hcl`", "tests/mocking", "main.tfmock.hcl"),
    outside("`.tfquery.hcl`", "files/tfquery", "main.tfquery.hcl"),
    outside("`.tfcomponent.hcl`", "stacks", "main.tfcomponent.hcl"),
    outside("`.tfdeploy.hcl`", "stacks", "main.tfdeploy.hcl"),
    outside("`terragrunt.hcl`", "https://terragrunt.gruntwork.io/docs/", "terragrunt.hcl"),
    outside("`.terraform.lock.hcl`", "files/dependency-lock", "other.lock.hcl"),
  ],
  Blocks: [
    value(
      "`variable`",
      "values/variables",
      "var.v",
      variable("string", `  default = "optional"\n`),
    ),
    value("`locals`", "values/locals", "local.l", `locals {\n  l = "optional"\n}\n`),
    files("`module`", "modules/syntax", {
      "main.tf": call(`  tokens = "optional"\n`),
      ...child("var.tokens"),
    }),
    files("`output`", "values/outputs", {
      "main.tf": instance("module.child.tokens") + call(""),
      "child/main.tf": `output "tokens" {\n  value = "optional"\n}\n`,
    }),
    files("`resource`", "resources/syntax", { "main.tf": instance(open) }),
    value(
      "`data`",
      "data-sources",
      "data.http.it.response_body",
      `data "http" "it" {\n  url = "https://example.com"\n}\n`,
    ),
    files(
      "`data` `aws_launch_template` of a template that the same deployment makes",
      "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/launch_template",
      {
        "main.tf": `resource "aws_launch_template" "it" {
  name = "it"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
}
data "aws_launch_template" "it" {
  name = "it"
}
resource "aws_instance" "web" {
  launch_template {
    id = data.aws_launch_template.it.id
  }
}
`,
      },
    ),
    value(
      "`data` `aws_iam_policy_document`",
      "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document",
      `jsondecode(data.aws_iam_policy_document.it.json).Statement[0].Sid`,
      `data "aws_iam_policy_document" "it" {\n  statement {\n    sid = "optional"\n  }\n}\n`,
    ),
    value(
      "`ephemeral`",
      "resources/ephemeral",
      "ephemeral.random_password.it.result",
      `ephemeral "random_password" "it" {\n  length = 8\n}\n`,
    ),
    beside(
      "`provider`",
      "providers/configuration",
      `provider "aws" {\n  region = var.region\n}\nvariable "region" {}\n`,
    ),
    beside(
      "`terraform`",
      "terraform",
      `terraform {\n  required_version = ">= 1.5"\n  backend "s3" {}\n}\n`,
    ),
    beside(
      "`moved`",
      "moved",
      `moved {\n  from = aws_instance.old\n  to   = aws_instance.web\n}\n`,
    ),
    beside(
      "`removed`",
      "resources/syntax#removing-resources",
      `removed {\n  from = aws_instance.old\n  lifecycle {\n    destroy = false\n  }\n}\n`,
    ),
    beside(
      "`import`",
      "import",
      `import {\n  to = aws_instance.web\n  id = "i-0abcdef1234567890"\n}\n`,
    ),
    beside(
      "`check`",
      "checks",
      `check "health" {\n  data "http" "it" {\n    url = "https://example.com"\n  }\n  assert {\n    condition     = data.http.it.status_code == 200\n    error_message = "not healthy"\n  }\n}\n`,
    ),
    beside(
      "`action`",
      "https://developer.hashicorp.com/terraform/language/block/action",
      `action "aws_lambda_invoke" "it" {\n  config {\n    function_name = "it"\n  }\n}\n`,
    ),
  ],
  "Meta-arguments and nested blocks": [
    files("`count`", "meta-arguments/count", {
      "main.tf": instance(`["optional"][count.index]`, "  count = 1\n"),
    }),
    files("`for_each`", "meta-arguments/for_each", {
      "main.tf": instance("each.value", `  for_each = { a = "optional" }\n`),
    }),
    files("`for_each` over what is open", "meta-arguments/for_each", {
      "main.tf":
        instance(`each.value.a == null ? "required" : "optional"`, "  for_each = var.v\n") +
        variable(`map(object({ a = optional(string, "") }))`),
    }),
    files("`dynamic`, with `iterator` and nested", "expressions/dynamic-blocks", {
      "main.tf": `resource "aws_instance" "web" {
  dynamic "metadata_options" {
    for_each = ["optional"]
    iterator = options
    content {
      http_endpoint = "enabled"
      http_tokens   = options.value
    }
  }
}
`,
    }),
    value(
      "`enabled` of `lifecycle`",
      "https://opentofu.org/docs/language/meta-arguments/enabled/",
      `aws_launch_template.it == null ? "optional" : "required"`,
      `resource "aws_launch_template" "it" {\n  lifecycle {\n    enabled = 1 > 2\n  }\n}\n`,
    ),
    within("`depends_on`", "meta-arguments/depends_on", "  depends_on = [aws_subnet.it]"),
    within("`provider`", "meta-arguments/resource-provider", "  provider = aws.other"),
    within(
      "`provider` out of several by key",
      "https://opentofu.org/docs/language/providers/configuration/",
      "  provider = aws.other[local.region]",
    ),
    within(
      "`lifecycle`",
      "meta-arguments/lifecycle",
      "  lifecycle {\n    ignore_changes = [metadata_options]\n  }",
    ),
    within(
      "`precondition`, `postcondition`",
      "expressions/custom-conditions",
      '  lifecycle {\n    postcondition {\n      condition     = self.id != null\n      error_message = "none"\n    }\n  }',
    ),
    within(
      "`provisioner`, `connection`",
      "resources/provisioners/syntax",
      '  provisioner "local-exec" {\n    command = "echo ${self.id}"\n  }',
    ),
  ],
  Variables: [
    value(
      "`object` with `optional`",
      "expressions/type-constraints",
      "var.v.a.b",
      variable(
        `object({ a = optional(object({ b = optional(string, "optional") }), {}) })`,
        "  default = {}\n",
      ),
    ),
    value(
      "`map`, `list`, `set`, `tuple`, `any`",
      "expressions/type-constraints",
      "var.v[0].a",
      variable("tuple([map(any)])", `  default = [{ a = "optional" }]\n`),
    ),
    value(
      "conversion of types",
      "expressions/type-constraints",
      `var.v == "1" ? "optional" : "required"`,
      variable("string", "  default = 1\n"),
    ),
    files("`nullable`", "values/variables", {
      "main.tf": call("  v = null\n"),
      "child/main.tf":
        instance("var.v") + variable("string", `  default  = "optional"\n  nullable = false\n`),
    }),
    value(
      "`sensitive`, `ephemeral`",
      "values/variables",
      "var.v",
      variable("string", `  default   = "optional"\n  sensitive = true\n  ephemeral = true\n`),
    ),
    value(
      "`validation` that leaves some values",
      "expressions/custom-conditions",
      `var.v == "c" ? "required" : "optional"`,
      variable(
        "string",
        `  validation {\n    condition     = contains(["a", "b"], var.v)\n    error_message = "a or b"\n  }\n`,
      ),
    ),
    value("no value", "values/variables", "var.v", variable("string")),
  ],
  Expressions: [
    value(
      "arithmetic, comparison, logic",
      "expressions/operators",
      `1 + 1 == 2 && !false ? "optional" : "required"`,
    ),
    value("conditional", "expressions/conditionals", `true ? "optional" : "required"`),
    value(
      "conditional on what is open",
      "expressions/conditionals",
      `var.v ? "optional" : "optional"`,
      variable("bool"),
    ),
    value(
      "template, with directives",
      "expressions/strings",
      `"opt%{ if true }ion%{ endif }\${"al"}"`,
    ),
    value("heredoc", "expressions/strings", `chomp(<<-EOT\n      optional\n    EOT\n    )`),
    value(
      "`for`, with `if` and `...`",
      "expressions/for",
      `{ for k, v in { a = "optional" } : k => v... if k == "a" }.a[0]`,
    ),
    value("splat", "expressions/splat", `([{ a = "optional" }][*].a)[0]`),
    value("index, attribute", "expressions/references", `{ a = ["optional"] }["a"][0]`),
    value("function call", "expressions/function-calls", `lower("OPTIONAL")`),
    value(
      "`try`, `can`",
      "https://developer.hashicorp.com/terraform/language/functions/try",
      `can(local.l.a) ? "required" : try(local.l.a, "optional")`,
      "locals {\n  l = {}\n}\n",
    ),
    value(
      "reference to a resource",
      "expressions/references",
      "aws_ssm_parameter.it.value",
      `resource "aws_ssm_parameter" "it" {\n  value = "optional"\n}\n`,
    ),
    value(
      "reference into a block of a resource",
      "expressions/references",
      "aws_launch_template.it.metadata_options[0].http_tokens",
      `resource "aws_launch_template" "it" {\n  metadata_options {\n    http_tokens = "optional"\n  }\n}\n`,
    ),
    value(
      "`resource.`, the long form",
      "expressions/references",
      "resource.aws_ssm_parameter.it.value",
      `resource "aws_ssm_parameter" "it" {\n  value = "optional"\n}\n`,
    ),
    value(
      "`path.module`, `path.root`",
      "expressions/references",
      `path.root == "." ? "optional" : "required"`,
    ),
    value("`path.cwd`", "expressions/references", "path.cwd"),
    value("`terraform.workspace`", "expressions/references", "terraform.workspace"),
  ],
  "Sources of modules": [
    files("relative path", "modules/sources", {
      "main.tf": call(`  tokens = "optional"\n`),
      ...child("var.tokens"),
    }),
    files("installed by `terraform init`", "modules/sources", {
      "main.tf": call(`  tokens = "optional"\n`, "example/child/aws"),
      ".terraform/modules/modules.json": JSON.stringify({
        Modules: [{ Key: "child", Source: "example/child/aws", Dir: ".terraform/modules/child" }],
      }),
      ".terraform/modules/child/main.tf": child("var.tokens")["child/main.tf"],
    }),
    files(
      "composed of variables, installed",
      "https://opentofu.org/docs/language/modules/sources/",
      {
        "main.tf": call(`  tokens = "optional"\n`, "./${var.name}") + `variable "name" {}\n`,
        ".terraform/modules/modules.json": JSON.stringify({
          Modules: [{ Key: "child", Source: "./child", Dir: "child" }],
        }),
        ...child("var.tokens"),
      },
    ),
    files(
      "composed of variables, not installed",
      "https://opentofu.org/docs/language/modules/sources/",
      {
        "main.tf":
          instance("module.child.tokens") + call("", "./${var.name}") + `variable "name" {}\n`,
      },
    ),
    files("not installed", "modules/sources", {
      "main.tf": instance("module.child.tokens") + call("", "example/child/aws"),
    }),
  ],
};
