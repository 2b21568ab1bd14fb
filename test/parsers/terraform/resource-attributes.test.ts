import { describe, expect, test } from "vitest";
import { evaluateIn, evaluateTexts, unknownValue } from "./evaluate-texts.js";

const main = `
resource "aws_launch_template" "lt" {
  name = "example"
  metadata_options {
    http_tokens   = "required"
    http_endpoint = null
  }
  network_interfaces {
    description = "first"
    subnet_id   = null
  }
  network_interfaces {
    description = "second"
  }
}

resource "aws_launch_template" "none" {}

resource "aws_launch_template" "each" {
  for_each = { a = "required", b = "optional" }
  dynamic "metadata_options" {
    for_each = [each.value]
    content {
      http_tokens = metadata_options.value
    }
  }
}

resource "aws_launch_template" "counted" {
  count = 2
  dynamic "placement" {
    for_each = count.index == 0 ? [] : ["dedicated"]
    content {
      tenancy = placement.value
    }
  }
}

resource "aws_instance" "it" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "required"
  }
  ebs_block_device {
    device_name = "/dev/sdf"
  }
}

resource "aws_autoscaling_group" "other" {
  min_size = 0
  max_size = 0
  launch_template {
    name    = "example"
    version = "7"
  }
  tag {
    key                 = "a"
    value               = "b"
    propagate_at_launch = true
  }
}
`;

/** What Terraform 1.11.4 plans with hashicorp/aws 5.100.0; lists are compared with tuples. */
const planned: readonly (readonly [expression: string, value: unknown])[] = [
  ["aws_launch_template.lt.metadata_options[0].http_tokens", "required"],
  ["aws_launch_template.lt.metadata_options[0].http_endpoint", unknownValue],
  ["aws_launch_template.lt.metadata_options[0].http_put_response_hop_limit", unknownValue],
  ["length(aws_launch_template.lt.metadata_options)", 1],
  ["one(aws_launch_template.lt.metadata_options).http_tokens", "required"],
  ["one(aws_launch_template.lt.metadata_options[*].http_tokens)", "required"],
  ["aws_launch_template.lt.metadata_options.0.http_tokens", "required"],
  ["aws_launch_template.lt.network_interfaces[*].description", ["first", "second"]],
  ["aws_launch_template.lt.network_interfaces[0].subnet_id", null],
  [
    "[for i in aws_launch_template.lt.network_interfaces : i.description if i.subnet_id == null]",
    ["first", "second"],
  ],
  ['try(aws_launch_template.lt.network_interfaces[2].description, "none")', "none"],
  ['try(aws_launch_template.lt.metadata_options[0].http_endpoint, "none")', unknownValue],
  ["aws_launch_template.lt.key_name", null],
  ['try(aws_launch_template.lt.placement[0].tenancy, "none")', "none"],
  ["length(aws_launch_template.lt.placement)", 0],
  ["length(aws_launch_template.none.metadata_options)", unknownValue],
  ['try(aws_launch_template.none.metadata_options[0].http_tokens, "none")', unknownValue],
  [
    '[for k, t in aws_launch_template.each : "${k} ${t.metadata_options[0].http_tokens}"]',
    ["a required", "b optional"],
  ],
  ['aws_launch_template.each["b"].metadata_options[0].http_tokens', "optional"],
  ["values(aws_launch_template.each)[*].metadata_options[0].http_tokens", ["required", "optional"]],
  ["[for t in aws_launch_template.counted : length(t.placement)]", [0, 1]],
  ["aws_launch_template.counted[*].placement[*].tenancy", [[], ["dedicated"]]],
  ["aws_launch_template.counted[1].placement[0].group_name", null],
  ["aws_instance.it.metadata_options[0].http_endpoint", "enabled"],
  ["aws_instance.it.metadata_options[0].http_tokens", "required"],
  ["aws_instance.it.metadata_options[0].instance_metadata_tags", unknownValue],
  ["aws_instance.it.source_dest_check", true],
  ["aws_instance.it.hibernation", null],
  ["aws_instance.it.key_name", unknownValue],
  ["one(aws_instance.it.ebs_block_device).device_name", "/dev/sdf"],
  ["[for d in aws_instance.it.ebs_block_device : d.delete_on_termination]", [true]],
  ["length(aws_instance.it.launch_template)", 0],
  ["aws_autoscaling_group.other.launch_template[0].version", "7"],
  ["one(aws_autoscaling_group.other.tag).value", "b"],
  ["length(aws_autoscaling_group.other.launch_template)", 1],
];

describe("an attribute of a resource is what the provider plans", () => {
  test.each(planned)("%s", (expression, value) => {
    const result = evaluateIn({ "main.tf": main }, expression);
    expect(withoutKinds(result.value)).toEqual(value);
    expect(result.rejections).toEqual([]);
  });
});

/** JSON does not tell lists and tuples apart. */
function withoutKinds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKinds);
  if (typeof value !== "object" || value === null || value === unknownValue) return value;
  const list = (value as { readonly $tolist?: unknown }).$tolist;
  return list === undefined ? value : withoutKinds(list);
}

const leftOut = "aws_instance.it.metadata_options[0].http_endpoint";

function constrainedTo(version: string): string {
  return `${main}
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${version}"
    }
  }
}
`;
}

test("what an older provider makes of what is left out is not known", () => {
  expect(evaluateIn({ "main.tf": constrainedTo("~> 4.67") }, leftOut).value).toEqual(unknownValue);
  expect(evaluateIn({ "main.tf": constrainedTo(">= 4.67") }, leftOut).value).toBe("enabled");
});

test("what is not recorded of a type stays open, what is written is known", () => {
  const other = `resource "aws_other" "it" {
  options {
    tokens = "required"
    hops   = null
    inner {
      name = "a"
    }
  }
  many {
    name = "a"
  }
  many {
    name = "b"
  }
}
`;
  const read = (expression: string) => evaluateIn({ "main.tf": other }, expression).value;
  expect(read("aws_other.it.options[0].tokens")).toBe("required");
  expect(read("aws_other.it.options[0].inner[0].name")).toBe("a");
  expect(read("length(aws_other.it.options)")).toBe(1);
  expect(read('try(aws_other.it.options[0].hops, "none")')).toEqual(unknownValue);
  expect(read('try(aws_other.it.options[0].inner[0].other, "none")')).toEqual(unknownValue);
  expect(read('try(aws_other.it.absent[0].name, "none")')).toEqual(unknownValue);
  // A list or a set, whose order is another.
  expect(read("aws_other.it.many[0].name")).toEqual(unknownValue);
});

test("blocks of which nobody knows how many there are leave their number open", () => {
  const open = `
variable "zones" {
  type = list(string)
}
resource "aws_launch_template" "it" {
  dynamic "network_interfaces" {
    for_each = var.zones
    content {
      description = "known"
    }
  }
  dynamic "metadata_options" {
    for_each = var.zones
    content {
      http_tokens = "required"
    }
  }
}
resource "test" "it" {
  number = length(aws_launch_template.it.network_interfaces)
  tokens = aws_launch_template.it.metadata_options[0].http_tokens
}
`;
  const evaluated = evaluateTexts({ "main.tf": open });
  const all = (name: string) =>
    new Set(
      evaluated.scenarios
        .explore(() => JSON.stringify(evaluated.read(name)))
        .map(({ result }) => result),
    );
  expect(all("number")).toEqual(new Set([JSON.stringify(unknownValue), "0"]));
  expect(all("tokens")).toEqual(new Set([JSON.stringify(unknownValue), '"required"']));
});

test("terraform_data puts out what is put in", () => {
  const data = `
resource "terraform_data" "it" {
  input = { tokens = "required" }
}
resource "terraform_data" "none" {}
`;
  const read = (expression: string) => evaluateIn({ "main.tf": data }, expression).value;
  expect(read("terraform_data.it.output.tokens")).toBe("required");
  expect(read("terraform_data.none.output")).toBeNull();
  expect(read("terraform_data.it.id")).toEqual(unknownValue);
});

test("in JSON, a block may be an object", () => {
  const json = JSON.stringify({
    resource: {
      aws_launch_template: { it: { placement: { tenancy: "dedicated" }, tags: { a: "b" } } },
    },
  });
  const read = (expression: string) => evaluateIn({ "main.tf.json": json }, expression).value;
  expect(read("aws_launch_template.it.placement[0].tenancy")).toBe("dedicated");
  expect(read("aws_launch_template.it.placement[0].affinity")).toBeNull();
  expect(read("aws_launch_template.it.tags.a")).toBe("b");
});
