import { describe, expect, it } from "vitest";
import { evaluateText, parse, summarize, summarizeScenarios, textAt } from "./evaluate-text.js";
import { evaluateTemplate } from "../../../src/parsers/cloudformation/evaluate-template.js";
import { SourceFile } from "../../../src/source/source-file.js";

describe("the resources of a template", () => {
  const text = `
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x], Never: !Equals [a, b]}
Resources:
  Web:
    Type: AWS::EC2::Instance
    DependsOn: Other
    Metadata: {A: !Unheard x}
    Properties: {A: 1}
  Maybe: {Type: AWS::EC2::Instance, Condition: C}
  Never: {Type: "AWS::EC2::Instance", Condition: Never}
  Function: {Type: AWS::Serverless::Function, Properties: ~}
  Custom: {Type: Custom::Thing, Properties: !Transform {Name: M}}
  Included: {Type: AWS::EC2::Instance, Properties: {A: 1}, Fn::Transform: {Name: M}}
`;

  it("are given with their names, types and places", () => {
    const { dialect, resources } = evaluateText(text);
    expect(dialect).toBe("cloudformation");
    expect(
      resources.map((resource) => [
        resource.address,
        resource.type,
        textAt(resource.location, text),
        resource.exists(),
      ]),
    ).toEqual([
      ["Web", "AWS::EC2::Instance", "Web", "yes"],
      ["Maybe", "AWS::EC2::Instance", "Maybe", "unknown"],
      ["Never", "AWS::EC2::Instance", "Never", "no"],
      ["Function", "AWS::Serverless::Function", "Function", "yes"],
      ["Custom", "Custom::Thing", "Custom", "yes"],
      ["Included", "AWS::EC2::Instance", "Included", "yes"],
    ]);
  });

  it("exist as their condition says in each scenario", () => {
    const deployment = evaluateText(text);
    const maybe = deployment.resources.find(({ address }) => address === "Maybe");
    expect(summarizeScenarios(deployment, () => maybe?.exists())).toEqual([
      'parameter P is x, condition C is true: "yes"',
      'parameter P is not x, condition C is false: "no"',
    ]);
  });

  it("have a map of properties even if none are written", () => {
    const { resources } = evaluateText(text);
    const properties = resources.map((resource) => resource.properties());
    expect(properties.map(summarize)).toEqual([
      { A: 1 },
      {},
      {},
      {},
      { unknown: "not-supported Fn::Transform" },
      { unknown: "not-supported Fn::Transform" },
    ]);
    expect(properties.map(({ origin }) => textAt(origin.location, text))).toEqual([
      "{A: 1}",
      "Maybe",
      "Never",
      "Function",
      "!Transform {Name: M}",
      "Included",
    ]);
  });

  it("say nothing of what is never read", () => {
    const deployment = evaluateText(text);
    expect(deployment.skipped).toEqual([]);
    expect(deployment.errors).toEqual([]);
  });
});

describe("the places of values", () => {
  it("are exact for every entry, item and scalar", () => {
    const text = `
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      Options: {HttpTokens: "optional", Nothing: !Ref AWS::NoValue}
      List:
        - first
        - !If [C, second, third]
Conditions: {C: !Equals [a, b]}
`;
    const [web] = evaluateText(text).resources;
    const properties = web?.properties();
    if (properties?.state !== "map") throw new Error("no properties");
    const options = properties.entries.get("Options");
    const list = properties.entries.get("List")?.value;
    if (options?.value.state !== "map" || list?.state !== "list") throw new Error("no values");

    const at = ({ origin }: { readonly origin: typeof list.origin }): string =>
      textAt(origin.location, text);
    expect(textAt(options.key, text)).toBe("Options");
    expect(at(options.value)).toBe('{HttpTokens: "optional", Nothing: !Ref AWS::NoValue}');
    const entries = [...options.value.entries.values()];
    expect(entries.map(({ key, value }) => [textAt(key, text), at(value)])).toEqual([
      ["HttpTokens", '"optional"'],
      ["Nothing", "!Ref AWS::NoValue"],
    ]);
    expect(list.items.map(at)).toEqual(["first", "third"]);
  });
});

describe("malformed templates", () => {
  it.each<[text: string, message: string, place: string]>([
    ["- a\n", "a template must be a mapping", "- a"],
    ["Parameters: {}\n", "the template has no Resources", "Parameters: {}"],
    ["Resources: [a]\n", "Resources must be a mapping", "Resources"],
    ["Parameters: text\nResources: {}\n", "Parameters must be a mapping", "Parameters"],
    ["Conditions: []\nResources: {}\n", "Conditions must be a mapping", "Conditions"],
    ["Mappings: []\nResources: {}\n", "Mappings must be a mapping", "Mappings"],
    ["Resources: {A: text}\n", "resource A must be a mapping", "A"],
    ["Resources: {A: {Properties: {}}}\n", "resource A has no Type", "A"],
    ["Resources: {A: {Type: [x]}}\n", "Type of A must be a string", "[x]"],
  ])("%s", (text, message, place) => {
    const { errors, resources } = evaluateText(text);
    expect(resources).toEqual([]);
    expect(errors).toMatchObject([{ code: "invalid-structure", path: "/template.yaml", message }]);
    const location = errors[0]?.location;
    expect(location === undefined ? undefined : textAt(location, text).trim()).toBe(place);
  });

  it("reports what is wrong within a resource when it is read", () => {
    const text = `
Resources:
  A: {Type: AWS::EC2::Instance, Properties: [x], Condition: [C]}
  B: {Type: AWS::EC2::Instance, Condition: D}
`;
    const { errors, resources } = evaluateText(text);
    expect(errors).toEqual([]);
    expect(resources.map((resource) => resource.exists())).toEqual(["unknown", "unknown"]);
    expect(resources.map((resource) => resource.properties().state)).toEqual(["unknown", "map"]);
    expect(errors.map(({ message }) => message)).toEqual([
      "Condition must be the name of a condition",
      "there is no condition D",
      "Properties of A must be a mapping",
    ]);
  });

  it("keeps the first of resources with the same logical ID", () => {
    const text = "Resources:\n  A: {Type: X}\n  A: {Type: Y}\n";
    const root = parse(text.replace("  A: {Type: Y}\n", ""));
    if (root.kind !== "mapping" || root.entries[0]?.value.kind !== "mapping") throw new Error();
    const { entries } = root.entries[0].value;
    const doubled = { ...root.entries[0].value, entries: [...entries, ...entries] };
    const tree = { ...root, entries: [{ ...root.entries[0], value: doubled }] };
    expect(evaluateTemplate(new SourceFile("/t.yaml", text), tree).resources).toHaveLength(1);
  });
});

describe("what is not evaluated", () => {
  it.each<[text: string, message: string]>([
    [
      "Resources: {'Fn::ForEach::Topics': [N, [a], {}]}\n",
      "the resources that Fn::ForEach::Topics makes",
    ],
    ["Resources: {'Fn::Transform': {Name: M}}\n", "the resources that Fn::Transform makes"],
    [
      "Resources: {A: {Type: !Rain::Module ./x.yaml}}\n",
      "resource A, whose Type is !Rain::Module ./x.yaml",
    ],
    ["Resources: {A: {'Fn::Transform': {Name: M}}}\n", "resource A, which Fn::Transform makes"],
    ["Resources: {A: !Transform {Name: M}}\n", "resource A, which Fn::Transform makes"],
    ["Transform: Mine\nResources: {}\n", "what the macro Mine changes"],
    ["Transform: [AWS::LanguageExtensions, Mine]\nResources: {}\n", "what the macro Mine changes"],
    ["Transform: {Name: AWS::Include}\nResources: {}\n", "what the macro AWS::Include changes"],
  ])("%s", (text, message) => {
    const { errors, resources, skipped } = evaluateText(text);
    expect(resources).toEqual([]);
    expect(errors).toEqual([]);
    expect(skipped).toMatchObject([{ kind: "not-supported", message }]);
  });

  it.each(["AWS::Serverless-2016-10-31", "[AWS::LanguageExtensions]", "~", "[[x]]"])(
    "is not listed for Transform: %s",
    (transform) => {
      expect(evaluateText(`Transform: ${transform}\nResources: {}\n`).skipped).toEqual([]);
    },
  );

  it("may exist after all in a template that is transformed", () => {
    const read = (sections: string): readonly unknown[] => {
      const { errors, resources } = evaluateText(
        `${sections}\nResources: {A: {Type: X, Properties: {R: !Ref Made, G: !GetAtt Made.Arn, I: !If [Made, a, b]}}}\n`,
      );
      const properties = resources.map((resource) => summarize(resource.properties()));
      return [...properties, errors.length];
    };
    expect(read("")).toEqual([
      {
        R: { unknown: "not-available parameter or resource Made" },
        G: { unknown: "not-available resource Made" },
        I: { unknown: "invalid", possible: ["a", "b"] },
      },
      1,
    ]);
    expect(read("Transform: AWS::Serverless-2016-10-31")).toEqual([
      {
        R: { unknown: "decided-at-deployment !Ref Made" },
        G: { unknown: "decided-at-deployment !GetAtt Made.Arn" },
        I: { unknown: "not-available condition Made", possible: ["a", "b"] },
      },
      0,
    ]);
  });
});
