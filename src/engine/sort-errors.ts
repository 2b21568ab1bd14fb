import type { InputError } from "../findings/input-error.js";

/** The errors by path and offset, each once. */
export function sortErrors(errors: readonly InputError[]): readonly InputError[] {
  const byKey = new Map(errors.map((error) => [errorKey(error), error]));
  return [...byKey.values()].sort((left, right) => {
    if (left.path !== right.path) return left.path < right.path ? -1 : 1;
    return (left.location?.range.start ?? 0) - (right.location?.range.start ?? 0);
  });
}

function errorKey({ path, location, code, message }: InputError): string {
  return JSON.stringify([path, location?.range, code, message]);
}
