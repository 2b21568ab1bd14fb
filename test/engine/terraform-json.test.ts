import { describe, expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

/** Findings as `file: rule resource when`, apart from the files' common directory. */
function findingsOf(files: Readonly<Record<string, unknown>>): readonly string[] {
  const texts = Object.entries(files).map(
    ([name, content]) =>
      [`/module/${name}`, typeof content === "string" ? content : JSON.stringify(content)] as const,
  );
  const { findings, errors, coverage } = lintTexts(Object.fromEntries(texts));
  expect(errors).toEqual([]);
  expect(coverage.skipped).toEqual([]);
  return findings
    .filter(({ ruleId }) => ruleId === "require-imdsv2")
    .map(({ kind, location, resources }) => {
      const addresses = resources.map(({ address }) => address).join(" ");
      return `${location.path.slice("/module/".length)}: ${kind} ${addresses}`;
    })
    .sort();
}

const tokensFromVariable = `
variable "tokens" {
  type = string
}
resource "aws_instance" "web" {
  ami = "ami-1"
  metadata_options {
    http_tokens = var.tokens
  }
}
`;

function instanceWith(tokens: string): unknown {
  return {
    resource: { aws_instance: { web: { ami: "a", metadata_options: { http_tokens: tokens } } } },
  };
}

describe("override files", () => {
  const native = `
resource "aws_instance" "web" {
  metadata_options {
    http_tokens = "optional"
  }
}
`;
  test("in JSON syntax replace nested blocks of native syntax", () => {
    expect(findingsOf({ "main.tf": native })).toEqual(["main.tf: fail aws_instance.web"]);
    for (const name of ["override.tf.json", "a_override.tf.json", "override.tofu.json"]) {
      expect(findingsOf({ "main.tf": native, [name]: instanceWith("required") })).toEqual([]);
    }
  });

  test("in native syntax replace nested blocks of JSON syntax", () => {
    const files = { "main.tf.json": instanceWith("required"), "override.tf": native };
    expect(findingsOf(files)).toEqual(["override.tf: fail aws_instance.web"]);
  });

  test("apply in the order of their names", () => {
    const files = {
      "main.tf": native,
      "a_override.tf.json": instanceWith("required"),
      "b_override.tf.json": instanceWith("optional"),
    };
    expect(findingsOf(files)).toEqual(["b_override.tf.json: fail aws_instance.web"]);
  });
});

test("a file for OpenTofu takes the place of its namesake, in JSON syntax too", () => {
  const [open, safe] = [instanceWith("optional"), instanceWith("required")];
  expect(findingsOf({ "main.tf.json": open, "main.tofu.json": safe })).toEqual([]);
  expect(findingsOf({ "main.tf.json": safe, "main.tofu.json": open })).toEqual([
    "main.tofu.json: fail aws_instance.web",
  ]);
  const native = (tokens: string) =>
    tokensFromVariable.replace("var.tokens", JSON.stringify(tokens));
  expect(findingsOf({ "main.tf": native("required"), "main.tofu": native("optional") })).toEqual([
    "main.tofu: fail aws_instance.web",
  ]);
  // One for JSON leaves the other alone.
  expect(findingsOf({ "main.tf": native("optional"), "main.tofu.json": { locals: {} } })).toEqual([
    "main.tf: fail aws_instance.web",
  ]);
});

describe("values of variables", () => {
  const values = (tokens: string) => ({ "//": "a comment", tokens });

  test.each(["terraform.tfvars.json", "a.auto.tfvars.json"])("are read from %s", (name) => {
    const main = { "main.tf": tokensFromVariable };
    expect(findingsOf(main)).toEqual(["main.tf: open aws_instance.web"]);
    expect(findingsOf({ ...main, [name]: values("required") })).toEqual([]);
    expect(findingsOf({ ...main, [name]: values("optional") })).toEqual([
      `${name}: fail aws_instance.web`,
    ]);
  });

  test("in JSON win over those in native syntax, and automatic ones over both", () => {
    const files = {
      "main.tf": tokensFromVariable,
      "terraform.tfvars": 'tokens = "optional"\n',
      "terraform.tfvars.json": values("required"),
    };
    expect(findingsOf(files)).toEqual([]);
    expect(findingsOf({ ...files, "z.auto.tfvars": 'tokens = "optional"\n' })).toEqual([
      "z.auto.tfvars: fail aws_instance.web",
    ]);
  });

  test("are not templates, nor are defaults", () => {
    const required = '${"required"}';
    const invalid = findingsOf({
      "main.tf": tokensFromVariable,
      "terraform.tfvars.json": values(required),
    });
    const asDefault = findingsOf({
      "main.tf.json": {
        variable: { tokens: { default: required } },
        ...(instanceWith("${var.tokens}") as object),
      },
    });
    // An invalid word is for the rule on that.
    expect([invalid, asDefault]).toEqual([[], []]);
    expect(findingsOf({ "main.tf.json": instanceWith('${"optional"}') })).toEqual([
      "main.tf.json: fail aws_instance.web",
    ]);
  });
});

test("modules call each other across both syntaxes, and conditions are the same in both", () => {
  expect(
    findingsOf({
      "main.tf.json": {
        variable: { env: { type: "string" } },
        module: {
          web: {
            source: "./web",
            tokens: '${var.env == "prod" ? "required" : "optional"}',
            endpoint: "enabled",
          },
        },
        output: { web: { value: "${module.web.id}" } },
      },
      "web/main.tf": `
variable "tokens" {}
variable "endpoint" {}
resource "aws_instance" "this" {
  metadata_options {
    http_tokens   = var.tokens
    http_endpoint = var.endpoint
  }
}
output "id" {
  value = aws_instance.this.id
}
`,
    }),
  ).toEqual(["main.tf.json: fail module.web.aws_instance.this"]);
});

test("a condition is one and the same in strings of JSON and in native syntax", () => {
  const condition = 'startswith(var.env, "prod")';
  expect(
    findingsOf({
      "variables.tf": 'variable "env" {}\n',
      "locals.tf": `locals {\n  endpoint = ${condition} ? "enabled" : "disabled"\n}\n`,
      "main.tf.json": {
        resource: {
          aws_instance: {
            web: {
              metadata_options: {
                http_endpoint: "${local.endpoint}",
                http_tokens: `\${${condition} ? "required" : "optional"}`,
              },
            },
          },
        },
      },
    }),
  ).toEqual([]);
});

test("blocks can be counted, repeated and dynamic", () => {
  expect(
    findingsOf({
      "main.tf.json": {
        locals: { options: [{ tokens: "optional" }] },
        resource: {
          aws_instance: {
            counted: { count: 2, metadata_options: { http_tokens: "optional" } },
            each: {
              for_each: { a: "required", b: "optional" },
              metadata_options: [{ http_tokens: "${each.value}" }],
            },
            dynamic: {
              dynamic: {
                metadata_options: {
                  for_each: "${local.options}",
                  iterator: "option",
                  content: { http_tokens: "${option.value.tokens}" },
                },
              },
            },
            none: { count: 0 },
          },
        },
      },
    }),
  ).toEqual([
    "main.tf.json: fail aws_instance.counted[0] aws_instance.counted[1]",
    "main.tf.json: fail aws_instance.dynamic",
    'main.tf.json: fail aws_instance.each["b"]',
  ]);
});

test("what is broken is told with its place, and the rest is judged", () => {
  const { findings, errors } = lintTexts({
    "/module/main.tf.json": '{"resource":{"aws_instance":{"a":{"ami":"${"},"b":{}}},}',
    "/module/terraform.tfvars.json": "{",
  });
  expect(errors.map(({ path, location }) => [path, location?.range.start])).toEqual([
    ["/module/main.tf.json", 43],
    ["/module/main.tf.json", 54],
    ["/module/terraform.tfvars.json", 1],
  ]);
  expect(findings.flatMap(({ resources }) => resources.map(({ address }) => address))).toEqual([
    "aws_instance.a",
    "aws_instance.b",
  ]);
});
