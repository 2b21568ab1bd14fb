import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Body, Expression } from "../../../../src/parsers/hcl/syntax-tree.js";
import { parseHcl } from "../../../../src/parsers/hcl/parse-hcl.js";
import {
  parseTerraformJson,
  parseVariableValuesJson,
} from "../../../../src/parsers/terraform/json-syntax/parse-terraform-json.js";
import { SourceFile } from "../../../../src/source/source-file.js";
import { expressionToJson, moduleToJson } from "../../../module-to-json.js";
import { fixtureNames, readFixture } from "../../hcl/fixture-files.js";
import { sketchExpression } from "../../hcl/sketch-tree.js";
import { nodesWithin, withoutRanges } from "../../hcl/syntax-nodes.js";

/** A body in short: arguments as `name = expression`, blocks as `type label { … }`. */
function sketchBody({ attributes, blocks }: Body): readonly string[] {
  return [
    ...attributes.map(({ name, value }) => `${name.name} = ${sketchExpression(value)}`),
    ...blocks.map(({ type, labels, body }) => {
      const header = [type.name, ...labels.map(({ value }) => value)].join(" ");
      return `${header} { ${sketchBody(body).join("; ")} }`;
    }),
  ];
}

function sketchFile(data: unknown): readonly string[] {
  const { body, errors } = parseTerraformJson(JSON.stringify(data));
  expect(errors).toEqual([]);
  return sketchBody(body);
}

/** The value of a local that is written as this text of JSON. */
function readLocal(json: string): Expression | undefined {
  const { body, errors } = parseTerraformJson(`{"locals":{"a":${json}}}`);
  expect(errors).toEqual([]);
  return body.blocks[0]?.body.attributes[0]?.value;
}

/** Errors as `line:column message`, one-based. */
function errorsIn(text: string, parse = parseTerraformJson): readonly string[] {
  const file = new SourceFile("/main.tf.json", text);
  return parse(text).errors.map(({ message, range }) => {
    const { line, column } = file.position(range.start);
    return `${line + 1}:${column + 1} ${message}`;
  });
}

describe("blocks", () => {
  test("of one label level are properties of objects, or of the objects in lists", () => {
    const web = { ami: "a" };
    const expected = [
      'resource aws_instance web { ami = "a" }',
      'resource aws_instance other { ami = "a" }',
    ];
    for (const resource of [
      { aws_instance: { web, other: web } },
      { aws_instance: [{ web }, { other: web }] },
      [{ aws_instance: { web } }, { aws_instance: { other: web } }],
      [{ aws_instance: [{ web: [web] }, { other: [web] }] }],
    ]) {
      expect(sketchFile({ resource })).toEqual(expected);
      expect(sketchFile([{ resource }])).toEqual(expected);
    }
  });

  test("may stand in several properties of one name", () => {
    const { body, errors } = parseTerraformJson('{"locals":{"a":1},"locals":{"b":2}}');
    expect(errors).toEqual([]);
    expect(sketchBody(body)).toEqual(["locals { a = 1 }", "locals { b = 2 }"]);
  });

  test("are several where a list holds several bodies", () => {
    expect(sketchFile({ provider: { aws: [{ region: "a" }, { region: "b" }] } })).toEqual([
      'provider aws { region = "a" }',
      'provider aws { region = "b" }',
    ]);
  });

  test("are not there where their value is null", () => {
    expect(sketchFile({ locals: null, terraform: null, variable: { a: null } })).toEqual([]);
  });

  test("of Terraform itself are known by their names", () => {
    expect(
      sketchFile({
        resource: {
          null_resource: {
            a: {
              lifecycle: { precondition: { condition: "${var.a}", error_message: "b" } },
              connection: { host: "h" },
              provisioner: { "local-exec": { command: "c" } },
            },
          },
        },
        terraform: { required_providers: { aws: { version: "~> 5.0" } }, backend: { s3: {} } },
        check: { c: { data: { d: { e: {} } }, assert: { condition: true } } },
      }),
    ).toEqual([
      "resource null_resource a { " +
        'lifecycle { precondition { condition = (. var a); error_message = "b" } }; ' +
        'connection { host = "h" }; provisioner local-exec { command = "c" } }',
      'terraform { required_providers { aws = {"version"="~> 5.0"} }; backend s3 {  } }',
      "check c { data d e {  }; assert { condition = true } }",
    ]);
  });

  test("of providers are told from maps", () => {
    expect(
      sketchFile({
        resource: {
          aws_instance: {
            a: {
              tags: { Name: "a" },
              metadata_options: { http_tokens: "required" },
              ebs_block_device: [{ device_name: "b" }],
              security_groups: ["c"],
              empty: [],
            },
          },
        },
      }),
    ).toEqual([
      'resource aws_instance a { tags = {"Name"="a"}; security_groups = ["c"]; empty = []; ' +
        'metadata_options { http_tokens = "required" }; ebs_block_device { device_name = "b" } }',
    ]);
  });

  test("can be dynamic, within each other too, and what holds one is no map", () => {
    const inner = { for_each: "${a.value}", iterator: "b", content: { c: "${b.value}" } };
    expect(
      sketchFile({
        resource: {
          t: {
            n: {
              dynamic: { a: { for_each: "${var.a}", content: { dynamic: [{ b: inner }] } } },
              outer: { dynamic: { b: inner } },
              not: { dynamic: "x" },
            },
          },
        },
      }),
    ).toEqual([
      'resource t n { not = {"dynamic"="x"}; dynamic a { for_each = (. var a); ' +
        "content { dynamic b { for_each = (. a value); iterator = b; content { c = (. b value) } } } }; " +
        "outer { dynamic b { for_each = (. a value); iterator = b; content { c = (. b value) } } } }",
    ]);
  });

  test("have no comments among their arguments, but maps have that key", () => {
    expect(
      sketchFile({
        "//": "x",
        locals: { "//": "y", a: { "//": "z" } },
        module: { m: { "//": 1 } },
      }),
    ).toEqual(['locals { a = {"//"="z"} }', "module m {  }"]);
  });

  test("stand at their last label, or at each of several bodies", () => {
    const text = '{"resource":{"aws_instance":{"a":{"ami":"b"},"c":[{"d":1},{"d":2}]}}}';
    const slice = ({ start, end }: { readonly start: number; readonly end: number }) =>
      text.slice(start, end);
    const { blocks } = parseTerraformJson(text).body;
    expect(blocks.map(({ header }) => slice(header))).toEqual(['"a"', '{"d":1}', '{"d":2}']);
    expect(blocks.map(({ range }) => slice(range))).toEqual([
      '"a":{"ami":"b"}',
      '{"d":1}',
      '{"d":2}',
    ]);
    expect(blocks.map(({ body }) => slice(body.range))).toEqual(['"ami":"b"', '"d":1', '"d":2']);
    const [first] = blocks;
    expect(first?.type.range).toEqual({ start: 1, end: 11 });
    expect(first?.labels.map(({ range }) => slice(range))).toEqual(['"aws_instance"', '"a"']);
    expect(first?.body.attributes.map(({ name }) => slice(name.range))).toEqual(['"ami"']);
  });
});

describe("values", () => {
  test.each([
    ["1", "1"],
    ["-1.5e2", "-1.5e2"],
    ["true", "true"],
    ["null", "null"],
    ['""', '""'],
    ['"a"', '"a"'],
    ['"a\\n\\u0062"', '"a⏎b"'],
    ['"$${a} %%{b} ${c}"', '"${a} %{b} |${c}"'],
    ['"${var.a}"', "(. var a)"],
    ['"${~ var.a ~}"', "(. var a)"],
    ['"a ${var.b}"', '"a |${(. var b)}"'],
    ['"${f(\\"a\\\\n\\")}"', '(call f "a⏎")'],
    ['"%{ if a }b%{ endif }"', '"%{if a: b: }"'],
    ['["a", "${b}", [1]]', '["a" b [1]]'],
    ['{"a": "${b}", "${c}": 1, "d${e}": {}}', '{"a"=b c=1 "d|${e}"={}}'],
  ])("%s is %s", (json, expected) => {
    const value = readLocal(json);
    expect(value === undefined ? undefined : sketchExpression(value)).toBe(expected);
  });

  test("are literal as defaults of variables and in files of values", () => {
    const data = { a: "${b} $${c}", d: { "${e}": ["%{f"] } };
    expect(sketchFile({ variable: { v: { default: data } } })).toEqual([
      'variable v { default = {"a"="${b} $${c}" "d"={"${e}"=["%{f"]}} }',
    ]);
    const { body, errors } = parseVariableValuesJson(JSON.stringify({ "//": "comment", ...data }));
    expect(errors).toEqual([]);
    expect(sketchBody(body)).toEqual(['a = "${b} $${c}"', 'd = {"${e}"=["%{f"]}']);
  });

  test("are expressions where native syntax has no quotes either", () => {
    expect(
      sketchFile({
        variable: { v: { type: 'object({ a = optional(string, "b\\n") })' } },
        module: { m: { depends_on: ["data.a.b"], providers: { aws: "aws.west" } } },
        resource: {
          a: {
            b: {
              provider: "aws.west",
              lifecycle: { ignore_changes: ['tags["a"]'], replace_triggered_by: ["a.c.id"] },
            },
          },
        },
        moved: { from: "a.b", to: 'a.c["d"]' },
      }),
    ).toEqual([
      'variable v { type = (call object {"a"=(call optional string "b⏎")}) }',
      'module m { depends_on = [(. (. data a) b)]; providers = {"aws"=(. aws west)} }',
      "resource a b { provider = (. aws west); lifecycle { " +
        'ignore_changes = [([] tags "a")]; replace_triggered_by = [(. (. a c) id)] } }',
      'moved { from = (. a b); to = ([] (. a c) "d") }',
    ]);
  });
});

describe("places within strings", () => {
  test("are those of the source, whatever is escaped before and within", () => {
    const json = '"\\u00e9\\n\\"${f(\\"a\\", var\\u002ebc)}\\t"';
    const text = `{"locals":{"a":${json}}}`;
    const value = readLocal(json);
    expect(value?.kind).toBe("template");
    if (value?.kind !== "template") return;
    const slices = [...nodesWithin(value)].map(({ range }) => text.slice(range.start, range.end));
    expect(slices).toEqual([
      json,
      '\\u00e9\\n\\"',
      '${f(\\"a\\", var\\u002ebc)}',
      'f(\\"a\\", var\\u002ebc)',
      "f",
      '\\"a\\"',
      "a",
      "var\\u002ebc",
      "var",
      "bc",
      "\\t",
    ]);
  });

  test("of errors too", () => {
    expect(errorsIn('{"locals":{"a":"\\n\\n${1 +}"}}')).toEqual([
      "1:26 expected an expression, found `}`",
    ]);
    expect(errorsIn('{"variable":{"a":{"type":"list(\\"a"}}}')[0]).toMatch(/^1:35 /);
  });
});

describe("errors", () => {
  test.each([
    ["", "1:1 expected a value"],
    ['{"locals": {"a": 1}', '1:20 expected "}"'],
    ['{"locals": {"a": 1,}}', "1:19 a comma is not allowed after the last item"],
    ["resource", "1:1 expected a string in double quotes, a number, true, false or null"],
    ['"a"', "1:1 an object or a list of objects is needed here for this file"],
    ['{"locals": "a"}', "1:12 an object or a list of objects is needed here for locals blocks"],
    ['{"locals": [1]}', "1:13 an object or a list of objects is needed here for locals blocks"],
    [
      '{"resource": {"a": 1}}',
      "1:20 an object or a list of objects is needed here for the labels of resource blocks",
    ],
    ['{"resource": {}}', "1:14 resource blocks need a label, which is missing here"],
    ['{"resource": null}', "1:14 resource blocks need a label, which is missing here"],
    ['{"resource": {"a": []}}', "1:20 resource blocks need a label, which is missing here"],
    [
      '{"variable": {"//": "x", "a": {}}}',
      "1:15 comments cannot stand beside the labels of variable blocks",
    ],
    ['{"locals": {"a": 1, "a": 2}}', '1:21 argument "a" is already set'],
    ['{"locals": {"a": {"b": 1, "b": 2}}}', '1:27 key "b" is already in this object'],
  ])("%s", (text, expected) => {
    expect(errorsIn(text)).toEqual([expected]);
  });

  test("cost nothing but what is wrong", () => {
    const { body, errors } = parseTerraformJson(
      '{"locals": {"a": 1 "b": "${", "c": [1,], "d": tru}, "output": {"o": {"value": "${d}"}}',
    );
    expect(errors.length).toBeGreaterThan(3);
    expect(body.blocks.map(({ type }) => type.name)).toEqual(["locals", "output"]);
    expect(body.blocks[0]?.body.attributes.map(({ name }) => name.name)).toEqual([
      "a",
      "b",
      "c",
      "d",
    ]);
    expect(body.blocks[1]?.body.attributes.map(({ value }) => sketchExpression(value))).toEqual([
      "d",
    ]);
  });

  test("none of them is thrown, and all ranges stay within the text", () => {
    const sources = fixtureNames
      .filter((name) => name.endsWith(".tf"))
      .map((name) => moduleToJson(readFixture(name), "objects"));
    const cut = fc.tuple(fc.constantFrom(...sources), fc.nat(), fc.nat(40), fc.string());
    fc.assert(
      fc.property(cut, ([source, position, length, inserted]) => {
        const at = position % source.length;
        const text = source.slice(0, at) + inserted + source.slice(at + length);
        const { body, errors } = parseTerraformJson(text);
        for (const { range } of [...nodesWithin(body), ...errors]) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.start).toBeLessThanOrEqual(range.end);
          expect(range.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("what native syntax says comes to the same tree in JSON, standing at the same text", () => {
  test.each(fixtureNames)("%s", (name) => {
    const native = readFixture(name);
    for (const value of valuesIn(parseHcl(native).body)) {
      const json = JSON.stringify(expressionToJson(native, value), undefined, 2);
      const read = readLocal(json);
      expect(withoutRanges(read)).toEqual(withoutRanges(value));
      if (read === undefined || !json.startsWith('"${')) continue;
      const text = `{"locals":{"a":${json}}}`;
      expect(textsOf(read, text).map(decode)).toEqual(textsOf(value, native));
    }
  });
});

function valuesIn({ attributes, blocks }: Body): readonly Expression[] {
  return [...attributes.map(({ value }) => value), ...blocks.flatMap(({ body }) => valuesIn(body))];
}

function textsOf(node: Expression, text: string): readonly string[] {
  return [...nodesWithin(node)].map(({ range }) => text.slice(range.start, range.end));
}

/** Ranges may cut JSON between, never within escapes. */
function decode(content: string): string {
  return JSON.parse(`"${content}"`) as string;
}
