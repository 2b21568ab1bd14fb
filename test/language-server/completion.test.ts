import { describe, expect, test } from "vitest";
import type { CompletionItem, TextEdit } from "vscode-languageserver";
import { describeLaunches } from "../../src/engine/describe-launches.js";
import { completionsAt } from "../../src/language-server/completion.js";
import { SourceFile } from "../../src/source/source-file.js";
import { requestFor } from "../lint-files.js";

/** What is offered at the `|` of a text. */
function offered(path: string, marked: string): readonly CompletionItem[] {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const described = describeLaunches(requestFor({ [path]: text }));
  return completionsAt(new SourceFile(path, text), offset, described);
}

/** The line of the `|` once the offer with that label is taken. */
function taken(path: string, marked: string, label: string): string {
  const items = offered(path, marked);
  const edit = items.find((item) => item.label === label)?.textEdit as TextEdit | undefined;
  if (edit === undefined) return `no ${label} among ${items.map((item) => item.label).join(" ")}`;
  const line = marked.split("\n").find((each) => each.includes("|")) ?? "";
  const { start, end } = edit.range;
  const text = line.replace("|", "");
  return text.slice(0, start.character) + edit.newText + text.slice(end.character);
}

const yaml = (options: string) =>
  `Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n${options}`;
const json = (options: string) =>
  `{ "Resources": { "Web": { "Type": "AWS::EC2::Instance", "Properties": {\n${options}`;
const hcl = (options: string, type = "aws_instance") => `resource "${type}" "web" {\n${options}`;

describe("names", () => {
  const cases: readonly (readonly [string, string, string, string, string])[] = [
    [
      "YAML",
      "a.yaml",
      yaml("      MetadataOptions:\n        |"),
      "HttpTokens",
      "        HttpTokens: ",
    ],
    [
      "half a name in YAML",
      "a.yaml",
      yaml("      MetadataOptions:\n        Htt|\n      ImageId: a\n"),
      "HttpTokens",
      "        HttpTokens: ",
    ],
    [
      "a name before its colon",
      "a.yaml",
      yaml("      MetadataOptions:\n        Htt|: required\n"),
      "HttpTokens",
      "        HttpTokens: required",
    ],
    [
      "YAML in braces",
      "a.yaml",
      yaml("      MetadataOptions: { HttpEndpoint: enabled, | }\n"),
      "HttpTokens",
      "      MetadataOptions: { HttpEndpoint: enabled, HttpTokens:  }",
    ],
    [
      "YAML in open braces",
      "a.yaml",
      yaml("      MetadataOptions: {Http|"),
      "HttpTokens",
      "      MetadataOptions: {HttpTokens: ",
    ],
    [
      "behind an anchor",
      "a.yaml",
      yaml("      MetadataOptions: &options\n        |"),
      "HttpTokens",
      "        HttpTokens: ",
    ],
    ["JSON", "a.json", json('"MetadataOptions": {\n  |\n}'), "HttpTokens", '  "HttpTokens": '],
    [
      "JSON behind a quote",
      "a.json",
      json('"MetadataOptions": {\n  "Ht|"\n}'),
      "HttpTokens",
      '  "HttpTokens": ',
    ],
    [
      "JSON on one line",
      "a.json",
      json('"MetadataOptions": { "HttpEndpoint": "enabled", "|'),
      "HttpTokens",
      '"MetadataOptions": { "HttpEndpoint": "enabled", "HttpTokens": ',
    ],
    [
      "JSON before its colon",
      "a.json",
      json('"MetadataOptions": { "Ht|": "required" }'),
      "HttpTokens",
      '"MetadataOptions": { "HttpTokens": "required" }',
    ],
    [
      "HCL",
      "a.tf",
      hcl("  metadata_options {\n    |\n  }\n}\n"),
      "http_tokens",
      "    http_tokens = ",
    ],
    [
      "HCL on one line",
      "a.tf",
      hcl("  metadata_options { ht| }\n}\n"),
      "http_tokens",
      "  metadata_options { http_tokens =  }",
    ],
    [
      "HCL that is open",
      "a.tf",
      hcl('  tags = { a = "}" } # }\n  metadata_options {\n    ht|'),
      "http_tokens",
      "    http_tokens = ",
    ],
    [
      "a dynamic block",
      "a.tf",
      hcl('  dynamic "metadata_options" {\n    for_each = [1]\n    content {\n      |\n'),
      "http_tokens",
      "      http_tokens = ",
    ],
    [
      "an object",
      "a.tf",
      hcl("  metadata_options = {\n    |\n", "awscc_ec2_instance"),
      "http_protocol_ipv_6",
      "    http_protocol_ipv_6 = ",
    ],
    [
      "Terraform's JSON",
      "a.tf.json",
      '{ "resource": { "aws_instance": { "web": { "metadata_options": [{ "|',
      "http_tokens",
      '{ "resource": { "aws_instance": { "web": { "metadata_options": [{ "http_tokens": ',
    ],
    [
      "Terraform's dynamic JSON",
      "a.tf.json",
      '{ "resource": { "aws_instance": { "web": { "dynamic": { "metadata_options": { "content": { | ',
      "http_tokens",
      '{ "resource": { "aws_instance": { "web": { "dynamic": { "metadata_options": { "content": { "http_tokens":  ',
    ],
  ];
  test.each(cases)("in %s", (_, name, text, label, line) => {
    expect(taken(`/case/${name}`, text, label)).toBe(line);
  });

  test("that stand there are not offered again, wherever in the mapping", () => {
    const names = (path: string, text: string) => offered(path, text).map(({ label }) => label);
    const rest = ["HttpPutResponseHopLimit", "HttpProtocolIpv6", "InstanceMetadataTags"];
    const lines =
      "      MetadataOptions:\n        HttpTokens: required\n        |\n        HttpEndpoint: enabled\n";
    expect(names("/case/a.yaml", yaml(lines))).toEqual(rest);
    const braces = '"MetadataOptions": { "HttpTokens": "required", |, "HttpEndpoint": "enabled" }';
    expect(names("/case/a.json", json(braces))).toEqual(rest);
  });

  test("are those that the resource takes", () => {
    const builder = hcl(
      "  instance_metadata_options {\n    |\n",
      "aws_imagebuilder_infrastructure_configuration",
    );
    expect(offered("/case/a.tf", builder).map(({ label }) => label)).toEqual([
      "http_tokens",
      "http_put_response_hop_limit",
    ]);
    const configuration = yaml("      MetadataOptions: { | }\n").replace(
      "AWS::EC2::Instance",
      "AWS::AutoScaling::LaunchConfiguration",
    );
    expect(offered("/case/a.yaml", configuration)).toHaveLength(3);
  });

  test.each([
    ["/case/a.yaml", yaml("      Tags:\n        |")],
    ["/case/a.yaml", yaml("      MetadataOptions:\n        HttpTokens: required\n      |")],
    ["/case/a.yaml", yaml("      MetadataOptions:\n        # HttpT|")],
    ["/case/a.json", json('"MetadataOptions": {}, "|')],
    ["/case/a.tf", hcl("  metadata_options {\n  }\n  |")],
    ["/case/a.tf", hcl("  # metadata_options {\n  |")],
    ["/case/a.tf", hcl("  metadata_options {\n    http_tokens = var.a ? |")],
    ["/case/a.yaml", "|"],
  ])("are offered nowhere else", (path, text) => {
    expect(offered(path, text)).toEqual([]);
  });
});

describe("words", () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      "a.yaml",
      yaml("      MetadataOptions:\n        HttpTokens: |\n"),
      "required",
      "        HttpTokens: required",
    ],
    [
      "a.yaml",
      yaml("      MetadataOptions:\n        HttpTokens:|\n"),
      "required",
      "        HttpTokens: required",
    ],
    [
      "a.yaml",
      yaml("      MetadataOptions:\n        HttpTokens: 'req|'\n"),
      "required",
      "        HttpTokens: 'required'",
    ],
    [
      "a.yaml",
      yaml("      MetadataOptions: {HttpTokens: op|}\n"),
      "optional",
      "      MetadataOptions: {HttpTokens: optional}",
    ],
    [
      "a.json",
      json('"MetadataOptions": { "HttpTokens": |'),
      "required",
      '"MetadataOptions": { "HttpTokens": "required"',
    ],
    [
      "a.json",
      json('"MetadataOptions": { "HttpTokens": "|" }'),
      "required",
      '"MetadataOptions": { "HttpTokens": "required" }',
    ],
    [
      "a.json",
      json('"MetadataOptions": { "HttpPutResponseHopLimit": |'),
      "2",
      '"MetadataOptions": { "HttpPutResponseHopLimit": 2',
    ],
    [
      "a.tf",
      hcl("  metadata_options {\n    http_endpoint = |\n"),
      "enabled",
      '    http_endpoint = "enabled"',
    ],
    [
      "a.tf",
      hcl('  metadata_options {\n    http_endpoint = "en|"\n'),
      "enabled",
      '    http_endpoint = "enabled"',
    ],
    [
      "a.tf",
      hcl('  metadata_options { http_tokens = "|'),
      "required",
      '  metadata_options { http_tokens = "required"',
    ],
  ];
  test.each(cases)("of an option in %s: %j", (name, text, label, line) => {
    expect(taken(`/case/${name}`, text, label)).toBe(line);
  });

  test("are found by what is typed, its quote among it", () => {
    const [first] = offered("/case/a.tf", hcl('  metadata_options {\n    http_tokens = "r|"\n'));
    expect(first?.filterText).toBe('"required');
  });
});
