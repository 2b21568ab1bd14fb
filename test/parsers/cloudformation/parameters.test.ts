import { describe, expect, it } from "vitest";
import type { TemplateOptions } from "../../../src/parsers/cloudformation/evaluate-template.js";
import {
  evaluateText,
  readValue,
  summarize,
  summarizeChain,
  templateFor,
} from "./evaluate-text.js";

/** What `!Ref P` comes to. */
function refer(declaration: string, options?: TemplateOptions): unknown {
  const text = templateFor("!Ref P", `Parameters:\n  P: ${declaration}`);
  return summarize(readValue(evaluateText(text, options)));
}

const given = (text: string): TemplateOptions => ({
  parameters: new Map([["P", { kind: "text", text }]]),
});
const open = { unknown: "parameter-without-default P", subject: "parameter P" };

describe("a parameter", () => {
  it.each<[declaration: string, value: unknown]>([
    ["{Type: String, Default: a}", "a"],
    ["{Type: Number, Default: 2}", "2"],
    ["{Type: String, Default: yes}", "true"],
    ["{Type: String, Default: '012345678901'}", "012345678901"],
    ["{Type: String, Default: 012345678901}", "012345678901"],
    ["{Type: String, Default: ''}", ""],
    ["{Type: String, Default: a, AllowedValues: [a, b]}", "a"],
    [
      "{Type: String, Default: '{{resolve:ssm:x}}'}",
      { unknown: "decided-at-deployment {{resolve:ssm:x}}" },
    ],
    ["{Type: AWS::EC2::Image::Id, Default: ami-1}", "ami-1"],
    ["{Type: CommaDelimitedList, Default: 'a, b'}", ["a", "b"]],
    ["{Type: CommaDelimitedList, Default: ''}", [""]],
    ["{Type: List<Number>, Default: 1}", ["1"]],
    ["{Type: List<AWS::EC2::VPC::Id>, Default: a}", ["a"]],
    ["{Default: a}", "a"],
  ])("counts as its default: %s", (declaration, value) => {
    expect(refer(declaration)).toEqual(value);
  });

  it.each<[declaration: string, value: unknown]>([
    ["{Type: String}", open],
    ["{Type: String, NoEcho: true}", open],
    ["{Type: String, AllowedValues: [a, b]}", { ...open, possible: ["a", "b"] }],
    ["{Type: Number, AllowedValues: [1, '2', 1]}", { ...open, possible: ["1", "2"] }],
    ["{Type: String, AllowedValues: [yes, no]}", { ...open, possible: ["true", "false"] }],
    ["{Type: String, AllowedValues: [a]}", "a"],
    ["{Type: String, AllowedValues: []}", open],
    ["{Type: CommaDelimitedList, AllowedValues: [a, b]}", { unknown: open.unknown }],
    ["{Type: String, AllowedPattern: '^(a|b)$'}", { ...open, possible: ["a", "b"] }],
    [
      "{Type: String, AllowedPattern: 'a|b', AllowedValues: [b, a, c]}",
      { ...open, possible: ["b", "a"] },
    ],
    ["{Type: String, AllowedPattern: a}", "a"],
    ["{Type: String, AllowedPattern: '[a-c]'}", open],
    ["{Type: CommaDelimitedList, AllowedPattern: 'a|b'}", { unknown: open.unknown }],
  ])("is open without one: %s", (declaration, value) => {
    expect(refer(declaration)).toEqual(value);
  });

  it.each<[declaration: string, value: unknown]>([
    ["{Type: String}", "x,y"],
    ["{Type: String, Default: a}", "x,y"],
    ["{Type: String, AllowedValues: ['x,y']}", "x,y"],
    ["{Type: CommaDelimitedList}", ["x", "y"]],
  ])("is what is given from outside: %s", (declaration, value) => {
    expect(refer(declaration, given("x,y"))).toEqual(value);
  });

  it.each<[declaration: string, text: string]>([
    ["{Type: String, AllowedValues: [a, b]}", "c"],
    ["{Type: String, Default: a, AllowedPattern: a|b}", "c"],
    ["{Type: CommaDelimitedList, AllowedValues: [a, b]}", "a,c"],
  ])("cannot be given a value that is not allowed: %s", (declaration, text) => {
    const template = templateFor("!Ref P", `Parameters:\n  P: ${declaration}`);
    const deployment = evaluateText(template, given(text));
    expect(summarize(readValue(deployment))).toEqual({ unknown: "invalid" });
    expect(deployment.errors.map(({ code, message }) => [code, message])).toEqual([
      ["invalid-parameter", `parameter P cannot be "${text}": allowed is "a", "b"`],
    ]);
  });

  it("is open where the stack keeps the value that it has, whatever the default", () => {
    const location = { path: "/dev.json", range: { start: 3, end: 7 } };
    const previous: TemplateOptions = {
      parameters: new Map([["P", { kind: "previous", location }]]),
    };
    const reason = "decided-at-deployment the previous value of parameter P";
    const expected = { unknown: reason, subject: "parameter P" };
    expect(refer("{Type: String, Default: a}", previous)).toEqual(expected);
    expect(refer("{Type: String, AllowedValues: [a, b]}", previous)).toEqual({
      ...expected,
      possible: ["a", "b"],
    });
  });

  it("is decided at deployment if it is looked up in the parameter store", () => {
    const type = "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>";
    const stored = "decided-at-deployment {{resolve:ssm:/ami}}";
    const subject = "parameter P";
    expect(refer(`{Type: ${type}, Default: /ami}`)).toEqual({ unknown: stored, subject });
    expect(refer(`{Type: ${type}}`, given("/ami"))).toEqual({ unknown: stored, subject });
    expect(refer(`{Type: ${type}}`)).toEqual(open);
    expect(refer(`{Type: ${type}, Default: /ami, AllowedValues: [/ami]}`)).toEqual({
      unknown: stored,
      subject,
    });
    expect(refer("{Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /ami}")).toEqual({
      unknown: stored,
    });
  });

  it.each([
    ["text", "parameter P must be a mapping", "P"],
    ["{Type: String, Default: [a]}", "the default of parameter P must be a string", "[a]"],
    ["{Type: String, Default: }", "the default of parameter P must be a string", ""],
    ["{Type: String, Default: !Ref X}", "the default of parameter P must be a string", "!Ref X"],
    [
      "{Type: String, AllowedValues: a}",
      "AllowedValues of parameter P must be a list of strings",
      "a",
    ],
    [
      "{Type: String, AllowedValues: [[a]]}",
      "AllowedValues of parameter P must be a list of strings",
      "[[a]]",
    ],
  ])("is reported if it is malformed: %s", (declaration, message, place) => {
    const text = templateFor("!Ref P", `Parameters:\n  P: ${declaration}`);
    const deployment = evaluateText(text);
    expect(readValue(deployment).state).toBe("unknown");
    expect(deployment.errors.map((error) => error.message)).toEqual([message]);
    const range = deployment.errors[0]?.location?.range;
    expect(text.slice(range?.start, range?.end)).toBe(place);
  });
});

describe("where a parameter's value comes from", () => {
  it.each<[declaration: string, expression: string, chain: readonly string[]]>([
    ["{Type: String, Default: a}", "!Ref P", ["written: !Ref P", "parameter-default P: a"]],
    [
      "{Type: String, Default: a}",
      "!Sub '${P}'",
      ["written: !Sub '${P}'", "parameter-default P: a"],
    ],
    [
      "{Type: String, Default: a}",
      "!Sub 'x${P}'",
      ["written: !Sub 'x${P}'", "parameter-default P: a"],
    ],
    ["{Type: String, Default: a}", "{Ref: P}", ["written: {Ref: P}", "parameter-default P: a"]],
    ["{Type: String}", "!Ref P", ["written: !Ref P", "parameter P: P"]],
    [
      "{Type: String, AllowedValues: [a]}",
      "!Ref P",
      ["written: !Ref P", "written the only allowed value of parameter P: a"],
    ],
    ["{Type: String}", "!Sub 'x${P}'", ["written: !Sub 'x${P}'", "parameter P: P"]],
    ["{Type: String}", "!Join ['', [!Ref P]]", ["written: !Join ['', [!Ref P]]", "parameter P: P"]],
    [
      "{Type: List<String>}",
      "!Select [0, !Ref P]",
      ["written: !Select [0, !Ref P]", "parameter P: P"],
    ],
    [
      "{Type: List<String>, Default: a}",
      "!Select [0, !Ref P]",
      ["written: !Ref P", "parameter-default P: a"],
    ],
    ["{Type: String, Default: a}", "!If [P, x, y]", ["written: x"]],
    [
      "{Type: String}",
      "!Sub '${P}${AWS::Region}'",
      ["written: !Sub '${P}${AWS::Region}'", "parameter P: P"],
    ],
    ["{Type: String}", "!Sub 'x${AWS::Region}'", ["written: !Sub 'x${AWS::Region}'"]],
    ["{Type: String}", "!Ref AWS::Region", ["written: !Ref AWS::Region"]],
    [
      "{Type: String}",
      "!FindInMap [M, a, b]",
      ["written: !FindInMap [M, a, b]", "mapping M.a.b: value"],
    ],
    ["{Type: String}", "!Ref AWS::NoValue", ["written: !Ref AWS::NoValue"]],
  ])("%s %s", (declaration, expression, chain) => {
    const sections = `
Parameters: {P: ${declaration}}
Mappings: {M: {a: {b: value}}}
Conditions: {P: !Equals [a, a]}`;
    const text = templateFor(expression, sections);
    expect(summarizeChain(readValue(evaluateText(text)), text)).toEqual(chain);
  });

  it("is the parameter's name if its value was given from outside", () => {
    const text = templateFor("!Ref P", "Parameters:\n  P: {Type: String, Default: a}");
    const value = readValue(evaluateText(text, given("x")));
    expect(summarizeChain(value, text)).toEqual(["written: !Ref P", "parameter-value P: P"]);
  });
});

describe("pseudo parameters", () => {
  const read = (name: string, options?: TemplateOptions): unknown =>
    summarize(readValue(evaluateText(templateFor(`!Ref ${name}`), options)));

  it.each([
    "AWS::AccountId",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
  ])("%s is decided at deployment", (name) => {
    const unknown = `decided-at-deployment !Ref ${name}`;
    expect(read(name)).toEqual({ unknown, subject: name });
  });

  it.each([
    ["eu-central-1", "aws", "amazonaws.com"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
    ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ])("region %s is in partition %s", (region, partition, urlSuffix) => {
    expect(read("AWS::Region", { region })).toBe(region);
    expect(read("AWS::Partition", { region })).toBe(partition);
    expect(read("AWS::URLSuffix", { region })).toBe(urlSuffix);
  });

  it("takes the account from outside", () => {
    expect(read("AWS::AccountId", { accountId: "012345678901" })).toBe("012345678901");
  });

  it("knows no others", () => {
    expect(read("AWS::Unheard")).toEqual({
      unknown: "not-available parameter or resource AWS::Unheard",
    });
  });
});
