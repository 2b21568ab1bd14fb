import type { SourceFile } from "../../source/source-file.js";
import type { Block, Body } from "../hcl/syntax-tree.js";
import {
  type Argument,
  type BlockContent,
  type Declaration,
  locate,
  type ProviderConstraint,
} from "./module.js";

/** What stands between the braces of one block of one file. */
export function contentOf(body: Body, file: SourceFile): BlockContent {
  const byName = new Map<string, Argument>();
  for (const { name, value } of body.attributes) {
    if (!byName.has(name.name)) byName.set(name.name, { name, value, file });
  }
  return { arguments: byName, blocks: body.blocks.map((block) => ({ block, file })) };
}

/** The top-level blocks of one file. */
export function readDeclarations(body: Body, file: SourceFile): readonly Declaration[] {
  return body.blocks.map((block) => ({
    ...contentOf(block.body, file),
    type: block.type.name,
    labels: block.labels.map(({ value }) => value),
    header: locate(file, block.header),
    ...names(block, file),
  }));
}

function names(
  { header, labels, type }: Block,
  file: SourceFile,
): Pick<Declaration, "fullName" | "name"> {
  const first = (labels[0] ?? type).range;
  const last = (labels.at(-1) ?? type).range;
  // In JSON syntax the first labels are not the block's alone.
  const start = Math.min(Math.max(first.start, header.start), last.start);
  return {
    fullName: locate(file, { start, end: last.end }),
    name: locate(file, last),
  };
}

/**
 * What `required_providers` says of hashicorp/aws, under whatever local name, and what `provider`
 * blocks of that name say, as was done before Terraform 0.13 and still counts.
 * https://developer.hashicorp.com/terraform/language/providers/requirements
 * https://developer.hashicorp.com/terraform/language/providers/configuration#version-deprecated
 */
export function readAwsProviderConstraints(
  declarations: readonly Declaration[],
): readonly ProviderConstraint[] {
  const required = declarations
    .filter(({ type }) => type === "terraform")
    .flatMap(({ blocks }) => blocks)
    .filter(({ block }) => block.type.name === "required_providers")
    .flatMap(({ block, file }) => [...contentOf(block.body, file).arguments.values()])
    .map(readRequirement);
  const namedOtherwise = new Set(required.map(({ name }) => name));
  const localNames = new Set(required.filter(({ isAws }) => isAws).map(({ name }) => name));
  if (!namedOtherwise.has("aws")) localNames.add("aws");
  const configured = declarations
    .filter(({ type, labels: [name = ""] }) => type === "provider" && localNames.has(name))
    .flatMap(({ arguments: own }) => own.get("version") ?? [])
    .map(({ value, file }) => constraintAt(value, file));
  const ofAws = required.filter(({ isAws }) => isAws).flatMap(({ version }) => version ?? []);
  return [...ofAws, ...configured];
}

interface ProviderRequirement {
  readonly name: string;
  readonly isAws: boolean;
  readonly version: ProviderConstraint | undefined;
}

function readRequirement({ name: { name }, value, file }: Argument): ProviderRequirement {
  // Terraform 0.12 wrote the constraint alone: `aws = "~> 3.0"`.
  const parts = new Map(
    value.kind === "object"
      ? value.items.map((item) => [plainText(item.key), item.value])
      : [["version", value]],
  );
  const source = parts.get("source");
  const address = source === undefined ? `hashicorp/${name}` : plainText(source);
  const isAws = address === "hashicorp/aws" || address?.endsWith("/hashicorp/aws") === true;
  const version = parts.get("version");
  return { name, isAws, version: version && constraintAt(version, file) };
}

function constraintAt(value: Argument["value"], file: SourceFile): ProviderConstraint {
  return { text: plainText(value), location: locate(file, value.range) };
}

/** The text of a string without interpolation, undefined for anything else. */
export function plainText(expression: Argument["value"]): string | undefined {
  if (expression.kind !== "template" || expression.parts.length > 1) return undefined;
  const [part] = expression.parts;
  if (part === undefined) return "";
  return part.kind === "text" ? part.value : undefined;
}
