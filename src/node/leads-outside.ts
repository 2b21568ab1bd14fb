import { existsSync, realpathSync } from "node:fs";
import { dirname, normalize, relative } from "pathe";

/** Whether what is written to an absolute path would end up outside a directory, by links on the way. */
export function leadsOutside(path: string, directory: string): boolean {
  let existing = path;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const real = (place: string) => normalize(realpathSync(place));
  return relative(real(directory), real(existing)).startsWith("..");
}
