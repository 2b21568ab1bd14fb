import { describe, expect, test } from "vitest";
import { lintTexts } from "../../lint-files.js";

const templates = `
variable "stage" { type = string }
variable "make" {
  type    = bool
  default = true
}
data "aws_ssm_parameter" "it" {
  name = "it"
}
resource "aws_launch_template" "one" {
  name = "one"
  metadata_options {
    http_tokens   = "optional"
    http_endpoint = "enabled"
  }
}
resource "aws_launch_template" "named" {
  name = "named-\${var.stage}"
  metadata_options {
    http_tokens   = "optional"
    http_endpoint = "enabled"
  }
}
resource "aws_launch_template" "counted" {
  count = var.make ? 1 : 0
  metadata_options {
    http_tokens   = "optional"
    http_endpoint = "enabled"
  }
}
resource "aws_launch_template" "absent" {
  count = var.make ? 0 : 1
}
resource "aws_launch_template" "each" {
  for_each = { bad = "optional", good = "required" }
  name     = "each-\${each.key}"
  metadata_options {
    http_tokens   = each.value
    http_endpoint = "enabled"
  }
}
module "template" {
  source = "./template"
}
locals {
  ids     = { for key, template in aws_launch_template.each : key => template.id }
  picked  = try(aws_launch_template.absent[0].id, aws_launch_template.counted[0].id, "")
  through = { template = { id = aws_launch_template.one.id } }
}
`;

const module = `
resource "aws_launch_template" "this" {
  metadata_options {
    http_tokens   = "optional"
    http_endpoint = "enabled"
  }
}
output "template" {
  value = aws_launch_template.this
}
output "id" {
  value = aws_launch_template.this.id
}
`;

/** The launch template that decides about an instance; undefined where it stays open or is fine. */
function deciding(specification: string): string | undefined {
  const { findings } = lintTexts({
    "/root/main.tf": `${templates}\nresource "aws_instance" "it" {\n  launch_template {\n    ${specification}\n    version = "$Latest"\n  }\n}\n`,
    "/root/template/main.tf": module,
  });
  const finding = findings.find(
    ({ ruleId, kind, resources }) =>
      ruleId === "require-imdsv2" &&
      kind === "fail" &&
      resources.some(({ address }) => address === "aws_instance.it"),
  );
  return finding?.resources.find(({ type }) => type === "aws_launch_template")?.address;
}

describe("a launch template is found", () => {
  test.each([
    ["id = aws_launch_template.one.id", "aws_launch_template.one"],
    ['id = "${aws_launch_template.one.id}"', "aws_launch_template.one"],
    ["id = resource.aws_launch_template.one.id", "aws_launch_template.one"],
    ["name = aws_launch_template.one.name", "aws_launch_template.one"],
    ['name = "one"', "aws_launch_template.one"],
    ["name = aws_launch_template.named.name", "aws_launch_template.named"],
    ['name = "named-${var.stage}"', "aws_launch_template.named"],
    ["id = aws_launch_template.counted[0].id", "aws_launch_template.counted[0]"],
    ["id = one(aws_launch_template.counted[*].id)", "aws_launch_template.counted[0]"],
    ['id = join("", aws_launch_template.counted.*.id)', "aws_launch_template.counted[0]"],
    [
      'id = element(concat(aws_launch_template.counted.*.id, [""]), 0)',
      "aws_launch_template.counted[0]",
    ],
    [
      'id = compact(concat(["", null], aws_launch_template.counted[*].id))[0]',
      "aws_launch_template.counted[0]",
    ],
    [
      "id = flatten([aws_launch_template.one, [aws_launch_template.counted]])[1].id",
      "aws_launch_template.counted[0]",
    ],
    ["id = one(flatten(module.template[*].id))", "module.template.aws_launch_template.this"],
    ['id = try(aws_launch_template.counted[0].id, "lt-1")', "aws_launch_template.counted[0]"],
    ["id = local.picked", "aws_launch_template.counted[0]"],
    [
      'id = var.make ? aws_launch_template.counted[0].id : "lt-1"',
      "aws_launch_template.counted[0]",
    ],
    ["id = local.through.template.id", "aws_launch_template.one"],
    ['id = local.ids["bad"]', 'aws_launch_template.each["bad"]'],
    ["id = values(aws_launch_template.each)[0].id", 'aws_launch_template.each["bad"]'],
    ['name = "each-bad"', 'aws_launch_template.each["bad"]'],
    ["id = module.template.id", "module.template.aws_launch_template.this"],
    ["id = module.template.template.id", "module.template.aws_launch_template.this"],
  ])("by %s", (specification, address) => {
    expect(deciding(specification)).toBe(address);
  });

  test.each([
    // Requires tokens, so that nothing is wrong with the instance.
    ['id = local.ids["good"]'],
    ['name = "each-good"'],
    // Not in this deployment, or not to be told which.
    ['id = "lt-0123"'],
    ['name = "other"'],
    ['name = "named-${upper(var.stage)}"'],
    ["id = aws_launch_template.absent[0].id"],
    ["id = flatten([data.aws_ssm_parameter.it.value, aws_launch_template.one.id])[1]"],
    ["id = compact([data.aws_ssm_parameter.it.value, aws_launch_template.one.id])[0]"],
  ])("but none that is open by %s", (specification) => {
    expect(deciding(specification)).toBeUndefined();
  });
});
