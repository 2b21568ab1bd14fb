import { existsSync } from "node:fs";
import { dirname } from "pathe";

/** The nearest directory at or above `directory` that holds `.git`, or undefined. Runs no git. */
export function gitTopLevel(directory: string): string | undefined {
  for (let current = directory; ; current = dirname(current)) {
    if (existsSync(`${current}/.git`)) return current;
    if (dirname(current) === current) return undefined;
  }
}
