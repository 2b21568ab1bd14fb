import type { ConfigurationFinder } from "../node/configuration-finder.js";
import { relativePath } from "../reporters/paths.js";
import { makeVisible } from "../reporters/visible-text.js";

/**
 * What is wrong with the configurations that were found, each in a line behind its place; undefined
 * if nothing is. Lines and columns count from one.
 */
export function describeConfigurationErrors(
  { errors, files }: ConfigurationFinder,
  workingDirectory: string,
): string | undefined {
  if (errors.length === 0) return undefined;
  const lines = errors.map(({ message, location: { path, range } }) => {
    const position = files.get(path)?.position(range.start);
    const place = position === undefined ? "" : `:${position.line + 1}:${position.column + 1}`;
    return makeVisible(`${relativePath(workingDirectory, path)}${place}: ${message}`);
  });
  return lines.join("\n");
}
