import type { ReadResult } from "../../../source/file-system.js";
import type { Evaluated } from "../../../values/evaluated.js";
import { convertToString } from "../conversion.js";
import { failure } from "./function-result.js";
import { notAvailable, notSupported } from "./made-value.js";
import { cleanPath, isAbsolutePath } from "./paths.js";
import { tryPossibleValues } from "./possible-values.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";

/**
 * Applies a function to the path that an argument names: absolute and within the tree being linted,
 * and as it was written. Relative paths start at the root module, as when Terraform runs there. What
 * lies outside of the tree is on another machine's disk and unknown; nothing there is ever read.
 */
export function withPath(
  parameter: Evaluated,
  call: FunctionCallContext,
  apply: (path: string, written: string) => FunctionResult,
): FunctionResult {
  // What `abspath` gave is unknown to all but the functions here.
  if (parameter.state === "unknown" && parameter.filePath !== undefined) {
    return withinTree(parameter.filePath, parameter.filePath, call, apply);
  }
  const text = convertToString(parameter);
  if (!text.ok) return text;
  if (text.value.state === "unset") return failure("the path must not be null");
  return tryPossibleValues([text.value], call, ([value]) => {
    const written = value?.state === "known" ? String(value.value) : "";
    if (/^~[^/\\]/.test(written)) return failure("cannot expand user-specific home directories");
    return withinTree(absolutePath(written, call), written, call, apply);
  });
}

/** A path as it is on this machine; undefined where it starts at somebody's home directory. */
export function absolutePath(path: string, call: FunctionCallContext): string | undefined {
  if (path.startsWith("~")) return undefined;
  return cleanPath(isAbsolutePath(path) ? path : `${call.rootDirectory}/${path}`);
}

function withinTree(
  path: string | undefined,
  written: string,
  call: FunctionCallContext,
  apply: (path: string, written: string) => FunctionResult,
): FunctionResult {
  const real = path === undefined ? undefined : followLinks(path, call);
  return real === undefined ? notAvailable(`file ${written}`, call) : apply(real, written);
}

/** The path behind all links on the way to an absolute one; undefined where it leaves the tree. */
export function followLinks(path: string, call: FunctionCallContext): string | undefined {
  if (!isInTree(path, call)) return undefined;
  let real = call.treeDirectory === "/" ? "" : call.treeDirectory;
  for (const name of path.slice(real.length).split("/")) {
    if (name === "") continue;
    const entry = call.fileSystem.list(real || "/").find((candidate) => candidate.name === name);
    real = entry?.leadsTo ?? `${real}/${name}`;
    if (!isInTree(real, call)) return undefined;
  }
  return real || "/";
}

/** Whether an absolute path leads into the tree being linted. */
export function isInTree(path: string, { treeDirectory }: FunctionCallContext): boolean {
  return `${path}/`.startsWith(treeDirectory === "/" ? "/" : `${treeDirectory}/`);
}

/** What stands at a path of the tree; `impossible` is what would have to stand below a file. */
export function kindOfEntry(
  path: string,
  call: FunctionCallContext,
): "file" | "directory" | "other" | "absent" | "impossible" {
  if (path === call.treeDirectory) return "directory";
  const end = path.lastIndexOf("/");
  const [parent, name] = [path.slice(0, end) || "/", path.slice(end + 1)];
  const entry = call.fileSystem.list(parent).find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry.kind;
  const parentKind = parent === "/" ? "directory" : kindOfEntry(parent, call);
  return parentKind === "file" || parentKind === "impossible" ? "impossible" : "absent";
}

/** Applies a function to a file's text, with its byte order mark if there is one, and its path. */
export function withText(
  parameter: Evaluated,
  call: FunctionCallContext,
  apply: (text: string, path: string) => FunctionResult,
): FunctionResult {
  return withPath(parameter, call, (path, written) => {
    const read = call.fileSystem.read(path);
    if ("error" in read) return withoutText(read.error, path, written, call);
    return apply(read.hasByteOrderMark === true ? `\uFEFF${read.text}` : read.text, path);
  });
}

function withoutText(
  error: Extract<ReadResult, { readonly error: string }>["error"],
  path: string,
  written: string,
  call: FunctionCallContext,
): FunctionResult {
  const kind = kindOfEntry(path, call);
  if (kind === "directory") return failure(`${written} is a directory`);
  if (error === "absent" || kind === "impossible") return failure(`no file exists at ${written}`);
  if (error === "not-text") return notSupported("a file that is not text", call);
  if (error === "too-large") return notSupported("a file that is too large", call);
  return notAvailable(`file ${written}`, call);
}
