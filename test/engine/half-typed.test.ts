import { describe, expect, test } from "vitest";
import { lint } from "../../src/engine/lint.js";
import { requestFor } from "../lint-files.js";

/** By path: what stands above, what is typed, and what stands below. */
const cases: Readonly<Record<string, readonly [string, string, string]>> = {
  "/case/template.yaml": [
    `Resources:
  First:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions:
        HttpTokens: optional
`,
    `  Second:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        UserData: !Base64 |
          #!/bin/sh
          echo "$(date): done"
        MetadataOptions: { HttpTokens: required, HttpEndpoint: 'enabled' }
        InstanceType: !Sub "t3.\${Environment}"
        Tags:
          - Key: Name
            Value: [a, "b"]
`,
    `  Third:
    Type: "AWS::EC2::Instance"
    Properties:
      MetadataOptions:
        HttpTokens: optional
`,
  ],
  "/case/main.tf": [
    `resource "aws_instance" "first" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
}

`,
    `resource "aws_instance" "second" {
  user_data = <<-EOT
    #!/bin/sh
    echo "\${var.tokens}"
  EOT

  tags = { Name = "second", "a-b" = [for n in ["x"] : upper(n)] }

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = var.x == "a" ? "required" : "required"
  }
}
`,
    `
resource "aws_instance" "third" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
}
`,
  ],
  "/case/template.json": [
    `{
  "Resources": {
    "First": {
      "Type": "AWS::EC2::Instance",
      "Properties": { "MetadataOptions": { "HttpTokens": "optional" } }
    },
`,
    `    "Second": {
      "Type": "AWS::EC2::Instance",
      "Properties": {
        "Tags": [{ "Key": "Name", "Value": "a\\"b" }],
        "MetadataOptions": { "HttpTokens": "required" }
      }
    },
`,
    `    "Third": {
      "Type": "AWS::EC2::Instance",
      "Properties": { "MetadataOptions": { "HttpTokens": "optional" } }
    }
  }
}
`,
  ],
  "/case/main.tf.json": [
    `{
  "resource": {
    "aws_instance": {
      "first": { "metadata_options": { "http_endpoint": "enabled", "http_tokens": "optional" } },
`,
    `      "second": {
        "user_data": "\${var.x}",
        "metadata_options": { "http_endpoint": "enabled", "http_tokens": "required" }
      },
`,
    `      "third": { "metadata_options": { "http_endpoint": "enabled", "http_tokens": "optional" } }
    }
  }
}
`,
  ],
};

/** The names of resources that leave tokens optional. */
function unsafeIn(path: string, text: string): readonly string[] {
  const failures = lint(requestFor({ [path]: text })).findings.filter(
    ({ ruleId, kind }) => ruleId === "require-imdsv2" && kind === "fail",
  );
  const addresses = failures.flatMap(({ resources }) => resources.map(({ address }) => address));
  return addresses.map((address) => address.toLowerCase().replace(/^.*\./, ""));
}

describe("a resource that is typed between others", () => {
  test.each(Object.keys(cases))("in %s never hides what is wrong with them", (path) => {
    const [above, typed, below] = cases[path] ?? ["", "", ""];
    const lost: string[] = [];
    for (let length = 0; length <= typed.length; length += 1) {
      const written = typed.slice(0, length);
      // What stands below begins on a line of its own.
      const isWhole = written === "" || written.endsWith("\n");
      const unsafe = unsafeIn(path, `${above}${written}${isWhole ? "" : "\n"}${below}`);
      if (!unsafe.includes("first") || !unsafe.includes("third")) lost.push(written.slice(-40));
    }
    expect(lost).toEqual([]);
  });
});
