import { dirname } from "pathe";
import type { EvaluatedDeployment, Resource } from "../parsers/resource.js";
import { policyFileTypes } from "../parsers/resources/policy-kinds.js";
import type { FileSystem } from "../source/file-system.js";
import { SourceFile } from "../source/source-file.js";
import type { Evaluated, EvaluatedMap } from "../values/evaluated.js";
import type { Origin } from "../values/origin.js";
import { Scenarios } from "../values/scenarios.js";
import { known } from "../values/value.js";

/** What documents say that the rules on policies have to do with. */
const SUBJECT =
  /\bec2:(?:Metadata\w|RoleDelivery\b|Attribute\/Http\w)|\bModifyInstanceMetadata|"instance_metadata_defaults"/i;

/** Whether a file is a policy document on instance metadata by itself, by a quick look and without parsing. */
export function isPolicyFile(path: string, text: string): boolean {
  if (!/\.json$/i.test(path)) return false;
  if (!text.includes('"Statement"') && !text.includes('"ec2_attributes"')) return false;
  return SUBJECT.test(text);
}

/**
 * Files that are a policy document each, as one deployment, since they may be attached to the same; undefined
 * where there is none. Those of the same directories that nobody asked for count with them. What `isRead`
 * is left out: it is judged where it is attached.
 */
export function policiesIn(
  files: readonly SourceFile[],
  fileSystem: FileSystem,
  isRead: (path: string) => boolean,
): EvaluatedDeployment | undefined {
  if (files.every(({ path }) => isRead(path))) return undefined;
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const directory of new Set(files.map(({ path }) => dirname(path)))) {
    for (const file of policiesOf(directory, fileSystem)) {
      if (!byPath.has(file.path)) byPath.set(file.path, file);
    }
  }
  const own = [...byPath].filter(([path]) => !isRead(path));
  return {
    dialect: "cloudformation",
    files: new Map(own),
    scenarios: new Scenarios(),
    resources: own.map(([, file]) => resourceOf(file)),
    errors: [],
    skipped: [],
  };
}

function policiesOf(directory: string, fileSystem: FileSystem): readonly SourceFile[] {
  return fileSystem.list(directory).flatMap(({ name, kind }) => {
    if (kind !== "file" || !/\.json$/i.test(name)) return [];
    const path = `${directory === "/" ? "" : directory}/${name}`;
    const read = fileSystem.read(path);
    return "text" in read && isPolicyFile(path, read.text) ? [SourceFile.of(path, read)] : [];
  });
}

function resourceOf(file: SourceFile): Resource {
  const { path, text } = file;
  const location = file.location({ start: 0, end: 0 });
  const origin: Origin = { location, step: "written" };
  const value: Evaluated = { ...known(text, origin), composition: { kind: "file", path } };
  const properties: EvaluatedMap = {
    state: "map",
    entries: new Map([["Document", { key: location, value }]]),
    origin,
  };
  return {
    dialect: "cloudformation",
    type: typeOf(file),
    address: path.slice(path.lastIndexOf("/") + 1),
    location,
    exists: () => "yes",
    properties: () => properties,
  };
}

/** What no document says is told by where it is kept. */
function typeOf({ path, text }: SourceFile): string {
  if (text.includes('"ec2_attributes"')) return policyFileTypes.declarative;
  return /scp|service.?control|guard.?rail|organi[sz]ation/i.test(path)
    ? policyFileTypes.serviceControl
    : policyFileTypes.identity;
}
