import { dirname, resolve } from "pathe";
import { type DataNode, entryOf, type MappingNode } from "../yaml/syntax-tree.js";
import { abbreviate, expressionText } from "./expression-text.js";
import { plainText } from "./intrinsic-call.js";
import type { ParsedTemplate, TemplateFiles } from "./template-files.js";

/** The template that a resource deploys as a stack of its own. */
export type StackTemplate =
  /** `path` is absolute, `what` as written. */
  | {
      readonly kind: "file";
      readonly path: string;
      readonly what: string;
      readonly place: DataNode;
    }
  | { readonly kind: "text"; readonly text: DataNode }
  /** A path that nobody turns into an address, since it is written in an included file. */
  | { readonly kind: "not-packaged"; readonly what: string; readonly place: DataNode }
  /** Not among the files at hand. `what` is how it is written. */
  | { readonly kind: "elsewhere"; readonly what: string; readonly place: DataNode };

/** The property that names the template, by type of resource. */
const locationProperties: ReadonlyMap<string, string> = new Map([
  ["AWS::CloudFormation::Stack", "TemplateURL"],
  ["AWS::CloudFormation::StackSet", "TemplateURL"],
  ["AWS::Serverless::Application", "Location"],
]);

/** The marks of a text that may nest stacks, for a quick look. */
const nestingType = /AWS::(?:CloudFormation::Stack(?:Set)?|Serverless::Application)(?![\w:])/;

/** Whether a template may nest others, by a quick look at its text. */
export function mayNestStacks(text: string): boolean {
  return nestingType.test(text);
}

/**
 * The template that a resource of a template deploys, or undefined for a resource that deploys none. A
 * path is relative to the template it is written in, as `aws cloudformation package` and `sam` take it.
 * Nobody packages a template that is no file, and what a template includes is uploaded as it is:
 * https://github.com/aws/aws-cli/blob/v2/awscli/customizations/cloudformation/artifact_exporter.py
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */
export function stackTemplateOf(
  logicalId: string,
  declaration: MappingNode,
  { file, toLocation }: ParsedTemplate,
  files: TemplateFiles | undefined,
): StackTemplate | undefined {
  const templatePath = toLocation === undefined ? file.path : undefined;
  const typeNode = entryOf(declaration, "Type")?.value;
  const type = typeNode === undefined ? undefined : plainText(typeNode);
  const property = type === undefined ? undefined : locationProperties.get(type);
  const properties = entryOf(declaration, "Properties")?.value;
  if (property === undefined || properties?.kind !== "mapping") return undefined;
  const place = entryOf(properties, property)?.value;
  if (place === undefined) {
    const text =
      type === "AWS::CloudFormation::StackSet"
        ? entryOf(properties, "TemplateBody")?.value
        : undefined;
    return text === undefined ? undefined : { kind: "text", text };
  }
  const written =
    assetPath(declaration, property) ??
    plainText(place) ??
    (templatePath === undefined ? undefined : assemblyPath(logicalId, place, templatePath, files));
  const isAddress = written === undefined || /^[a-z][a-z\d+.-]+:\/\//i.test(written);
  if (isAddress || templatePath === undefined) {
    const what = written ?? abbreviate(expressionText(place));
    return { kind: "elsewhere", what, place };
  }
  const isIncluded = place.range.start > file.text.length;
  if (isIncluded) return { kind: "not-packaged", what: written, place };
  return { kind: "file", path: resolve(dirname(templatePath), written), what: written, place };
}

/**
 * Where the CDK and `sam build` have put the file that is uploaded: they write it beside the property
 * that will hold the address.
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/cx-api/lib/assets.ts
 */
function assetPath(declaration: MappingNode, property: string): string | undefined {
  const metadata = entryOf(declaration, "Metadata")?.value;
  if (metadata?.kind !== "mapping") return undefined;
  const read = (key: string) => {
    const node = entryOf(metadata, key)?.value;
    return node === undefined ? undefined : plainText(node);
  };
  return read("aws:asset:property") === property ? read("aws:asset:path") : undefined;
}

/**
 * Within an assembly of the CDK, constructs say which template is theirs, and the address ends with the
 * hash under which the file is uploaded.
 */
function assemblyPath(
  logicalId: string,
  place: DataNode,
  templatePath: string,
  files: TemplateFiles | undefined,
): string | undefined {
  const assembly = files?.assemblyOf(templatePath);
  if (assembly === undefined) return undefined;
  const [, hash] = /\b([\da-f]{64})\.json\b/.exec(expressionText(place)) ?? [];
  return (
    assembly.nestedTemplateOf(templatePath, logicalId) ??
    (hash === undefined ? undefined : assembly.assetPath(hash))
  );
}
