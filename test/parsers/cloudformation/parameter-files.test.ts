import { describe, expect, it } from "vitest";
import { readArgument } from "../../../src/parsers/cloudformation/parameter-files/key-value-pairs.js";
import { readParameterFile } from "../../../src/parsers/cloudformation/parameter-files/read-parameter-file.js";
import type { GivenParameter } from "../../../src/parsers/cloudformation/parameters.js";
import { SourceFile } from "../../../src/source/source-file.js";

/** Names with values, and what stands at the place that a finding would name. */
function read(text: string, path = "/parameters.json"): unknown {
  const { sets, errors } = readParameterFile(new SourceFile(path, text));
  const described = sets.map(({ name, region, values }) => ({
    ...(name === undefined ? {} : { name }),
    ...(region === undefined ? {} : { region }),
    ...Object.fromEntries([...values].map(([key, given]) => [key, describeGiven(given, text)])),
  }));
  return errors.length === 0 ? described : { errors: errors.map((error) => error.message) };
}

function describeGiven(given: GivenParameter, text: string): unknown {
  if (given.kind === "any" || given.location === undefined) return given;
  const { start, end } = given.location.range;
  const place = text.slice(start, end);
  return given.kind === "previous" ? { previous: place } : [given.text, place];
}

describe("a file of parameters", () => {
  it.each<[form: string, text: string]>([
    ["create-stack", '[{"ParameterKey":"A","ParameterValue":"x"}]'],
    ["create-stack --cli-input-json", '{"Parameters":[{"ParameterKey":"A","ParameterValue":"x"}]}'],
    ["CodePipeline", '{"Parameters":{"A":"x"},"Tags":{"B":"y"},"StackPolicy":{}}'],
    ["a mapping", '{"A":"x"}'],
  ])("is read as JSON: %s", (_, text) => {
    expect(read(text)).toEqual([{ A: ["x", '"x"'] }]);
  });

  it.each<[text: string, values: unknown]>([
    ["- ParameterKey: A\n  ParameterValue: x\n", { A: ["x", "x"] }],
    ["Parameters:\n  A: x\nTags: {T: t}\n", { A: ["x", "x"] }],
    ["A: x\nB: yes\nC: 2\n", { A: ["x", "x"], B: ["true", "yes"], C: ["2", "2"] }],
    ["A: [x, y]\n", { A: ["x,y", "[x, y]"] }],
    ["- A=x=y\n- B=\n", { A: ["x=y", "A=x=y"], B: ["", "B="] }],
  ])("is read as YAML: %j", (text, values) => {
    expect(read(text, "/parameters.yaml")).toEqual([values]);
  });

  it("is read as lines behind comments of any width", () => {
    const banner = "#".repeat(200);
    expect(read(`${banner}\nA=x\n`, "/parameters.env")).toEqual([{ A: ["x", "x"] }]);
    expect(read(`${banner}\nA: x\n`, "/parameters.yaml")).toEqual([{ A: ["x", "x"] }]);
  });

  it("may keep the value that the stack has", () => {
    expect(read('[{"ParameterKey":"A","UsePreviousValue":true}]')).toEqual([
      { A: { previous: '"UsePreviousValue":true' } },
    ]);
    const text = '[{"ParameterKey":"A","UsePreviousValue":false,"ParameterValue":"x"}]';
    expect(read(text)).toEqual([{ A: ["x", '"x"'] }]);
  });

  it.each<[text: string, values: unknown]>([
    ["A=x B=y", { A: ["x", "x"], B: ["y", "y"] }],
    ["# for tests\nA=x\n\nB='y z'\n", { A: ["x", "x"], B: ["y z", "'y z'"] }],
    ['A="a \\"b\\" c"\nB=', { A: ['a "b" c', '"a \\"b\\" c"'], B: ["", ""] }],
    ["ParameterKey=A,ParameterValue=x", { A: ["x", "x"] }],
  ])("is read as lines: %j", (text, values) => {
    expect(read(text, "/dev.properties")).toEqual([values]);
  });

  it("has a set for each environment of the SAM CLI", () => {
    const toml = [
      "version = 0.1",
      "[default.build.parameters]",
      "cached = true",
      "[default.deploy.parameters]",
      'region = "eu-west-1"',
      'parameter_overrides = "A=\\"x y\\" B=z"',
      "[prod.global.parameters]",
      'parameter_overrides = ["A=p", "ParameterKey=B,ParameterValue=q"]',
      "[prod.deploy.parameters]",
      'stack_name = "A=no"',
      "[bare.deploy.parameters]",
      'parameter_overrides = { A = "t" }',
    ].join("\n");
    expect(read(toml, "/samconfig.toml")).toEqual([
      { name: "default", region: "eu-west-1", A: ["x y", '\\"x y\\"'], B: ["z", "z"] },
      { name: "prod", A: ["p", "p"], B: ["q", "q"] },
      { name: "bare", A: ["t", '"t"'] },
    ]);
  });

  it("is the SAM CLI's in YAML too", () => {
    const yaml = [
      "version: 0.1",
      "default:",
      "  deploy:",
      "    parameters:",
      "      parameter_overrides: A=x B=y",
      "prod:",
      "  deploy:",
      "    parameters:",
      "      parameter_overrides: [A=z]",
    ].join("\n");
    expect(read(yaml, "/samconfig.yaml")).toEqual([
      { name: "default", A: ["x", "x"], B: ["y", "y"] },
      { name: "prod", A: ["z", "z"] },
    ]);
  });

  it.each<[text: string, path: string, message: string]>([
    ["", "/a.json", "there are no parameters in this file"],
    ["3", "/a.json", "parameters are a mapping of names to values, or a list"],
    ["[3]", "/a.json", "an item is a mapping with ParameterKey and ParameterValue"],
    ['[{"ParameterKey":"A"}]', "/a.json", "parameter A has no ParameterValue"],
    ['{"A":{"B":"c"}}', "/a.json", "the value of parameter A must be a string"],
    ['{"A":null}', "/a.json", "the value of parameter A must be a string"],
    ["A=x y", "/a.txt", "a parameter is written Name=Value"],
    ["a = ", "/a.toml", "invalid value"],
    ["[a]\nb = 1", "/a.toml", "no environment in this file has parameter_overrides"],
    [
      '[a.deploy.parameters]\nparameter_overrides = "x"',
      "/a.toml",
      "parameter_overrides of a must be Name=Value pairs",
    ],
  ])("says what is wrong with %j", (text, path, message) => {
    expect(read(text, path)).toEqual({ errors: [message] });
  });

  it("is told from a value on the command line", () => {
    expect(readArgument("A=x y=z")).toEqual({ name: "A", value: "x y=z" });
    expect(readArgument("ParameterKey=A,ParameterValue=x,y")).toEqual({ name: "A", value: "x,y" });
    expect(readArgument("./A=x")).toBeUndefined();
    expect(readArgument("file://dev.json")).toBeUndefined();
  });
});
