import type { Construct } from "../../model/construct.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import { entryOf, type MappingNode } from "../yaml/syntax-tree.js";
import type { TracedPlace } from "./cloud-assembly.js";
import { plainText } from "./intrinsic-call.js";
import type { TemplateFiles } from "./template-files.js";

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
  const place = traced?.place;
  const file = place === undefined ? undefined : files?.source(place.path);
  const location = file && place ? locate(place, file) : undefined;
  return file === undefined || location === undefined
    ? { construct: { path } }
    : { construct: { path, location }, file };
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
