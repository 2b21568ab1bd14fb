import { dirname } from "pathe";
import { textSpeaksOfImds } from "../model/iam/imds-keys.js";
import { parseJson } from "../parsers/json/parse-json.js";
import type { InputError } from "../findings/input-error.js";
import type { EvaluatedDeployment, Resource } from "../parsers/resource.js";
import { policyFileTypes } from "../parsers/resources/policy-kinds.js";
import type { FileSystem } from "../source/file-system.js";
import { SourceFile } from "../source/source-file.js";
import type { Evaluated, EvaluatedMap } from "../values/evaluated.js";
import type { Origin } from "../values/origin.js";
import { Scenarios } from "../values/scenarios.js";
import { known } from "../values/value.js";

/** Whether a file is a policy document on instance metadata by itself, by a quick look and without parsing. */
export function isPolicyFile(path: string, text: string): boolean {
  if (!/\.json$/i.test(path)) return false;
  if (!text.includes('"Statement"') && !text.includes('"ec2_attributes"')) return false;
  return textSpeaksOfImds(text);
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
  const faults = own.flatMap(([, file]) => faultsIn(file));
  const broken = new Set(faults.map(({ path }) => path));
  const asked = new Set(files.map(({ path }) => path));
  return {
    dialect: "cloudformation",
    files: new Map(own),
    scenarios: new Scenarios(),
    resources: own.filter(([path]) => !broken.has(path)).map(([, file]) => resourceOf(file)),
    errors: faults.filter(({ path }) => asked.has(path) && !isTemplate(byPath.get(path))),
    skipped: [],
  };
}

function faultsIn(file: SourceFile): readonly InputError[] {
  return parseJson(file.text).errors.map(({ code, message, range }) => ({
    code,
    message,
    path: file.path,
    location: file.location(range),
  }));
}

/** Where a tool puts a value in, such as `${actions}` or `{{ actions }}`; IAM's own variables have a colon. */
const PLACEHOLDER = /[$%]\{(?![\w-]+:)|\{\{|<%|\b__\w+__\b/;

/** Whether some tool makes JSON of it. */
function isTemplate(file: SourceFile | undefined): boolean {
  return file !== undefined && PLACEHOLDER.test(file.text);
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
