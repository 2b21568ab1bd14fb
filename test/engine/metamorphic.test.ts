import { describe, expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

/** What must not change: rule, message, when, and whom it is about. */
function substanceOf(texts: Readonly<Record<string, string>>): readonly string[] {
  const { findings, errors } = lintTexts(texts);
  expect(errors).toEqual([]);
  return findings
    .map(({ kind, ruleId, messageId, when, resources }) =>
      JSON.stringify([kind, ruleId, messageId, when, resources.map(({ address }) => address)]),
    )
    .sort();
}

/** The same template with the value of HttpTokens, and what it needs, written in another way. */
function template(tokens: string, sections = ""): Readonly<Record<string, string>> {
  return {
    "/template.yaml": `${sections}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      InstanceType: t3.micro
      MetadataOptions:
        HttpTokens: ${tokens}
        HttpEndpoint: enabled
`,
  };
}

describe.each(["optional", "required", "Optional"])("HttpTokens %s in CloudFormation", (word) => {
  const plain = substanceOf(template(word));

  test.each([
    ["quoted", template(`'${word}'`)],
    [
      "a parameter's default",
      template("!Ref T", `Parameters: {T: {Type: String, Default: ${word}}}`),
    ],
    [
      "the only allowed value",
      template("!Ref T", `Parameters: {T: {Type: String, AllowedValues: [${word}]}}`),
    ],
    ["a mapping", template("!FindInMap [M, a, b]", `Mappings: {M: {a: {b: ${word}}}}`)],
    [
      "a condition that is decided",
      template(`!If [C, ${word}, other]`, "Conditions: {C: !Equals [a, a]}"),
    ],
    ["joined pieces", template(`!Join ["", [${word.slice(0, 3)}, ${word.slice(3)}]]`)],
    ["a substitution", template(`!Sub ["\${A}", {A: ${word}}]`)],
    ["a selection", template(`!Select [1, [other, ${word}]]`)],
    ["a split", template(`!Select [1, !Split [",", "other,${word}"]]`)],
    ["the long form", template(`{"Fn::Sub": "${word}"}`)],
  ])("as %s gives the same findings", (_, texts) => {
    expect(substanceOf(texts)).toEqual(plain);
  });

  test("laid out in another way gives the same findings", () => {
    const [[path, text] = ["", ""]] = Object.entries(template(word));
    expect(substanceOf({ [path]: text.replaceAll("\n", "\r\n") })).toEqual(plain);
    expect(substanceOf({ [path]: text.replaceAll("\n", " # why\n") })).toEqual(plain);
    const reversed = text.replace(/( +HttpTokens.*\n)( +HttpEndpoint.*\n)/, "$2$1");
    expect(substanceOf({ [path]: reversed })).toEqual(plain);
  });
});

test("both branches of a condition are two places to change", () => {
  const sections = "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}";
  const found = substanceOf(template("!If [C, optional, optional]", sections));
  expect(found).toEqual(
    ["false", "true"].map((holds) =>
      JSON.stringify(["fail", "require-imdsv2", "optional", `condition C is ${holds}`, ["Web"]]),
    ),
  );
});
