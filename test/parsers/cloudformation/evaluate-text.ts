import {
  evaluateTemplate,
  type TemplateOptions,
} from "../../../src/parsers/cloudformation/evaluate-template.js";
import { parseJson } from "../../../src/parsers/json/parse-json.js";
import type { EvaluatedDeployment } from "../../../src/parsers/resource.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import { SourceFile } from "../../../src/source/source-file.js";
import type { Location } from "../../../src/source/text-range.js";
import type { Evaluated } from "../../../src/values/evaluated.js";
import { originChain } from "../../../src/values/origin.js";
import type { Outcome } from "../../../src/values/scenarios.js";

const PATH = "/template.yaml";

/** Evaluates a template that must be well formed, in YAML or JSON. */
export function evaluateText(text: string, options?: TemplateOptions): EvaluatedDeployment {
  return evaluateTemplate(new SourceFile(PATH, text), parse(text), options);
}

/** The tree of a well-formed text. */
export function parse(text: string): DataNode {
  const isJson = text.trimStart().startsWith("{");
  const { errors, root } = isJson ? parseJson(text) : firstDocument(text);
  if (root === undefined || errors.length > 0) throw new Error(JSON.stringify(errors));
  return root;
}

function firstDocument(text: string): Partial<ReturnType<typeof parseJson>> & {
  readonly errors: readonly unknown[];
} {
  const { documents, errors } = parseYaml(text);
  const [root] = documents;
  return root === undefined ? { errors } : { root, errors };
}

/** A template in which `Value` of the only resource is the expression, after further sections. */
export function templateFor(expression: string, sections = ""): string {
  return `${sections}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      Value: ${expression}
  Other:
    Type: AWS::EC2::LaunchTemplate
`;
}

/** The property `Value` of the resource `Web`, in the scenario of the moment. */
export function readValue(deployment: EvaluatedDeployment): Evaluated {
  const properties = deployment.resources.find(({ address }) => address === "Web")?.properties();
  const value = properties?.state === "map" ? properties.entries.get("Value")?.value : properties;
  if (value === undefined) throw new Error("the template has no Web with Value");
  return value;
}

/** What can be told of a value apart from where it stands, in a form that is easy to compare. */
export function summarize(value: Evaluated): unknown {
  switch (value.state) {
    case "known":
      return value.value;
    case "unset":
      return { unset: true };
    case "list":
      return value.items.map(summarize);
    case "map":
      return Object.fromEntries(
        [...value.entries].map(([name, entry]) => [name, summarize(entry.value)]),
      );
    case "unknown": {
      const { reason, possible, link, subject } = value;
      const what = Object.values(reason).slice(1);
      return {
        unknown: [reason.kind, ...what].join(" "),
        ...(possible === undefined ? {} : { possible }),
        ...(link === undefined ? {} : { link: `${link.address} ${link.attribute}` }),
        ...(subject === undefined ? {} : { subject: subject.label }),
      };
    }
  }
}

/** One line per scenario: its decisions, then what `read` came to. */
export function summarizeScenarios(
  deployment: EvaluatedDeployment,
  read: () => unknown = () => summarize(readValue(deployment)),
): readonly string[] {
  return deployment.scenarios.explore(read).map(summarizeOutcome);
}

function summarizeOutcome({ decisions, result }: Outcome<unknown>): string {
  const when = decisions.map(({ text }) => text).join(", ");
  return `${when === "" ? "always" : when}: ${JSON.stringify(result)}`;
}

/** The value's chain of places, as `step name: text`. */
export function summarizeChain(value: Evaluated, text: string): readonly string[] {
  return originChain(value.origin).map(({ step, name, location }) => {
    const label = name === undefined ? step : `${step} ${name}`;
    return `${label}: ${textAt(location, text)}`;
  });
}

/** The text that stands at a location. */
export function textAt({ range }: Location, text: string): string {
  return text.slice(range.start, range.end);
}
