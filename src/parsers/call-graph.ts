/** By what is called, a path: those that call it. */
export type Callers = ReadonlyMap<string, readonly string[]>;

/** Directories below which modules and templates are called only to show, to test or to wrap them. */
const showcase =
  /(?:^|\/)(?:examples?|samples?|demos?|tests?|testdata|e2e|(?:test-)?fixtures|wrappers)(?:\/|$)/;

/**
 * Those of the paths that are deployed by themselves: that nobody else calls, that only examples and
 * tests call, and one of each circle that nobody calls from outside. `treeDirectory` is what paths
 * are looked at below. Sorted.
 */
export function rootsAmong(
  paths: readonly string[],
  callers: Callers,
  treeDirectory: string,
): readonly string[] {
  const isShowcase = (path: string) => showcase.test(path.slice(treeDirectory.length));
  const roots = paths.filter((path) =>
    (callers.get(path) ?? []).every((caller) => isShowcase(caller) && !isShowcase(path)),
  );
  return [...roots, ...rootsOfCircles(paths, roots, callers)].sort();
}

/** The paths, and those from which they are called, directly or not. */
export function reachedUpwards(paths: readonly string[], callers: Callers): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...paths];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...(callers.get(next) ?? []));
  }
  return reached;
}

/** Those that call each other in a circle are reached from no root; the first of them stands for it. */
function rootsOfCircles(
  paths: readonly string[],
  roots: readonly string[],
  callers: Callers,
): readonly string[] {
  const calls = new Map<string, string[]>();
  for (const [called, by] of callers) {
    for (const caller of by) calls.set(caller, [...(calls.get(caller) ?? []), called]);
  }
  const reached = new Set<string>();
  const reach = (from: string): void => {
    const pending = [from];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      pending.push(...(calls.get(next) ?? []));
    }
  };
  for (const root of roots) reach(root);
  const found: string[] = [];
  for (const path of [...paths].sort()) {
    if (reached.has(path)) continue;
    found.push(path);
    reach(path);
  }
  return found;
}
