import { basename } from "pathe";
import type { ReadResult } from "../source/file-system.js";
import type { InputError } from "./input-error.js";

type ReadFailure = Extract<ReadResult, { readonly error: string }>["error"];

/** Why a file could not be read, in words. */
export function describeReadFailure(failure: ReadFailure, path: string): InputError {
  switch (failure) {
    case "absent":
      return { code: "not-found", message: "there is no such file", path };
    case "unreadable":
      return { code: "unreadable", message: "the file cannot be read", path };
    case "too-large":
      return {
        code: "too-large",
        message: "the file is too large to be one that is deployed",
        path,
      };
    case "not-text":
      return { code: "not-text", message: `the file is not UTF-8 text${hintFor(path)}`, path };
  }
}

/** A saved plan is binary, and Terraform itself reads it. */
function hintFor(path: string): string {
  const name = basename(path);
  if (!/plan/i.test(name)) return "";
  return `; of a saved plan, lint what \`terraform show -json ${name}\` prints`;
}
