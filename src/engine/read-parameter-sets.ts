import { basename, relative } from "pathe";
import type { InputError } from "../findings/input-error.js";
import { readParameterFile } from "../parsers/cloudformation/parameter-files/read-parameter-file.js";
import type { GivenParameter } from "../parsers/cloudformation/parameters.js";
import { SourceFile } from "../source/source-file.js";
import type { LintRequest, ParameterSources } from "./lint-request.js";
import type { NamedParameterSet, NamedParameterSets } from "./parameter-sets.js";
import { describeReadFailure } from "../findings/read-failure.js";

/** Reads what somebody gives for parameters. A file that cannot be read is an error. */
export function readParameterSets(
  sources: ParameterSources,
  { fileSystem, rootDirectory, loadTolerantYaml }: LintRequest,
): NamedParameterSets {
  const sets: NamedParameterSet[] = [];
  const files = new Map<string, SourceFile>();
  const errors: InputError[] = [];
  const isAlone = (path: string) =>
    sources.files.filter((other) => basename(other) === basename(path)).length === 1;
  for (const path of sources.files) {
    const input = fileSystem.read(path);
    if ("error" in input) {
      errors.push(describeReadFailure(input.error, path));
      continue;
    }
    const file = new SourceFile(path, input.text);
    files.set(path, file);
    const parsed = readParameterFile(file, loadTolerantYaml);
    errors.push(...parsed.errors);
    for (const { name, ...set } of parsed.sets) {
      const fileName = isAlone(path) ? basename(path) : relative(rootDirectory, path);
      const label = name === undefined ? fileName : `${fileName} (${name})`;
      sets.push({ ...set, label });
    }
  }
  return {
    sets,
    values: givenByName(sources.values),
    weakerValues: givenByName(sources.weakerValues),
    files,
    errors,
  };
}

function givenByName(
  values: ParameterSources["weakerValues"] = new Map(),
): ReadonlyMap<string, GivenParameter> {
  return new Map([...values].map(([name, given]) => [name, { kind: "text", ...given }]));
}
