import { describe, expect, test } from "vitest";
import type { Resource } from "../../../src/parsers/resource.js";
import { entryValue, type Evaluated } from "../../../src/values/evaluated.js";
import { evaluateIn, evaluateTexts, unknownValue } from "./evaluate-texts.js";

/** The data source's `json` (or another attribute), and what Terraform would complain of. */
function policy(body: string, attribute = "json", more = "") {
  const text = `data "aws_iam_policy_document" "it" {\n${body}\n}\n${more}`;
  return evaluateIn({ "main.tf": text }, `data.aws_iam_policy_document.it.${attribute}`);
}

/** The minified policy, which Terraform has nothing to complain of. */
function minified(body: string, more = ""): unknown {
  const { value, rejections } = policy(body, "minified_json", more);
  expect(rejections).toEqual([]);
  return value;
}

/** The one statement of a policy in the default version. */
function statement(body: string): unknown {
  const text = minified(`statement {\n${body}\n}`);
  const [, inner] = /^\{"Version":"2012-10-17","Statement":\[(.*)\]\}$/.exec(String(text)) ?? [];
  return inner;
}

function valueOf(resource: Resource | undefined): Evaluated | undefined {
  const properties = resource?.properties();
  return properties?.state === "map" ? entryValue(properties, "value") : undefined;
}

// Expectations agree with what version 5.100.0 of the provider wrote when the same was planned.
describe("the text", () => {
  const body = `
    policy_id = "Fleet"
    statement {
      sid       = "RunWithTokens"
      actions   = ["ec2:RunInstances"]
      resources = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"]
      condition {
        test     = "StringEquals"
        variable = "ec2:MetadataHttpTokens"
        values   = ["required"]
      }
    }
    statement {
      effect    = "Deny"
      actions   = []
      principals {
        type        = "*"
        identifiers = ["*"]
      }
    }`;

  test("has two spaces for each level and the provider's order of members", () => {
    expect(policy(body)).toEqual({
      rejections: [],
      value: `{
  "Version": "2012-10-17",
  "Id": "Fleet",
  "Statement": [
    {
      "Sid": "RunWithTokens",
      "Effect": "Allow",
      "Action": "ec2:RunInstances",
      "Resource": [
        "arn:aws:ec2:*:*:volume/*",
        "arn:aws:ec2:*:*:instance/*"
      ],
      "Condition": {
        "StringEquals": {
          "ec2:MetadataHttpTokens": "required"
        }
      }
    },
    {
      "Effect": "Deny",
      "Principal": "*"
    }
  ]
}`,
    });
  });

  test("is the same without spaces as minified_json", () => {
    expect(minified(body)).toBe(
      `{"Version":"2012-10-17","Id":"Fleet","Statement":[{"Sid":"RunWithTokens","Effect":"Allow",` +
        `"Action":"ec2:RunInstances","Resource":["arn:aws:ec2:*:*:volume/*","arn:aws:ec2:*:*:instance/*"],` +
        `"Condition":{"StringEquals":{"ec2:MetadataHttpTokens":"required"}}},` +
        `{"Effect":"Deny","Principal":"*"}]}`,
    );
  });

  test("leaves out what is empty", () => {
    expect(policy("").value).toBe('{\n  "Version": "2012-10-17"\n}');
    expect(minified(`version = "2008-10-17"\npolicy_id = ""\nsource_policy_documents = []`)).toBe(
      '{"Version":"2008-10-17"}',
    );
    expect(statement(`sid = ""\neffect = null\nresources = null`)).toBe('{"Effect":"Allow"}');
  });

  test("escapes what HTML would read", () => {
    expect(statement(`actions = ["<&>"]`)).toBe(
      String.raw`{"Effect":"Allow","Action":"\u003c\u0026\u003e"}`,
    );
  });
});

describe("a statement", () => {
  test.each([
    ["sorts the other way round", `["a:1", "b:2", "a:0"]`, `["b:2","a:1","a:0"]`],
    ["has nothing twice", `["a:1", "a:1"]`, `"a:1"`],
    ["takes sets and tuples of other types", `[2, true, "2"]`, `["true","2"]`],
    ["orders by code points", `["\\uE000", "\\U0001F600"]`, `["\u{1F600}","\uE000"]`],
  ])("%s", (_, actions, written) => {
    expect(statement(`not_actions = ${actions}`)).toBe(`{"Effect":"Allow","NotAction":${written}}`);
  });

  test("spells a policy's variables after sorting, but not in actions", () => {
    expect(statement(`actions = ["&{a}"]\nnot_resources = ["&{a}", "%b", "$c"]`)).toBe(
      String.raw`{"Effect":"Allow","Action":"\u0026{a}","NotResource":["\${a}","%b","$c"]}`.replace(
        "\\$",
        "$",
      ),
    );
  });

  test("joins principals of one type in the order of the provider's sets", () => {
    const block = (type: string, identifiers: string, name = "principals") =>
      `${name} {\ntype = "${type}"\nidentifiers = ${identifiers}\n}\n`;
    expect(
      statement(
        block("AWS", `["9"]`) +
          block("AWS", `["3"]`) +
          block("AWS", `["5", "2"]`) +
          block("AWS", `["1"]`) +
          block("AWS", `["1"]`) +
          block("10", `[]`) +
          block("9", `["*"]`) +
          block("*", `["*", "a"]`, "not_principals"),
      ),
    ).toBe(
      `{"Effect":"Allow","Principal":{"10":[],"9":"*","AWS":["1","3","5","2","9"]},` +
        `"NotPrincipal":{"*":["a","*"]}}`,
    );
  });

  test("joins conditions, whose values keep their order", () => {
    const block = (test: string, variable: string, values: string) =>
      `condition {\ntest = "${test}"\nvariable = "${variable}"\nvalues = ${values}\n}\n`;
    expect(
      statement(
        block("Bool", "9", `["a"]`) +
          block("Bool", "9", `["c", "b"]`) +
          block("Bool", "9", `["z"]`) +
          block("Bool", "10", `[false]`) +
          block("Arn", "x", `[]`),
      ),
    ).toBe(
      `{"Effect":"Allow","Condition":{"Arn":{"x":[]},"Bool":{"10":"false","9":["z","c","b","a"]}}}`,
    );
  });

  test("may be made by dynamic blocks, in the order in which they stand", () => {
    const body = `
      statement {
        sid = "First"
      }
      dynamic "statement" {
        for_each = { b = ["s3:Get"], a = ["s3:Put"] }
        iterator = rule
        content {
          sid     = upper(rule.key)
          actions = rule.value
          dynamic "condition" {
            for_each = rule.key == "a" ? ["x"] : []
            content {
              test     = "Null"
              variable = condition.value
              values   = [true]
            }
          }
        }
      }
      statement {
        sid = "Last"
      }`;
    expect(minified(body)).toBe(
      `{"Version":"2012-10-17","Statement":[{"Sid":"First","Effect":"Allow"},` +
        `{"Sid":"A","Effect":"Allow","Action":"s3:Put","Condition":{"Null":{"x":"true"}}},` +
        `{"Sid":"B","Effect":"Allow","Action":"s3:Get"},{"Sid":"Last","Effect":"Allow"}]}`,
    );
  });
});

describe("other documents", () => {
  test("are merged by sid: sources, the block's own, overrides", () => {
    const body = `
      version = "2008-10-17"
      source_policy_documents = [
        jsonencode({ Version = "2012-10-17", Id = "source", Statement = [{ Sid = "A", Effect = "Deny" }, { Sid = "B" }] }),
        jsonencode({ Statement = [{ Resource = "unnamed" }] }),
      ]
      statement {
        sid     = "C"
        actions = ["c:c"]
      }
      statement {
        sid     = "A"
        actions = ["a:a"]
      }
      override_policy_documents = [
        jsonencode({ Version = "2005-01-01", Id = "override", Statement = [{ Sid = "C" }, { Sid = "New" }, { Resource = "unnamed" }] }),
        jsonencode({ Statement = [{ Sid = "New", Effect = "Deny" }] }),
      ]`;
    expect(minified(body)).toBe(
      `{"Version":"2012-10-17","Id":"override","Statement":[{"Sid":"A","Effect":"Allow","Action":"a:a"},` +
        `{"Sid":"B"},{"Resource":"unnamed"},{"Sid":"C"},{"Sid":"New","Effect":"Deny"},{"Resource":"unnamed"}]}`,
    );
  });

  test("that are empty texts are none", () => {
    const body = `
      source_policy_documents   = ["", jsonencode({ Id = "a" }), "null"]
      override_policy_documents = [""]
      source_json               = ""`;
    expect(minified(body)).toBe('{"Version":"2012-10-17","Id":"a"}');
  });

  test("may be given in the arguments of older versions", () => {
    const body = `
      source_json   = jsonencode({ Id = "source", Statement = [{ Sid = "A" }] })
      override_json = jsonencode({ Statement = [{ Sid = "A", Effect = "Deny" }] })`;
    expect(minified(body)).toBe(
      `{"Version":"2012-10-17","Id":"source","Statement":[{"Sid":"A","Effect":"Deny"}]}`,
    );
  });

  test.each([
    [
      "actions as they are, with sorted names",
      `{ Action = ["a", 1.5, null, { z = 1, "10" = [], "9" = {} }] }`,
      `{"Action":["a",1.5,null,{"10":[],"9":{},"z":1}]}`,
    ],
    ["names in any case", `{ SID = "a", effect = "Deny" }`, `{"Sid":"a","Effect":"Deny"}`],
    ["any text for everyone", `{ Principal = "me" }`, `{"Principal":"*"}`],
    [
      "lists of principals sorted the other way round",
      `{ NotPrincipal = { AWS = ["1", "2"], Service = ["x"] } }`,
      `{"NotPrincipal":{"AWS":["2","1"],"Service":["x"]}}`,
    ],
    [
      "conditions without numbers",
      `{ Condition = { T = { a = ["1"], b = true, c = 5, d = ["2", "1"] }, U = { x = 1 } } }`,
      `{"Condition":{"T":{"a":"1","b":"true","d":["2","1"]}}}`,
    ],
    [
      "nothing that is empty",
      `{ Principal = {}, Condition = {}, Resource = [] }`,
      `{"Resource":[]}`,
    ],
  ])("are read with %s", (_, source, written) => {
    expect(minified(`source_policy_documents = [jsonencode({ Statement = [${source}] })]`)).toBe(
      `{"Version":"2012-10-17","Statement":[${written}]}`,
    );
  });

  test("may be of another data source", () => {
    const other = `data "aws_iam_policy_document" "other" {\nstatement {\nsid = "X"\n}\n}\n`;
    const body = `source_policy_documents = [data.aws_iam_policy_document.other.json]`;
    expect(minified(body, other)).toBe(
      `{"Version":"2012-10-17","Statement":[{"Sid":"X","Effect":"Allow"}]}`,
    );
  });
});

describe("what is unknown", () => {
  const open = `variable "open" {\n  type = string\n}\n`;

  test.each([
    ["an action", `statement {\nactions = ["a", var.open]\n}`],
    ["all resources", `statement {\nresources = [for part in split(",", var.open) : part]\n}`],
    [
      "a value of a condition",
      `statement {\ncondition {\ntest = "A"\nvariable = "b"\nvalues = [var.open]\n}\n}`,
    ],
    [
      "how many statements there are",
      `dynamic "statement" {\nfor_each = toset([var.open])\ncontent {\nsid = statement.value\n}\n}`,
    ],
    ["a source", `source_policy_documents = [var.open]`],
    [
      "an override beside what is known",
      `statement {}\noverride_policy_documents = ["{}", var.open]`,
    ],
  ])("leaves the text unknown: %s", (_, body) => {
    expect(policy(body, "json", open)).toEqual({ value: unknownValue, rejections: [] });
  });

  test("is the reason, and what reads it twice reads the same", () => {
    const { resources } = evaluateTexts({
      "main.tf": `${open}
data "aws_iam_policy_document" "it" {
  policy_id = "known"
  statement {
    sid = var.open
  }
}
resource "test" "it" {
  value = data.aws_iam_policy_document.it.json
}
`,
    });
    const [resource] = resources;
    const value = valueOf(resource);
    expect(value).toMatchObject({
      state: "unknown",
      reason: { kind: "variable-without-default", name: "open" },
    });
    const json = "data.aws_iam_policy_document.it.json";
    const body = `statement {\nsid = var.open\n}`;
    const text = `${open}data "aws_iam_policy_document" "it" {\n${body}\n}\n`;
    expect(evaluateIn({ "main.tf": text }, `${json} == ${json}`).value).toBe(true);
    expect(evaluateIn({ "main.tf": text }, `${json} == null`).value).toBe(false);
  });

  test("does not matter where it is not used", () => {
    const more = `${open}locals {\n  sids = { a = "A", b = var.open }\n}\n`;
    expect(minified(`statement {\nsid = local.sids.a\n}`, more)).toContain('"Sid":"A"');
  });

  test("are the attributes that only AWS or the hash decides", () => {
    expect(policy("", "id")).toEqual({ value: unknownValue, rejections: [] });
  });

  test.each(["", 'statement {\nsid = "A"\n}'])(
    "is how often a block is made that is always the same",
    (beside) => {
      const { resources, scenarios } = evaluateTexts({
        "main.tf": `variable "names" {\n  type = list(string)\n}
data "aws_iam_policy_document" "it" {
  dynamic "statement" {
    for_each = var.names
    content {
      actions = ["a:b"]
    }
  }
  ${beside}
}
resource "test" "it" {
  value = data.aws_iam_policy_document.it.minified_json
}
`,
      });
      const values = scenarios.explore(() => valueOf(resources[0]));
      // Known only where there is none.
      expect(values.map(({ result }) => result?.state).sort()).toEqual(["known", "unknown"]);
      expect(values.map(({ result }) => JSON.stringify(result)).join()).not.toContain("a:b");
    },
  );

  test("is each scenario's own text where a condition is open", () => {
    const { resources, scenarios } = evaluateTexts({
      "main.tf": `variable "deny" {\n  type = bool\n}
data "aws_iam_policy_document" "it" {
  statement {
    effect = var.deny ? "Deny" : "Allow"
  }
}
resource "test" "it" {
  value = data.aws_iam_policy_document.it.minified_json
}
`,
    });
    const texts = scenarios.explore(() => {
      const value = valueOf(resources[0]);
      return value?.state === "known" ? value.value : undefined;
    });
    expect(texts.map(({ result }) => result).sort()).toEqual([
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}`,
      `{"Version":"2012-10-17","Statement":[{"Effect":"Deny"}]}`,
    ]);
  });
});

describe("what the provider rejects", () => {
  test.each([
    ["version must be one of", `version = ""`],
    ["effect must be one of", `statement {\neffect = "allow"\n}`],
    ["actions must not have null values", `statement {\nactions = [null]\n}`],
    ["there are two statements A", `statement {\nsid = "A"\n}\nstatement {\nsid = "A"\n}`],
    [
      "there are two statements A",
      `source_policy_documents = [for _ in [1, 2] : jsonencode({ Statement = [{ Sid = "A" }] })]`,
    ],
    ["identifiers is required", `statement {\nprincipals {\ntype = "AWS"\n}\n}`],
    ["actions must be a list", `statement {\nactions = "a"\n}`],
    ['"&{" needs a newer version', `version = "2008-10-17"\nstatement {\nresources = ["&{a}"]\n}`],
    ["not valid JSON", `source_policy_documents = ["{"]`],
    ["Statement must be a list", `source_policy_documents = [jsonencode({ Statement = {} })]`],
    ["must be an object", `override_policy_documents = ["[]"]`],
    [
      "must not be null",
      `source_policy_documents = [jsonencode({ Statement = [{ Principal = null }] })]`,
    ],
  ])("is unknown and listed: %s", (message, body) => {
    const { value, rejections } = policy(body);
    expect(value).toEqual(unknownValue);
    expect(rejections).toEqual([expect.stringContaining(message)]);
  });

  test("a document that is made of itself is", () => {
    const json = "data.aws_iam_policy_document.it.json";
    const evaluated = evaluateTexts({
      "main.tf": `data "aws_iam_policy_document" "it" {\nsource_policy_documents = [${json}]\n}\nresource "test" "it" {\nvalue = ${json}\n}\n`,
    });
    expect(evaluated.read("value")).toEqual(unknownValue);
    expect(evaluated.skipped()).toEqual([expect.stringContaining("depends on itself")]);
  });
});

test("every instance of a data source has its own text", () => {
  const body = `for_each = { old = "2008-10-17", new = "2012-10-17" }\nversion = each.value`;
  const text = `data "aws_iam_policy_document" "it" {\n${body}\n}\n`;
  const read = (key: string) =>
    evaluateIn({ "main.tf": text }, `data.aws_iam_policy_document.it["${key}"].minified_json`)
      .value;
  expect([read("old"), read("new")]).toEqual([
    '{"Version":"2008-10-17"}',
    '{"Version":"2012-10-17"}',
  ]);
});

test("JSON's syntax has blocks with one body and with several", () => {
  const document = {
    statement: {
      actions: ['${lower("A:B")}'],
      principals: { type: "Service", identifiers: ["ec2.amazonaws.com"] },
      not_principals: [
        { type: "AWS", identifiers: ["1"] },
        { type: "Federated", identifiers: ["2"] },
      ],
      condition: { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
    },
  };
  const { value, rejections } = evaluateIn(
    {
      "main.tf.json": JSON.stringify({ data: { aws_iam_policy_document: { it: document } } }),
    },
    "data.aws_iam_policy_document.it.minified_json",
  );
  expect(rejections).toEqual([]);
  expect(value).toBe(
    `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b",` +
      `"Principal":{"Service":"ec2.amazonaws.com"},"NotPrincipal":{"AWS":"1","Federated":"2"},` +
      `"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`,
  );
});
