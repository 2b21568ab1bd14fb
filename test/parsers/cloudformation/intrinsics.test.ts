import { describe, expect, it } from "vitest";
import { intrinsics } from "../../../src/parsers/cloudformation/intrinsics/intrinsics.js";
import { evaluateText, readValue, summarize, templateFor } from "./evaluate-text.js";
import { toJson } from "./to-json.js";

const sections = `
Transform: AWS::LanguageExtensions
Parameters:
  Known: {Type: String, Default: known}
  Two: {Type: Number, Default: 2}
  Open: {Type: String}
  Size: {Type: String, AllowedValues: [small, large]}
  Path: {Type: String, AllowedValues: [a/b, a/c]}
  Names: {Type: CommaDelimitedList, Default: "a, b ,c"}
  OpenNames: {Type: List<AWS::EC2::Subnet::Id>}
Mappings:
  Sizes:
    small: {Type: t3.micro, Zones: [a, b]}
    large: {Type: m5.large, Zones: [c]}
Conditions:
  IsTrue: !Equals [a, a]
  IsFalse: !Equals [a, b]
`;

const openReason = "parameter-without-default Open";
const sizeReason = "parameter-without-default Size";
const decided = (expression: string): string => `decided-at-deployment ${expression}`;
const invalid = { unknown: "invalid" };

/** What an expression comes to outside of scenarios. */
const cases: Readonly<Record<string, readonly (readonly [expression: string, value: unknown])[]>> =
  {
    scalars: [
      ["text", "text"],
      ['"2"', "2"],
      ["2", 2],
      ["yes", true],
      ["012345678901", "012345678901"],
      ["~", { unset: true }],
      ["{a: 1, b: [x, 2]}", { a: 1, b: ["x", 2] }],
      ["{Condition: {Ref: Known, Other: x}}", { Condition: { Ref: "Known", Other: "x" } }],
    ],
    "dynamic references": [
      ['"{{resolve:ssm:/ami:3}}"', { unknown: decided("{{resolve:ssm:/ami:3}}") }],
      ['"a {{resolve:ssm-secure:x}} b"', { unknown: decided("{{resolve:ssm-secure:x}}") }],
      ['!Sub "{{resolve:ssm:/${Known}}}"', { unknown: decided("{{resolve:ssm:/known}}") }],
      ['!Join ["", ["{{resolve:", "ssm:a}}"]]', { unknown: decided("{{resolve:ssm:a}}") }],
      ['"{{ resolve:ssm:x }}"', "{{ resolve:ssm:x }}"],
      ['"{{resolve:other:x}}"', "{{resolve:other:x}}"],
    ],
    Ref: [
      ["!Ref Known", "known"],
      ["{Ref: Known}", "known"],
      ["!Ref Two", "2"],
      ["!Ref Names", ["a", "b", "c"]],
      ["!Ref Open", { unknown: openReason, subject: "parameter Open" }],
      [
        "!Ref Size",
        { unknown: sizeReason, possible: ["small", "large"], subject: "parameter Size" },
      ],
      ["!Ref OpenNames", { unknown: "parameter-without-default OpenNames" }],
      ["!Ref Other", { unknown: decided("!Ref Other"), link: "Other Ref" }],
      ["!Ref AWS::Region", { unknown: decided("!Ref AWS::Region"), subject: "AWS::Region" }],
      ["!Ref AWS::NoValue", { unset: true }],
      ["!Ref [Known]", invalid],
      ["{Ref: {Ref: Known}}", { unknown: decided("!Ref known") }],
      ["{Ref: !Sub 'Kno${Suffix}'}", { unknown: decided("!Ref Suffix") }],
      ["{Ref: !Join ['', [Kno, wn]]}", "known"],
      ["{Ref: {Ref: Open}}", { unknown: openReason }],
      ["{Ref: {a: b}}", invalid],
    ],
    "Fn::GetAtt": [
      ["!GetAtt Other.Id", { unknown: decided("!GetAtt Other.Id"), link: "Other Id" }],
      ["!GetAtt [Other, Id]", { unknown: decided("!GetAtt Other.Id"), link: "Other Id" }],
      ["{Fn::GetAtt: [Other, A.B]}", { unknown: decided("!GetAtt Other.A.B"), link: "Other A.B" }],
      ["{Fn::GetAtt: Other.A.B}", { unknown: decided("!GetAtt Other.A.B"), link: "Other A.B" }],
      [
        "{Fn::GetAtt: [Other, !Ref Known]}",
        { unknown: decided("!GetAtt Other.known"), link: "Other known" },
      ],
      ["{Fn::GetAtt: [Other, !Ref Open]}", { unknown: openReason }],
      ["{Fn::GetAtt: [Other, !Ref Size]}", { unknown: sizeReason }],
      [
        "{Fn::GetAtt: [!Sub Other, Id]}",
        { unknown: decided("!GetAtt Other.Id"), link: "Other Id" },
      ],
      ["{Fn::GetAtt: [!Ref Open, Id]}", { unknown: openReason }],
      ["!GetAtt Other", invalid],
      ["!GetAtt .Id", invalid],
      ["!GetAtt [Other]", invalid],
      ["!GetAtt [Other, Outputs, X]", invalid],
      ["{Fn::GetAtt: [Other, [Id]]}", invalid],
      ["{Fn::GetAtt: {a: b}}", invalid],
    ],
    "Fn::Sub": [
      ["!Sub text", "text"],
      ["!Sub 'a-${Known}-b'", "a-known-b"],
      ["!Sub '${Known}'", "known"],
      ["!Sub '${ Known }.${Two}'", "known.2"],
      ["!Sub '${!Known} $Known $${Known}'", "${Known} $Known $known"],
      ["!Sub '${Open}'", { unknown: openReason, subject: "parameter Open" }],
      ["!Sub 'a${Open}'", { unknown: openReason }],
      ["!Sub 'x-${Size}'", { unknown: sizeReason, possible: ["x-small", "x-large"] }],
      ["!Sub '${Size}/${Size}'", { unknown: sizeReason, possible: ["small/small", "large/large"] }],
      ["!Sub '${Size}${Open}'", { unknown: sizeReason }],
      ["!Sub '${Other}'", { unknown: decided("!Ref Other"), link: "Other Ref" }],
      ["!Sub '${Other.Id}'", { unknown: decided("!GetAtt Other.Id"), link: "Other Id" }],
      ["!Sub 'a ${Other.Id}'", { unknown: decided("!GetAtt Other.Id") }],
      ["!Sub ['${A}${Known}', {A: !Ref Two}]", "2known"],
      ["!Sub ['${Known}', {Known: mine}]", "mine"],
      ["!Sub ['${A}', {A: {Fn::If: [IsTrue, x, y]}}]", "x"],
      ["!Sub ['${A.B}', {A.B: dotted}]", "dotted"],
      ["!Sub ['${A}', {A: 2}]", "2"],
      ["{Fn::Sub: ['${A}', {A: {'Fn::Sub': '${Known}!'}}]}", "known!"],
      ["!Sub '${Known-x}'", invalid],
      ["!Sub '${}'", invalid],
      ["!Sub '${Names}'", invalid],
      ["!Sub ['${AWS::NoValue}', {}]", invalid],
      ["!Sub [text]", invalid],
      ["!Sub [text, {}, {}]", invalid],
      ["!Sub [[text], {}]", invalid],
      ["!Sub {a: b}", invalid],
      ["{Fn::Sub: !Ref Known}", invalid],
      ["{Fn::Sub: !Embed file}", { unknown: "not-supported Fn::Embed" }],
    ],
    "Fn::Join": [
      ["!Join ['-', [a, !Ref Known, 2]]", "a-known-2"],
      ["!Join ['', []]", ""],
      ["!Join [',', !Ref Names]", "a,b,c"],
      ["!Join ['', [a, !Ref AWS::NoValue, b]]", "ab"],
      ["!Join ['', [x, !Ref Size]]", { unknown: sizeReason, possible: ["xsmall", "xlarge"] }],
      ["!Join ['', [!Ref Open, !Ref Size]]", { unknown: openReason }],
      ["!Join ['', !Ref OpenNames]", { unknown: "parameter-without-default OpenNames" }],
      ["{Fn::Join: ['.', {Fn::Split: ['-', a-b]}]}", "a.b"],
      ["!Join [a]", invalid],
      ["!Join ['', text]", invalid],
      ["!Join ['', [[a]]]", invalid],
      ["!Join ['', [{a: b}]]", invalid],
      ["!Join [!Ref Known, [a, b]]", invalid],
      ["!Join text", invalid],
    ],
    "Fn::Select": [
      ["!Select [1, [a, b]]", "b"],
      ["!Select ['0', !Ref Names]", "a"],
      ["!Select [!Ref Two, !Ref Names]", "c"],
      // A default may be there only to be replaced: nothing is wrong with the template.
      ["!Select [2, !Split ['/', !Ref Two]]", { unknown: "invalid" }],
      ["!Select [0, [!Ref AWS::NoValue, b]]", "b"],
      ["!Select [0, !Split [',', !Ref Open]]", { unknown: openReason }],
      ["!Select [0, !GetAZs '']", { unknown: decided('!GetAZs ""') }],
      ["!Select [0, !GetAtt Other.List]", { unknown: decided("!GetAtt Other.List") }],
      ["!Select [!Ref Open, [a, b]]", { unknown: openReason, possible: ["a", "b"] }],
      ["!Select [!Ref Open, [a, a]]", "a"],
      ["!Select [0, [{a: b}]]", { a: "b" }],
      ["!Select [2, [a, b]]", invalid],
      ["!Select [-1, [a, b]]", invalid],
      ["!Select [x, [a, b]]", invalid],
      ["!Select [[0], [a]]", invalid],
      ["!Select [0, text]", invalid],
      ["!Select [0]", invalid],
    ],
    "Fn::Split": [
      ["!Split [',', 'a,b,,c']", ["a", "b", "", "c"]],
      ["!Split ['-', !Ref Known]", ["known"]],
      ["!Split ['', ab]", ["a", "b"]],
      ["!Split [',', !ImportValue x]", { unknown: decided("!ImportValue x") }],
      ["!Select [0, !Split [',', !Sub 'x,${Known}']]", "x"],
      ["!Split [',', !Ref Names]", invalid],
      ["!Split [',']", invalid],
      ["!Split ','", invalid],
      ["!Split [[','], a]", invalid],
    ],
    "Fn::FindInMap": [
      ["!FindInMap [Sizes, small, Type]", "t3.micro"],
      ["!FindInMap [Sizes, small, Zones]", ["a", "b"]],
      [
        "!FindInMap [Sizes, !Ref Size, Type]",
        { unknown: sizeReason, possible: ["t3.micro", "m5.large"] },
      ],
      [
        "!FindInMap [Sizes, !Ref Open, Type]",
        { unknown: openReason, possible: ["t3.micro", "m5.large"] },
      ],
      ["!FindInMap [Sizes, !Ref Size, Zones]", { unknown: sizeReason }],
      [
        "!FindInMap [Sizes, !Ref Known, Type]",
        { unknown: "not-available !FindInMap [Sizes, !Ref Known, Type]" },
      ],
      ["!FindInMap [Sizes, !Ref Known, Type, {DefaultValue: x}]", "x"],
      ["!FindInMap [Sizes, small, Type, {DefaultValue: x}]", "t3.micro"],
      ["!FindInMap [None, a, b, {DefaultValue: !Ref Known}]", "known"],
      ["!FindInMap [!Ref Open, a, b]", { unknown: openReason }],
      ["!FindInMap [!Ref Size, a, b]", { unknown: sizeReason }],
      ["!FindInMap [None, a, b]", { unknown: "not-available !FindInMap [None, a, b]" }],
      ["!FindInMap [Sizes, small]", invalid],
      ["!FindInMap [Sizes, small, Type, x]", invalid],
      ["!FindInMap [Sizes, small, Type, {DefaultValue: x}, y]", invalid],
      ["!FindInMap [Sizes, [small], Type]", invalid],
      ["!FindInMap Sizes", invalid],
    ],
    "Fn::If": [
      ["!If [IsTrue, a, b]", "a"],
      ["!If [IsFalse, a, b]", "b"],
      ["{Fn::If: [IsFalse, a, !Ref Known]}", "known"],
      ["!If [IsTrue, {a: !If [IsFalse, 1, 2]}, b]", { a: 2 }],
      ["!If [IsFalse, a, !Ref AWS::NoValue]", { unset: true }],
      ["[a, !If [IsFalse, b, !Ref AWS::NoValue], !If [IsTrue, c, d]]", ["a", "c"]],
      ["!If [IsTrue, a]", invalid],
      ["!If [IsTrue, a, b, c]", invalid],
      ["!If [None, a, b]", { unknown: "not-available condition None", possible: ["a", "b"] }],
      ["!If [!Equals [a, a], b, c]", "b"],
      ["!If text", invalid],
    ],
    "Fn::Base64": [
      ["!Base64 ''", ""],
      ["!Base64 a", "YQ=="],
      ["!Base64 ab", "YWI="],
      ["!Base64 abc", "YWJj"],
      ["!Base64 'äöü€😀'", "w6TDtsO84oKs8J+YgA=="],
      ["{Fn::Base64: !Sub 'x${Known}'}", "eGtub3du"],
      ["{Fn::Base64: !Ref Size}", { unknown: sizeReason, possible: ["c21hbGw=", "bGFyZ2U="] }],
      ["!Base64 [a]", invalid],
    ],
    "Fn::Length": [
      ["{Fn::Length: [a, !Ref Open, !Ref AWS::NoValue]}", 2],
      ["{Fn::Length: !Ref Names}", 3],
      ["{Fn::Length: !Ref OpenNames}", { unknown: "parameter-without-default OpenNames" }],
      ["{Fn::Length: text}", invalid],
    ],
    "Fn::ToJsonString": [
      [
        "{Fn::ToJsonString: {b: [1, yes], a: !Ref Known, c: !Ref AWS::NoValue}}",
        '{"b":[1,true],"a":"known"}',
      ],
      ["{Fn::ToJsonString: [{a: [!Ref Open]}]}", { unknown: openReason }],
      ["{Fn::ToJsonString: text}", invalid],
    ],
    "Fn::Cidr": [
      ["!Cidr [10.0.0.0/16, 2, 8]", ["10.0.0.0/24", "10.0.1.0/24"]],
      ["!Select [2, !Cidr [10.1.2.3/22, '4', '8']]", "10.1.2.0/24"],
      ["!Cidr [255.255.255.0/24, 1, 8]", ["255.255.255.0/24"]],
      ["!Cidr [!GetAtt Other.CidrBlock, 2, 8]", { unknown: decided("!GetAtt Other.CidrBlock") }],
      [
        "!Cidr ['2001:db8::/56', 2, 64]",
        { unknown: "not-supported Fn::Cidr for IPv6, or without a number of bits" },
      ],
      ["!Cidr [10.0.0.0/16, 300, 8]", invalid],
      ["!Cidr [10.0.0.0/24, 2, 8]", invalid],
      ["!Cidr [10.0.0.256/24, 1, 8]", invalid],
      ["!Cidr [text, 1, 8]", invalid],
      ["!Cidr [10.0.0.0/16, x, 8]", invalid],
      ["!Cidr [10.0.0.0/16]", invalid],
      ["!Cidr [[a], 1, 8]", invalid],
    ],
    "what only a deployment decides": [
      ["!ImportValue net-Subnet", { unknown: decided("!ImportValue net-Subnet") }],
      [
        "{Fn::ImportValue: !Sub '${Known}-Subnet'}",
        { unknown: decided('!ImportValue !Sub "${Known}-Subnet"') },
      ],
      ["!GetAZs ''", { unknown: decided('!GetAZs ""') }],
      ["{Fn::GetAZs: !Ref AWS::Region}", { unknown: decided("!GetAZs !Ref AWS::Region") }],
      [
        "{Fn::GetStackOutput: {StackName: a, OutputName: b}}",
        { unknown: decided("!GetStackOutput {StackName: a, OutputName: b}") },
      ],
    ],
    "what is not supported": [
      ["{Fn::Transform: {Name: M}}", { unknown: "not-supported Fn::Transform" }],
      ["!Transform {Name: M}", { unknown: "not-supported Fn::Transform" }],
      ["{a: b, Fn::Transform: {Name: AWS::Include}}", { unknown: "not-supported Fn::Transform" }],
      ["{Fn::ForEach::X: [N, [a], {'${N}': b}]}", { a: "b" }],
      [
        "{Fn::ForEach::X: [N, !GetAZs '', {'${N}': b}]}",
        { unknown: "not-supported Fn::ForEach::X" },
      ],
      ["{a: b, Fn::ForEach::X: []}", { unknown: "not-supported Fn::ForEach::X" }],
      ["{Fn::Unheard: x}", { unknown: "not-supported Fn::Unheard" }],
      ["!Unheard x", { unknown: "not-supported Fn::Unheard" }],
    ],
    "what may not stand in properties": [
      ["!Equals [a, a]", invalid],
      ["!And [a, b]", invalid],
      ["!Or [a, b]", invalid],
      ["{Fn::Not: [a]}", invalid],
      ["!Condition IsTrue", invalid],
      ["{Fn::If: [IsTrue, a, b], c: d}", invalid],
      ["{c: d, Fn::Sub: x}", invalid],
    ],
  };

const table = Object.entries(cases).flatMap(([group, rows]) =>
  rows.map(([expression, value]) => ({ group, expression, value })),
);

describe("evaluating an expression", () => {
  it.each(table)("$group: $expression", ({ expression, value }) => {
    const deployment = evaluateText(templateFor(expression, sections));
    expect(summarize(readValue(deployment))).toEqual(value);
  });

  // JSON has no tag that could stand in the wrong place.
  const inJson = table.filter(({ expression }) => !expression.startsWith("!Condition"));
  it.each(inJson)("comes to the same in JSON: $expression", ({ expression, value }) => {
    const deployment = evaluateText(toJson(templateFor(expression, sections)));
    expect(summarize(readValue(deployment))).toEqual(value);
  });

  it("reports everything that is invalid and lists what is not supported", () => {
    for (const { expression, value } of table) {
      const deployment = evaluateText(templateFor(expression, sections));
      readValue(deployment);
      const summary = JSON.stringify(value);
      expect([expression, deployment.errors.length > 0]).toEqual([expression, value === invalid]);
      const isSkipped = summary.includes("not-supported");
      expect([expression, deployment.skipped.length > 0]).toEqual([expression, isSkipped]);
    }
  });

  it.each([
    ["{Fn::Length: [a]}", "Fn::Length needs Transform: AWS::LanguageExtensions"],
    ["{Fn::ToJsonString: [a]}", "Fn::ToJsonString needs Transform: AWS::LanguageExtensions"],
    ["{Ref: !Sub Known}", "Ref takes the name of a parameter or a logical ID"],
    [
      "{Fn::GetAtt: [!Sub Other, Id]}",
      "Fn::GetAtt takes a logical ID and the name of an attribute",
    ],
    ["!Fn::Sub x", "there is no function !Fn::Sub; write !Sub"],
    ["!sub x", "there is no function !sub; write !Sub"],
    ["{Fn::Ref: Known}", "there is no function Fn::Ref; write Ref"],
    ["{Fn::findInMap: [a, b, c]}", "there is no function Fn::findInMap; write Fn::FindInMap"],
  ])("reports %s without AWS::LanguageExtensions", (expression, message) => {
    const plain = templateFor(expression, "Parameters: {Known: {Type: String, Default: known}}");
    const deployment = evaluateText(plain);
    expect(summarize(readValue(deployment))).toEqual(invalid);
    expect(deployment.errors.map((error) => error.message)).toEqual([message]);
    // Another transform may do what this one does, but takes no other spelling.
    for (const transform of ["MyMacro", "AWS::Serverless-2016-10-31"]) {
      const transformed = evaluateText(`Transform: ${transform}\n${plain}`);
      readValue(transformed);
      expect(transformed.errors.length > 0).toBe(message.includes("there is no function"));
    }
  });

  it.each([
    ["!Sub {Fn::Sub: x}", true],
    ["{Fn::Sub: !Sub x}", true],
    ["{Fn::Join: !Join ['', [a]]}", true],
    ["{Fn::Join: {Fn::Split: [a, b]}}", true],
    ["!Select {Fn::Split: [',', 'a,b']}", true],
    ["[{a: !If {Fn::If: [IsTrue, a, b]}}]", true],
    ["!Base64 {Fn::Sub: x}", false],
    ["{Fn::Base64: !Sub x}", false],
    ["!Join ['', !Split [',', 'a,b']]", false],
    ["!Select [0, !GetAZs {Ref: AWS::Region}]", false],
    ["{Fn::ImportValue: !Sub x}", false],
    ["!GetAZs {Ref: AWS::Region}", false],
    ["!Sub ['${A}', {A: !Sub x}]", false],
  ])(
    "knows whether %s is accepted, in resources that nobody reads too",
    (expression, isRejected) => {
      const deployment = evaluateText(
        templateFor(expression, "Conditions: {IsTrue: !Equals [a, a]}"),
      );
      expect(deployment.errors.length > 0).toBe(isRejected);
      const [error] = deployment.errors;
      if (isRejected) expect(error?.location?.range.start).toBeGreaterThan(0);
    },
  );

  it.each([
    ["{Fn::And: !And [{Condition: IsTrue}, {Condition: IsTrue}]}", true],
    ["!Not {Fn::Not: [!Equals [a, b]]}", true],
    ["!Equals {Fn::Split: [a, b]}", true],
    ["!Not [!Condition IsTrue]", false],
    ["!Equals [!Select [0, !Split [a, b]], {Fn::Sub: x}]", false],
  ])(
    "knows whether %s is accepted as a condition that nothing asks for",
    (condition, isRejected) => {
      const sections = `Conditions: {IsTrue: !Equals [a, a], Unused: ${condition}}`;
      expect(evaluateText(templateFor("x", sections)).errors.length > 0).toBe(isRejected);
    },
  );

  it("covers every function of the table", () => {
    const text = table.map(({ expression }) => expression).join("\n");
    for (const name of intrinsics.keys()) {
      const shortForm = `!${name.replace("Fn::", "")} `;
      expect([name, text.includes(shortForm) || text.includes(`{${name}:`)]).toEqual([name, true]);
    }
  });
});
