import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import { relativePath } from "../reporters/paths.js";
import { makeVisible } from "../reporters/visible-text.js";

/** Something that is wrong with a file, or a place in it. */
interface Mistake {
  readonly message: string;
  readonly path: string;
  readonly location?: Location | undefined;
}

/** Mistakes, each in a line behind its place. Lines and columns count from one, and stand where the text is known. */
export function describeErrors(
  mistakes: readonly Mistake[],
  files: ReadonlyMap<string, SourceFile>,
  workingDirectory: string,
): string {
  const lines = mistakes.map(({ message, path, location }) => {
    const place = location === undefined ? "" : placeIn(files.get(location.path), location);
    return makeVisible(`${relativePath(workingDirectory, path)}${place}: ${message}`);
  });
  return lines.join("\n");
}

function placeIn(file: SourceFile | undefined, { range }: Location): string {
  const position = file?.position(range.start);
  return position === undefined ? "" : `:${position.line + 1}:${position.column + 1}`;
}
