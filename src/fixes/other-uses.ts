import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import { contains } from "../source/text-range.js";
import { type Origin, type OriginStep, originChain } from "../values/origin.js";
import { isTerraform } from "./written-as.js";

/** The files that places stand in, by path. */
export type Files = ReadonlyMap<string, SourceFile>;

/** How expressions speak of what a step names, as a regular expression's source; `name` is escaped. */
const mentions: Readonly<Partial<Record<OriginStep, (name: string) => string>>> = {
  "variable-default": (name) => `\\bvar\\.${name}(?![\\w-])`,
  "variable-value": (name) => `\\bvar\\.${name}(?![\\w-])`,
  "module-argument": (name) => `\\bvar\\.${name}(?![\\w-])`,
  local: (name) => `\\blocal\\.${name}(?![\\w-])`,
  "module-output": (name) => `\\bmodule\\.[\\w-]+(?:\\[[^\\]]*\\])?\\.${name}(?![\\w-])`,
  "parameter-default": parameter,
  "parameter-value": parameter,
  "nested-stack-parameter": parameter,
  "nested-stack-output": (name) => `\\bOutputs\\.${name}\\b`,
  mapping: (name) => `FindInMap\\W{1,60}${name}\\b`,
};

/** `Ref` in its forms, and a placeholder of `Fn::Sub`. */
function parameter(name: string): string {
  return `(?:\\bRef["']?\\s*:?\\s*["']?${name}\\b|\\$\\{${name}\\})`;
}

/**
 * Whether a value on the way of these chains, such as a variable's default, is read anywhere but on
 * them, so that another value there would change more than what was reported.
 */
export function hasOtherUses(chains: readonly Origin[], files: Files): boolean {
  const steps = chains.map(originChain);
  const read = steps.flat().map(({ location }) => location);
  return steps.some((chain) =>
    chain.some((origin, index) => {
      const user = chain[index - 1];
      return user !== undefined && isReadElsewhere(origin, user.location, read, files);
    }),
  );
}

function isReadElsewhere(
  { step, name = "" }: Origin,
  user: Location,
  read: readonly Location[],
  files: Files,
): boolean {
  const mention = mentions[step];
  if (mention === undefined) return false;
  const bareName = name.split(/[./]/).at(-1) ?? "";
  const pattern = new RegExp(mention(bareName.replace(/[^\w-]/g, "\\$&")), "g");
  return filesAround(user.path, files).some((file) =>
    [...file.text.matchAll(pattern)].some((match) => {
      const range = { start: match.index, end: match.index + match[0].length };
      return !read.some(({ path, range: known }) => path === file.path && overlaps(known, range));
    }),
  );
}

function overlaps(one: Location["range"], other: Location["range"]): boolean {
  return contains(one, other) || contains(other, one);
}

/** The files that can speak of the same names: a template alone, or all of a module. */
function filesAround(path: string, files: Files): readonly SourceFile[] {
  const own = files.get(path);
  if (!isTerraform(path)) return own === undefined ? [] : [own];
  const directory = path.slice(0, path.lastIndexOf("/"));
  return [...files.values()].filter(
    (file) =>
      isTerraform(file.path) && file.path.slice(0, file.path.lastIndexOf("/")) === directory,
  );
}
