import { evaluateTemplate } from "../src/parsers/cloudformation/evaluate-template.js";
import { intrinsics } from "../src/parsers/cloudformation/intrinsics/intrinsics.js";
import { ruleFunctions } from "../src/parsers/cloudformation/template-rules.js";
import type { EvaluatedDeployment } from "../src/parsers/resource.js";
import { parseYaml } from "../src/parsers/yaml/parse-yaml.js";
import { SourceFile } from "../src/source/source-file.js";
import type { Evaluated } from "../src/values/evaluated.js";

const reference =
  "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference";

/** What examples refer to. */
const surroundings = `
Parameters:
  Env: {Type: String, Default: prod}
  Stage: {Type: String, AllowedValues: [dev, prod]}
Mappings:
  Sizes: {prod: {Type: m7i.large}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
`;

/** An example of each function, and the end of its page's address. */
const examples: Readonly<Record<string, readonly [page: string, ...examples: string[]]>> = {
  Ref: ["-ref", "!Ref Env", "!Ref Stage", "!Ref AWS::Region"],
  "Fn::Base64": ["-base64", "!Base64 abc"],
  "Fn::Cidr": ["-cidr", "!Cidr [10.0.0.0/16, 2, 8]"],
  "Fn::FindInMap": [
    "-findinmap",
    "!FindInMap [Sizes, !Ref Env, Type]",
    "!FindInMap [Sizes, dev, Type, DefaultValue: t3.nano]",
  ],
  "Fn::GetAtt": ["-getatt", "!GetAtt Web.PrivateIp"],
  "Fn::GetAZs": ["-getavailabilityzones", '!GetAZs ""'],
  "Fn::GetStackOutput": ["-getstackoutput", "!GetStackOutput {StackName: net, OutputName: Vpc}"],
  "Fn::If": [
    "-conditions",
    "!If [IsProd, required, optional]",
    "!If [IsProd, !Ref AWS::NoValue, a]",
  ],
  "Fn::ImportValue": ["-importvalue", "!ImportValue net-Vpc"],
  "Fn::Join": ["-join", "!Join ['-', [web, !Ref Env]]", "!Join ['-', [web, !Ref Stage]]"],
  "Fn::Length": ["-length", "!Length [a, b]"],
  "Fn::Select": ["-select", "!Select [1, [a, b]]", "!Select [0, !GetAZs '']"],
  "Fn::Split": ["-split", "!Split ['-', a-b]"],
  "Fn::Sub": ["-sub", "!Sub web-${Env}", "!Sub ['${A}-${!B}', {A: !Ref Env}]"],
  "Fn::ToJsonString": ["-ToJsonString", "!ToJsonString {a: !Ref Env}"],
  "Fn::Transform": ["-transform", "!Transform {Name: Macro}"],
};

const conditionFunctions = ["Condition", "Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"];

/** The table of functions that may stand in properties: each with what examples come to. */
export function generateIntrinsicTable(): string {
  const missing = [...intrinsics.keys()].filter(
    (name) => examples[name] === undefined && !conditionFunctions.includes(name),
  );
  if (missing.length > 0) throw new Error(`no example of ${missing.join(", ")}`);
  const rows = Object.entries(examples).flatMap(([name, [page, ...expressions]]) =>
    expressions.map((expression, index) => {
      const shown = index === 0 ? `[\`${name}\`](${reference}${page}.html)` : "";
      return `| ${shown} | \`${expression}\` | ${resultOf(expression)} |`;
    }),
  );
  return `| Function | Example | Comes to |\n| --- | --- | --- |\n${rows.join("\n")}`;
}

/** The functions of conditions and of rules, as a list. */
export function generateConditionLists(): string {
  const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
  return `- In \`Conditions\`: ${list(conditionFunctions)}\n- In \`Rules\`: ${list(ruleFunctions)}`;
}

/** The table of transforms: what is said about each. */
export function generateTransformTable(): string {
  const names = [
    "AWS::LanguageExtensions",
    "AWS::Serverless-2016-10-31",
    "AWS::SecretsManager-2020-07-23",
    "AWS::SecretsManager-2024-09-16",
    "AWS::CodeDeployBlueGreen",
    "AWS::CodeStar",
    "AWS::ServiceCatalog",
    "AWS::Include",
    "MyMacro",
  ];
  const rows = names.map((name) => {
    const { skipped, value } = evaluate("a", `Transform: ["${name}"]\n`);
    const said = skipped.map(({ message }) => message).join(", ");
    const read = value.state === "known" ? "the template is read as it is written" : "unknown";
    return `| \`${name}\` | ${read}${said === "" ? "" : `; listed as not looked at: ${said}`} |`;
  });
  return `| Transform | What becomes of it |\n| --- | --- |\n${rows.join("\n")}`;
}

function resultOf(expression: string): string {
  const { value } = evaluate(expression, 'Transform: "AWS::LanguageExtensions"\n');
  return describe(value);
}

function evaluate(
  expression: string,
  head: string,
): Pick<EvaluatedDeployment, "skipped"> & { readonly value: Evaluated } {
  const resource = `  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      Value:\n        - ${expression}\n`;
  const text = `${head}${surroundings}Resources:\n${resource}`;
  const [root] = parseYaml(text).documents;
  if (root === undefined) throw new Error(`cannot read ${expression}`);
  const deployment = evaluateTemplate(new SourceFile("/template.yaml", text), root);
  const properties = deployment.resources[0]?.properties();
  const list = properties?.state === "map" ? properties.entries.get("Value")?.value : undefined;
  if (list === undefined) throw new Error(`no value of ${expression}`);
  if (list.state !== "list") return { value: list, skipped: deployment.skipped };
  const [value = { state: "unset", origin: list.origin } as const] = list.items;
  return { value, skipped: deployment.skipped };
}

function describe(value: Evaluated): string {
  switch (value.state) {
    case "known":
      return `\`${String(value.value)}\``;
    case "unset":
      return "nothing";
    case "list":
      return `a list: ${value.items.map(describe).join(", ")}`;
    case "map":
      return "a mapping";
    case "unknown": {
      if (value.possible !== undefined) {
        return value.possible.map((possible) => `\`${String(possible)}\``).join(" or ");
      }
      switch (value.reason.kind) {
        case "not-supported":
          return "not evaluated, and listed in the summary";
        case "invalid":
          throw new Error("an example is invalid");
        default:
          return "open until deployment";
      }
    }
  }
}
