import { expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

const DOCUMENT = `{
  "InstanceMetadataServiceConfiguration": {
    "MinimumInstanceMetadataServiceVersion": 1,
    "HttpPutResponseHopLimit": 5
  }
}
`;

/** What the findings on a security configuration of EMR point at, with the paths. */
function places(texts: Readonly<Record<string, string>>): readonly string[] {
  const { findings, files, errors } = lintTexts(texts);
  expect(errors).toEqual([]);
  return findings.map(({ ruleId, kind, location: { path, range } }) => {
    const file = files.get(path);
    const { line, column } = file?.position(range.start) ?? { line: -1, column: -1 };
    const text = file?.text.slice(range.start, range.end) ?? "";
    return `${kind} ${ruleId} ${path}:${line + 1}:${column + 1} ${text}`;
  });
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}

const resource = (value: string) => `Resources:
  Clusters:
    Type: AWS::EMR::SecurityConfiguration
    Properties:
      SecurityConfiguration: ${value}`;

test("a block scalar", () => {
  expect(places({ "/t.yaml": resource(`|\n${indented(DOCUMENT, 8)}`) })).toEqual([
    "fail require-imdsv2 /t.yaml:8:54 1",
    "fail hop-limit-too-high /t.yaml:9:40 5",
  ]);
});

test("a JSON template with the document as a string", () => {
  const type = "AWS::EMR::SecurityConfiguration";
  const Properties = { SecurityConfiguration: DOCUMENT };
  const text = JSON.stringify({ Resources: { Clusters: { Type: type, Properties } } });
  expect(places({ "/t.json": text }).map((place) => place.replace(/:\d+:\d+/, ""))).toEqual([
    "fail require-imdsv2 /t.json 1",
    "fail hop-limit-too-high /t.json 5",
  ]);
});

test("Fn::Sub with a parameter", () => {
  const document = DOCUMENT.replace("{\n", '{ "Name": "${Name}",\n');
  const text = `Parameters:
  Name: { Type: String }
${resource(`!Sub |\n${indented(document, 8)}`)}`;
  expect(places({ "/t.yaml": text })).toEqual([
    "fail require-imdsv2 /t.yaml:10:54 1",
    "fail hop-limit-too-high /t.yaml:11:40 5",
  ]);
});

const terraform = (value: string) =>
  `resource "aws_emr_security_configuration" "clusters" {\n  configuration = ${value}\n}\n`;

test("a heredoc", () => {
  const text = terraform(`<<-JSON\n${indented(DOCUMENT, 4)}  JSON`);
  expect(places({ "/p/main.tf": text })).toEqual([
    "fail require-imdsv2 /p/main.tf:5:50 1",
    "fail hop-limit-too-high /p/main.tf:6:36 5",
  ]);
});

test("a file", () => {
  const text = terraform('file("${path.module}/emr.json")');
  expect(places({ "/p/main.tf": text, "/p/emr.json": DOCUMENT })).toEqual([
    "fail require-imdsv2 /p/emr.json:3:46 1",
    "fail hop-limit-too-high /p/emr.json:4:32 5",
  ]);
});
