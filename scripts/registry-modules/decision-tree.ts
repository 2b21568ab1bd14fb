/**
 * What an input was taken to be: `"absent"`, `"null"`, `"missing"` for either, `"set"`, `"filled"`,
 * `"empty"`, or a scalar in JSON.
 */
export type InputState = string;

/** The way to an input: `["metadata_options", "http_tokens"]`. */
export type InputPath = readonly string[];

/** Which outcome belongs to which inputs. */
export type DecisionTree<Leaf> =
  | { readonly leaf: Leaf }
  | { readonly path: InputPath; readonly branches: ReadonlyMap<InputState, DecisionTree<Leaf>> };

/** Answers what an input is; each input is asked for once in a run. */
export type Choose = (path: InputPath, states: readonly InputState[]) => InputState;

/** More runs than this would take too long; the question is then taken to be too wide. */
const MOST_RUNS = 4000;

/**
 * Runs a computation again and again until every input that it looks at has been everything it can
 * be. `run` must ask for the same inputs in the same order if it gets the same answers. Undefined
 * where that are too many runs.
 */
export function explore<Leaf>(run: (choose: Choose) => Leaf): DecisionTree<Leaf> | undefined {
  let runs = 0;
  const grow = (given: ReadonlyMap<string, InputState>): DecisionTree<Leaf> | undefined => {
    runs += 1;
    if (runs > MOST_RUNS) return undefined;
    const answers = new Map(given);
    let next: { readonly path: InputPath; readonly states: readonly InputState[] } | undefined;
    const leaf = run((path, states) => {
      const key = path.join(".");
      const known = answers.get(key);
      if (known !== undefined) return known;
      next ??= { path, states };
      const [first = "null"] = states;
      answers.set(key, first);
      return first;
    });
    if (next === undefined) return { leaf };
    const { path, states } = next;
    const branches = new Map<InputState, DecisionTree<Leaf>>();
    for (const state of states) {
      const branch = grow(new Map([...given, [path.join("."), state]]));
      if (branch === undefined) return undefined;
      branches.set(state, branch);
    }
    return { path, branches };
  };
  return grow(new Map());
}

/** The tree with other leaves. */
export function mapLeaves<From, To>(
  tree: DecisionTree<From>,
  change: (leaf: From) => To,
): DecisionTree<To> {
  if ("leaf" in tree) return { leaf: change(tree.leaf) };
  const branches = [...tree.branches].map(
    ([state, branch]) => [state, mapLeaves(branch, change)] as const,
  );
  return { path: tree.path, branches: new Map(branches) };
}

/** The first way to a leaf that is wanted: what the inputs on it must be. */
export function findLeaf<Leaf>(
  tree: DecisionTree<Leaf>,
  isWanted: (leaf: Leaf) => boolean,
): ReadonlyMap<string, InputState> | undefined {
  if ("leaf" in tree) return isWanted(tree.leaf) ? new Map() : undefined;
  for (const [state, branch] of tree.branches) {
    const found = findLeaf(branch, isWanted);
    if (found !== undefined) return new Map([[tree.path.join("."), state], ...found]);
  }
  return undefined;
}
