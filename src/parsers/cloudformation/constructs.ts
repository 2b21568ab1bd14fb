import type { Construct } from "../../model/construct.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import {
  type DataNode,
  entryOf,
  type MappingEntry,
  type MappingNode,
} from "../yaml/syntax-tree.js";
import type { TracedPlace } from "./cloud-assembly.js";
import { plainText } from "./intrinsic-call.js";
import type { ParsedTemplate, TemplateFiles } from "./template-files.js";

/** The construct that a resource comes from, and the source file that creates it. */
export interface FoundConstruct {
  readonly construct: Construct;
  readonly file?: SourceFile;
}

/**
 * The construct of the CDK that a resource was synthesised from: by its own metadata, or by those of
 * the assembly that the template lies in, which may also say where the app creates it.
 * https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html
 */
export function findConstruct(
  logicalId: string,
  declaration: MappingNode,
  templatePath: string,
  files: TemplateFiles | undefined,
): FoundConstruct | undefined {
  const traced = files?.assemblyOf(templatePath)?.constructOf(templatePath, logicalId);
  const path = traced?.path ?? writtenPath(declaration);
  if (path === undefined) return undefined;
  const created = files && traced ? findCreation(traced.calls, files) : undefined;
  if (created === undefined) return { construct: { path } };
  const { file, location } = created;
  return { construct: { path, location }, file };
}

/** What a constructor only hands on to that of its base class, its caller decides. */
const handsOn = /^super\([\w$\s.,]*\)/;

/** The innermost call, unless that only hands on what the one around it gives. */
function findCreation(
  calls: readonly TracedPlace[],
  files: TemplateFiles,
): { readonly file: SourceFile; readonly location: Location } | undefined {
  const [call, ...outer] = calls;
  const file = call === undefined ? undefined : files.source(call.path);
  const location = file && call ? locate(call, file) : undefined;
  if (file === undefined || location === undefined) return undefined;
  const { start, end } = location.range;
  const around = handsOn.test(file.text.slice(start, end)) ? findCreation(outer, files) : undefined;
  return around ?? { file, location };
}

/**
 * As `findConstruct`, for whatever stands at an offset of a template of an assembly: a resource, a
 * parameter, a mapping.
 */
export function findConstructAt(
  offset: number,
  { file, root }: ParsedTemplate,
  files: TemplateFiles | undefined,
): FoundConstruct | undefined {
  if (files?.assemblyOf(file.path) === undefined) return undefined;
  const section = entryAt(root, offset)?.value;
  const entry = section === undefined ? undefined : entryAt(section, offset);
  return entry?.value.kind === "mapping"
    ? findConstruct(entry.key.text, entry.value, file.path, files)
    : undefined;
}

function entryAt(node: DataNode, offset: number): MappingEntry | undefined {
  if (node.kind !== "mapping") return undefined;
  return node.entries.find(
    ({ key, value }) => key.range.start <= offset && offset < value.range.end,
  );
}

function writtenPath(declaration: MappingNode): string | undefined {
  const metadata = entryOf(declaration, "Metadata")?.value;
  const node = metadata?.kind === "mapping" ? entryOf(metadata, "aws:cdk:path")?.value : undefined;
  return node === undefined ? undefined : plainText(node);
}

/** From the traced column to the end of its line; undefined where the file has no such place, being another one. */
function locate({ line, column }: TracedPlace, file: SourceFile): Location | undefined {
  const text = file.lineText(line - 1);
  const start = column === undefined ? text.length - text.trimStart().length : column - 1;
  const written = text.slice(start).trimEnd();
  if (written === "") return undefined;
  const offset = file.offset({ line: line - 1, column: start });
  return { path: file.path, range: { start: offset, end: offset + written.length } };
}
