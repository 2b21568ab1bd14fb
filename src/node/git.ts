import { spawnSync } from "node:child_process";
import { env } from "node:process";
import { isErrno } from "./system-error.js";

/** What git printed, or why it did not. */
export type GitResult =
  | { readonly output: Buffer }
  /** `complaint` is what git said, which may be nothing. */
  | { readonly failure: "not-installed" | "failed"; readonly complaint: string };

/** More than any diff of templates has; git is stopped beyond it. */
const LARGEST_OUTPUT = 1024 * 1024 * 1024;

/** Runs git in a directory. Never throws, asks nothing, takes no locks and no colours. */
export function runGit(directory: string, parameters: readonly string[]): GitResult {
  const { stdout, stderr, status, error } = spawnSync("git", parameters, {
    cwd: directory,
    input: "",
    maxBuffer: LARGEST_OUTPUT,
    env: { ...env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
  });
  if (isErrno(error, "ENOENT")) return { failure: "not-installed", complaint: "" };
  if (error !== undefined) return { failure: "failed", complaint: error.message };
  if (status === 0) return { output: stdout };
  return { failure: "failed", complaint: stderr.toString("utf8").trim() };
}
