import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateTemplate } from "../../../src/parsers/cloudformation/evaluate-template.js";
import { intrinsics } from "../../../src/parsers/cloudformation/intrinsics/intrinsics.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { SourceFile } from "../../../src/source/source-file.js";
import { evaluateText, readValue, summarize } from "./evaluate-text.js";

const range = { start: 0, end: 1 };
const texts = fc.oneof(
  fc.constantFrom("P", "L", "M", "C", "Web", "Web.Id", "AWS::Region", "AWS::NoValue", "0", "${P}"),
  fc.constantFrom("", "~", "yes", "${!x}", "${Web.Id}${P}", "{{resolve:ssm:x}}", "AWS::Include"),
  fc.string(),
);
const functions = [...intrinsics.keys(), "Fn::Transform", "Fn::ForEach::X", "Fn::Unheard"];
const tags = functions.map((name) => `!${name.replace("Fn::", "")}`);
const keys = fc.oneof(fc.constantFrom(...functions, "DefaultValue", "Name"), texts);

const scalar = fc.record({
  kind: fc.constant("scalar" as const),
  text: texts,
  style: fc.constantFrom("plain" as const, "double-quoted" as const),
  range: fc.constant(range),
});

const { node } = fc.letrec<{ node: DataNode }>((tie) => ({
  node: fc
    .tuple(
      fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        scalar,
        fc.array(tie("node"), { maxLength: 4 }).map(sequence),
        fc.array(fc.tuple(keys, tie("node")), { maxLength: 2 }).map(mapping),
      ),
      fc.option(fc.constantFrom("!", "tag:yaml.org,2002:str", ...tags), { nil: undefined }),
    )
    .map(([untagged, tag]): DataNode => (tag === undefined ? untagged : { ...untagged, tag })),
}));

function sequence(items: readonly DataNode[]): DataNode {
  return { kind: "sequence", items, style: "flow", range };
}

function mapping(entries: readonly (readonly [key: string, value: DataNode])[]): DataNode {
  return {
    kind: "mapping",
    style: "flow",
    range,
    entries: entries.map(([text, value]) => ({
      key: { kind: "scalar", text, style: "plain", range },
      value,
    })),
  };
}

function plain(text: string): DataNode {
  return { kind: "scalar", text, style: "plain", range };
}

/** Half of the sections have the right shape, so that evaluation gets somewhere. */
function oneOrOther(shaped: fc.Arbitrary<DataNode>): fc.Arbitrary<DataNode> {
  return fc.oneof({ weight: 6, arbitrary: shaped }, { weight: 1, arbitrary: node });
}

const parameter = fc
  .tuple(
    fc.constantFrom("String", "CommaDelimitedList", "AWS::SSM::Parameter::Value<String>"),
    node,
  )
  .chain(([type, value]) =>
    fc.constantFrom(
      mapping([["Type", plain(type)]]),
      mapping([
        ["Type", plain(type)],
        ["Default", value],
      ]),
      mapping([
        ["Type", plain(type)],
        ["AllowedValues", value],
      ]),
    ),
  );

const template = fc
  .tuple(
    oneOrOther(
      fc.tuple(parameter, parameter).map(([p, l]) =>
        mapping([
          ["P", p],
          ["L", l],
        ]),
      ),
    ),
    oneOrOther(
      node.map((value) =>
        mapping([
          [
            "M",
            mapping([
              ["P", mapping([["0", value]])],
              ["", mapping([["C", value]])],
            ]),
          ],
        ]),
      ),
    ),
    oneOrOther(
      fc.tuple(node, node).map(([c, p]) =>
        mapping([
          ["C", c],
          ["P", p],
        ]),
      ),
    ),
    oneOrOther(
      fc.tuple(node, node).map(([properties, condition]) =>
        mapping([
          [
            "Web",
            mapping([
              ["Type", plain("AWS::EC2::Instance")],
              ["Condition", condition],
              ["Properties", properties],
            ]),
          ],
        ]),
      ),
    ),
    fc.option(node, { nil: undefined }),
  )
  .map(([parameters, mappings, conditions, resources, transform]) =>
    mapping([
      ["Parameters", parameters],
      ["Mappings", mappings],
      ["Conditions", conditions],
      ["Resources", resources],
      ...(transform === undefined ? [] : [["Transform", transform] as const]),
    ]),
  );

describe("evaluating anything", () => {
  it.each([
    ["a template", template],
    ["any tree", node],
  ])("never throws on %s", (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (root) => {
        const deployment = evaluateTemplate(new SourceFile("/t.yaml", "x"), root);
        const read = (): void => {
          for (const resource of deployment.resources) {
            resource.exists();
            summarize(resource.properties());
          }
        };
        read();
        deployment.scenarios.explore(read);
        const errors = deployment.errors.map(({ message }) => message);
        expect(new Set(errors).size).toBe(errors.length);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** An expression put into itself again and again. */
function nested(depth: number, innermost: unknown, wrap: (inner: unknown) => unknown): unknown {
  let expression = innermost;
  for (let level = 0; level < depth; level += 1) expression = wrap(expression);
  return expression;
}

function evaluateNested(expression: unknown, conditions: unknown = {}): unknown {
  const template = {
    Transform: "AWS::LanguageExtensions",
    Parameters: { P: { Type: "String" }, Size: { Type: "String", AllowedValues: ["a", "b"] } },
    Conditions: conditions,
    Resources: { Web: { Type: "AWS::EC2::Instance", Properties: { Value: expression } } },
  };
  const deployment = evaluateText(JSON.stringify(template));
  const outcomes = deployment.scenarios.explore(() => summarize(readValue(deployment)));
  const results = outcomes.map(({ result }) => result);
  expect(deployment.skipped.length > 0).toBe(JSON.stringify(results).includes("not-supported"));
  return results[0];
}

describe("templates that grow while they are evaluated", () => {
  const tooLong = { unknown: "not-supported a text of more than a million characters" };

  it.each<[name: string, wrap: (inner: unknown) => unknown]>([
    ["Fn::Sub", (inner) => ({ "Fn::Sub": ["${A}${A}", { A: inner }] })],
    ["Fn::Base64", (inner) => ({ "Fn::Base64": inner })],
    ["Fn::ToJsonString", (inner) => ({ "Fn::ToJsonString": [inner] })],
  ])("%s", (_, wrap) => {
    expect(evaluateNested(nested(60, '"', wrap))).toEqual(tooLong);
  });

  it("with the possible values of a parameter", () => {
    const double = (inner: unknown): unknown => ({ "Fn::Sub": ["${A}${A}", { A: inner }] });
    expect(evaluateNested(nested(40, { "Fn::Sub": "x${Size}" }, double))).toEqual({
      unknown: "parameter-without-default Size",
    });
  });

  it("with long chains of conditions", () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => [
      `C${index}`,
      index === 0
        ? { "Fn::Equals": [{ Ref: "P" }, "x"] }
        : { "Fn::Not": [{ Condition: `C${index - 1}` }] },
    ]);
    const conditions: unknown = Object.fromEntries(chain);
    expect(evaluateNested({ "Fn::If": ["C50", 1, 0] }, conditions)).toBe(1);
    expect(evaluateNested({ "Fn::If": ["C19999", 1, 0] }, conditions)).toMatchObject({
      possible: [1, 0],
    });
  });
});
