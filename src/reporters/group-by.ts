/** Items that share a key. */
export type Group<T> = readonly [T, ...T[]];

/** Groups items by a key, in order of first appearance: what `Map.groupBy` does on newer Node. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
