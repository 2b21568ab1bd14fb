import { join } from "pathe";

/**
 * The absolute directory that a module's `source` names by a relative path; undefined for any other
 * kind of source. `from` is the absolute directory of the module that the call stands in.
 * https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
 */
export function localDirectory(source: string, from: string): string | undefined {
  return /^\.\.?(?:\/|$)/.test(source) ? directoryAt(from, source) : undefined;
}

/** The directory at a relative path, spelt the one way that directories are compared by. */
export function directoryAt(from: string, path: string): string {
  // Joining keeps a slash at the end.
  return join(from, path).replace(/(?<=.)\/$/, "");
}
