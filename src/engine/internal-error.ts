import type { InputError } from "../findings/input-error.js";

/** A mistake of ours, as an error that asks to be reported. */
export function internalError(path: string, error: unknown): InputError {
  const cause = error instanceof Error ? error.message : String(error);
  const message = `imdslint failed here, which is a bug: ${cause}; please report it`;
  return { code: "internal", message, path };
}
