/**
 * An upper bound for how deep collections nest in a YAML text, broken or not,
 * found without parsing. Brackets in strings count too, so it may be far too high.
 */
export function nestingBound(text: string): number {
  return mostOpenBrackets(text) + mostBlockLevels(text);
}

function mostOpenBrackets(text: string): number {
  let open = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === "[" || bracket === "{" ? open + 1 : Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}

/** Each level of block style needs a column of indentation or a mark before its content. */
function mostBlockLevels(text: string): number {
  let most = 0;
  for (const line of text.split(/[\r\n]/)) {
    const indentation = line.length - line.trimStart().length;
    const marks = line.match(/[-?:](?=\s|$)/g)?.length ?? 0;
    most = Math.max(most, indentation + marks);
  }
  return most;
}
