import { describe, expect, test } from "vitest";
import { parseHcl } from "../../../src/parsers/hcl/parse-hcl.js";
import type { Body, Expression } from "../../../src/parsers/hcl/syntax-tree.js";
import { findRangeProblems } from "./syntax-nodes.js";

/** A file into which somebody is typing `line`. */
function fileWith(line: string): string {
  return `resource "aws_instance" "first" {
  ami = "ami-1"
${line}
  tags = { Name = "a" }

  metadata_options {
    http_tokens   = "required"
    http_endpoint = "enabled"
  }
}

resource "aws_instance" "second" {
  ami = "ami-2"
}
`;
}

/** What of `fileWith` can be seen in what was read. */
function findFacts(text: string): readonly string[] {
  const { body, errors } = parseHcl(text);
  expect(errors.length).toBeGreaterThan(0);
  expect(findRangeProblems(body)).toEqual([]);
  const first = findBody(body, "first");
  const options = first?.blocks.find((block) => block.type.name === "metadata_options")?.body;
  return [
    `ami ${showValue(first, "ami")}`,
    `tags ${showValue(first, "tags")}`,
    `tokens ${showValue(options, "http_tokens")}`,
    `endpoint ${showValue(options, "http_endpoint")}`,
    `second ami ${showValue(findBody(body, "second"), "ami")}`,
    `strays ${body.attributes.length}`,
  ];
}

const allFacts = [
  "ami ami-1",
  "tags object",
  "tokens required",
  "endpoint enabled",
  "second ami ami-2",
  "strays 0",
];

function findBody(body: Body, label: string): Body | undefined {
  return body.blocks.find((block) => block.labels[1]?.value === label)?.body;
}

function findValue(body: Body | undefined, name: string): Expression | undefined {
  return body?.attributes.find((attribute) => attribute.name.name === name)?.value;
}

function showValue(body: Body | undefined, name: string): string {
  const value = findValue(body, name);
  if (value?.kind !== "template") return String(value?.kind);
  const [part] = value.parts;
  return part?.kind === "text" ? part.value : String(part?.kind);
}

describe("typing a line loses nothing else", () => {
  test.each([
    "  inst",
    "  instance_type =",
    "  instance_type = var.",
    "  instance_type = var.a.",
    "  count = 1 +",
    "  count = !",
    "  count = a ?",
    "  count = a ? b",
    "  count = a ? b :",
    "  count = = 1",
    "  count: 1",
    "  count = 1;",
    "  count = a & b",
    "  count = 'a'",
    "  count = a.0.1",
    "  count = a)",
    "  ]",
    "  }",
    '  "',
    '  "count": 1,',
    "  /* comment",
    "  ebs_block_device",
    '  dynamic "ebs',
    '  dynamic "ebs"',
    "  ebs_block_device {",
    "  ebs_block_device {\n    size = 1",
    '  instance_type = "t3',
    '  instance_type = "t3\\',
    '  instance_type = "${',
    '  instance_type = "${var.a',
    '  instance_type = "${var.a"',
    '  instance_type = "\\d"',
    '  instance_type = "%{ if a }b"',
    "  groups = [",
    '  groups = ["a"',
    '  groups = [\n    "a",',
    '  groups = [\n    "a"\n    "b",',
    "  groups = concat(",
    "  groups = concat(a,",
    "  groups = f(g(h(1)",
    "  groups = (a",
    "  groups = a[",
    "  groups = a[*",
    "  groups = [for",
    "  groups = [for a in b",
    "  groups = {for k, v in b :",
    "  groups = [{\n    a = 1\n  }, {\n    b = 2",
    "  volume_tags = {",
    "  volume_tags = {\n    a = 1",
    "  volume_tags = {\n    a =",
    "  user_data = <<EOF",
    "  user_data = <<-EOF\n    #!/bin/bash\n    A=b\n    if x; then\n    }",
    "  user_data = <<EOF\n#!/bin/bash\nA=b\nf() {\n  echo\n}\necho",
  ])("%j", (line) => {
    const text = fileWith(line);
    expect(findFacts(text)).toEqual(allFacts);
    expect(findFacts(text.replaceAll("\n", "\r\n"))).toEqual(allFacts);
    expect(findFacts(text.replaceAll("  ", "\t"))).toEqual(allFacts);
  });
});

describe("broken structure loses nothing else", () => {
  const file = fileWith("");
  test.each([
    ["missing } of a block", file.replace('enabled"\n  }\n', 'enabled"\n')],
    ["missing } of a resource", file.replace("  }\n}\n\n", "  }\n\n")],
    ["missing } of both", file.replace("  }\n}\n\n", "\n")],
    ["missing } of the last", file.replace(/\}\n$/, "")],
    ["one } too many", file.replace("  }\n}\n", "  }\n}\n}\n")],
    ["} at the start", `}\n${file}`],
    ["missing { of a header", file.replace('"first" {', '"first"')],
    ["half a header at the start", `resource "aws_inst\n\n${file}`],
    ["half a header at the end", `${file}\nresource "aws_inst`],
    ["a lone type", `resource\n\n${file}`],
    ["a header without a body", `resource "aws_vpc" "x"\n\n${file}`],
    ["junk", `@@ !! <<\n${file}`],
    ["a conflict marker", `<<<<<<< HEAD\n${file}`],
    [
      "an open list in a nested block with blank lines",
      file.replace('http_tokens   = "required"', 'http_tokens   = "required"\n\n    x = [\n'),
    ],
    ["a heredoc without an end", `locals {\n  a = <<EOF\n}\n\n${file}`],
  ])("%s", (_name, text) => {
    expect(findFacts(text)).toEqual(allFacts);
  });
});

describe("what is being typed is kept as far as it goes", () => {
  function valueOf(text: string): Expression | undefined {
    return findValue(parseHcl(text).body, "a");
  }

  test.each([
    ["a =\n", { kind: "invalid" }],
    ["a = b.\n", { kind: "invalid", range: { start: 4, end: 6 } }],
    ["a = b + \n", { kind: "binary", left: { name: "b" }, right: { kind: "invalid" } }],
    ["a = b ? c\n", { kind: "conditional", then: { name: "c" }, otherwise: { kind: "invalid" } }],
    ["a = [b, c\n", { kind: "tuple", items: [{ name: "b" }, { name: "c" }] }],
    ["a = f(b, \n", { kind: "call", arguments: [{ name: "b" }] }],
    ["a = {b = c, d\n", { kind: "object", items: [{}, { value: { kind: "invalid" } }] }],
    ['a = "b\n', { kind: "template", parts: [{ value: "b" }] }],
    ['a = "b${c\n', { parts: [{ value: "b" }, { expression: { name: "c" } }] }],
    ["a = b.0.1\n", { kind: "index", index: { value: 1 }, target: { index: { value: 0 } } }],
  ])("%j", (text, expected) => {
    expect(valueOf(text)).toMatchObject(expected);
  });

  test("a header without a body gives a block with an empty one", () => {
    const { body } = parseHcl('resource "aws_instance" "x"\n');
    expect(body.blocks).toMatchObject([
      { labels: [{ value: "aws_instance" }, { value: "x" }], body: { attributes: [], blocks: [] } },
    ]);
  });
});

describe("indentation is only asked about broken texts", () => {
  test("valid but badly indented", () => {
    const { body, errors } = parseHcl("a {\n      b = [\n1,\nc\n  ]\nd {\n}\n      }\ne = 1\n");
    expect(errors).toEqual([]);
    expect(body.blocks[0]?.body.attributes).toHaveLength(1);
    expect(body.blocks[0]?.body.blocks).toHaveLength(1);
    expect(body.attributes).toHaveLength(1);
  });

  test("badly indented with one error elsewhere", () => {
    const { body, errors } = parseHcl("a {\n      b = [\n1,\nc\n  ]\nd {\n}\n      }\ne =\n");
    expect(errors).toHaveLength(1);
    expect(body.blocks[0]?.body.blocks).toHaveLength(1);
    expect(body.attributes).toHaveLength(1);
  });
});
