import type { Finding } from "../../src/findings/finding.js";
import type { Report } from "../../src/findings/report.js";
import { finding, report, resource, SampleFile } from "./sample-files.js";

const forged = "so one forged server-side request reads the role's credentials";

/** Nothing wrong. */
export function cleanReport(): Report {
  return report([], {
    coverage: {
      cloudformationTemplates: 3,
      terraformModules: 2,
      files: 9,
      launchSpecifications: 12,
    },
  });
}

/** A template and a module with one of everything: chains, scenarios, joined resources, open results. */
export function mixedReport(): Report {
  const template = new SampleFile(
    "infra/templates/web.yaml",
    `Parameters:
  Tokens:
    Type: String
  Type:
    Type: String
    Default: t2.micro
Conditions:
  IsProd: !Equals [!Ref "AWS::Region", eu-central-1]
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      InstanceType: !Ref Type
      MetadataOptions:
        HttpTokens: !If [IsProd, required, optional]
        HttpProtocolIpv6: enabled
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions:
        HttpTokens: !Ref Tokens
`,
  );
  const main = new SampleFile(
    "infra/main.tf",
    `module "fleet" {
  source = "./fleet"
  tokens = local.tokens
}

module "network" {
  source = "terraform-aws-modules/vpc/aws"
}

locals {
\ttokens = "optional"
}
`,
  );
  const module = new SampleFile(
    "infra/fleet/main.tf",
    `variable "tokens" {}

resource "aws_launch_template" "this" {
  metadata_options {
    http_tokens = var.tokens
  }
}

resource "aws_instance" "bastion" {
  metadata_options {
    http_tokens = "required"
  }
}
`,
  );
  const web = resource("Web", "AWS::EC2::Instance", template.at("Web"));
  const worker = resource("Worker", "AWS::EC2::Instance", template.at("Worker"));
  const launchTemplate = resource(
    "module.fleet.aws_launch_template.this",
    "aws_launch_template",
    module.at('"aws_launch_template" "this"'),
  );
  const bastion = resource(
    "module.fleet.aws_instance.bastion",
    "aws_instance",
    module.at('"aws_instance" "bastion"'),
  );
  const instances = [0, 1, 2, 3, 4, 5].map((index) =>
    resource(`module.fleet.aws_instance.web[${index}]`, "aws_instance", bastion.location),
  );
  const findings: readonly Finding[] = [
    finding({
      ruleId: "tokens-need-endpoint",
      severity: "note",
      message:
        'module.fleet.aws_instance.bastion sets http_tokens and not http_endpoint; write http_endpoint = "enabled"',
      location: module.at('http_tokens = "required"'),
      resource: bastion,
    }),
    finding({
      ruleId: "require-imdsv2",
      severity: "error",
      message: `every instance launched from ${launchTemplate.address} answers IMDSv1 requests: http_tokens is "optional", ${forged}`,
      advice: 'write "required"',
      location: main.at('"optional"'),
      resource: launchTemplate,
      resources: [launchTemplate, ...instances],
      chain: [
        {
          step: "written",
          message: "http_tokens is var.tokens",
          location: module.at("var.tokens"),
        },
        {
          step: "module-argument",
          message: "the module call passes tokens as local.tokens",
          location: main.at("local.tokens"),
        },
        { step: "local", message: 'local.tokens is "optional"', location: main.at('"optional"') },
      ],
    }),
    finding({
      kind: "open",
      ruleId: "require-imdsv2",
      severity: "error",
      message:
        "cannot tell whether Worker answers IMDSv1 requests: parameter Tokens has no default",
      location: template.at("Tokens"),
      resource: worker,
      decides: ["require-imdsv2", "tokens-need-endpoint"],
      chain: [
        {
          step: "written",
          message: "HttpTokens is !Ref Tokens",
          location: template.at("!Ref Tokens"),
        },
        {
          step: "parameter",
          message: "parameter Tokens has no default",
          location: template.at("Tokens"),
        },
      ],
    }),
    finding({
      ruleId: "ipv6-needs-nitro",
      severity: "error",
      message:
        "Web enables the IPv6 endpoint on t2.micro, which is not built on the Nitro System, so the launch fails; take a Nitro type such as t3 or m5, or disable HttpProtocolIpv6",
      location: template.at("t2.micro"),
      resource: web,
      chain: [
        {
          step: "written",
          message: "InstanceType is !Ref Type",
          location: template.at("!Ref Type"),
        },
        {
          step: "parameter-default",
          message: "parameter Type defaults to t2.micro",
          location: template.at("t2.micro"),
        },
      ],
      related: [{ message: 'HttpProtocolIpv6 is "enabled"', location: template.at("enabled") }],
    }),
    finding({
      ruleId: "require-imdsv2",
      severity: "error",
      message: `Web answers IMDSv1 requests: HttpTokens is "optional", ${forged}`,
      advice: 'write "required"',
      location: template.at("optional"),
      resource: web,
      when: "condition IsProd is false",
    }),
    finding({
      ruleId: "ipv6-needs-endpoint",
      severity: "warning",
      message: "Web enables the IPv6 endpoint without HttpEndpoint",
      advice: "write HttpEndpoint: enabled",
      location: template.at("HttpProtocolIpv6: enabled"),
      resource: web,
    }),
  ];
  const suppressed = [
    {
      ...finding({
        ruleId: "require-imdsv2",
        severity: "error",
        message: `aws_instance.old answers IMDSv1 requests, ${forged}`,
        location: main.at('"./fleet"'),
        resource: resource("aws_instance.old", "aws_instance", main.at('"./fleet"')),
      }),
      suppression: {
        kind: "inSource" as const,
        source: "trivy" as const,
        wildcard: "trivy:ignore:aws-*",
        reason: "##vso[task.complete] old",
        until: "2027-03-01",
        location: main.at('module "fleet"'),
      },
    },
  ];
  return report([template, main, module], {
    findings,
    suppressed,
    coverage: {
      cloudformationTemplates: 1,
      terraformModules: 2,
      launchSpecifications: 9,
      skipped: [
        {
          kind: "module-not-available",
          message: 'module "network" (terraform-aws-modules/vpc/aws) is not installed',
          location: main.at('"terraform-aws-modules/vpc/aws"'),
        },
      ],
    },
  });
}

/** The template of the mixed report by itself. */
export function templateReport(): Report {
  const mixed = mixedReport();
  const findings = mixed.findings.filter(({ location }) => location.path.endsWith(".yaml"));
  return { ...mixed, findings };
}

/** Files that cannot be read, wholly or in part. */
export function brokenReport(): Report {
  const template = new SampleFile(
    "infra/broken.yaml",
    "Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties: { ImageId: ami-1\n",
  );
  const module = new SampleFile("modules/broken.tf", 'resource "aws_instance" "web" {\n');
  return report([template, module], {
    errors: [
      {
        code: "syntax",
        message: "a flow mapping is not closed; expected `}`",
        path: template.path,
        location: template.at("{"),
      },
      {
        code: "not-found",
        message: "there is no such file",
        path: "/work/shop/infra/missing.yaml",
      },
      {
        code: "internal",
        message: "imdslint failed here, which is a bug: x is undefined; please report it",
        path: "/work/shop/infra/odd.yaml",
      },
      {
        code: "syntax",
        message: "the block is not closed; expected `}`",
        path: module.path,
        location: { path: module.path, range: { start: 32, end: 32 } },
      },
    ],
    coverage: { cloudformationTemplates: 1, terraformModules: 1 },
  });
}

/** More unknowns, and more that was not looked at, than anybody reads. */
export function openReport(): Report {
  const names = Array.from({ length: 13 }, (_, index) => `tokens_${index + 1}`);
  const variables = new SampleFile(
    "infra/variables.tf",
    names.map((name) => `variable "${name}" {}\n`).join(""),
  );
  const findings = names.flatMap((name, index) =>
    // The first unknown decides for three resources.
    Array.from({ length: index === 0 ? 3 : 1 }, (_, copy) => {
      const address = `aws_instance.${name}_${copy}`;
      return finding({
        kind: "open",
        ruleId: "require-imdsv2",
        severity: "error",
        message: `cannot tell whether ${address} answers IMDSv1 requests: variable ${name} has no default`,
        location: variables.at(`"${name}"`),
        resource: resource(address, "aws_instance", variables.at(`"${name}"`)),
      });
    }),
  );
  const skipped = names.flatMap((name, index) => [
    {
      kind: "module-not-available" as const,
      message: `module "${name}" is not installed`,
      location: variables.at(`"${name}"`),
    },
    {
      kind: "unknown-function" as const,
      message: "the function nonsense does not exist",
      location: variables.at("variable", index + 1),
    },
  ]);
  return report([variables], {
    findings,
    coverage: { terraformModules: 1, launchSpecifications: 15, skipped },
  });
}

/** What other people's text may try: escape sequences, bidi controls, wide letters, endless lines. */
export function hostileReport(): Report {
  const strange = new SampleFile(
    "infra/a b#1%/\u001b[2Jweb.yaml",
    "\t# \u001b[31m\u202edlrow\u202c \u200b日本語🔒: x\n\t日本: optional\n",
  );
  const padding = Array.from({ length: 40 }, (_, index) => `"Key${index}":"value",`).join("");
  const minified = new SampleFile(
    "infra/minified.json",
    `{${padding}"HttpTokens":"optional",${padding}"End":0}`,
  );
  const web = resource("Web\nError: forged", "AWS::EC2::Instance", strange.at("日本語"));
  return report([strange, minified], {
    findings: [
      finding({
        ruleId: "require-imdsv2",
        severity: "error",
        message: `Web\nError: forged answers "\u001b]8;;https://example.com\u0007optional" {0} [link](1) \${AWS::Region}`,
        location: strange.at("x"),
        resource: web,
        when: 'var.names["\u202e"] is {}',
      }),
      finding({
        ruleId: "require-imdsv2",
        severity: "error",
        message: 'Web answers IMDSv1 requests: HttpTokens is "optional"',
        location: strange.at("optional"),
        resource: web,
      }),
      finding({
        ruleId: "require-imdsv2",
        severity: "error",
        message: 'Web answers IMDSv1 requests: HttpTokens is "optional"',
        location: minified.at('"optional"'),
        resource: web,
      }),
    ],
    coverage: { cloudformationTemplates: 2, launchSpecifications: 2 },
  });
}
