import type { CST } from "yaml";

/** Whether any collection stands inside more than `limit` others. Does not recurse. */
export function nestsDeeperThan(limit: number, tokens: readonly CST.Token[]): boolean {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap(collectionsIn);
  }
  return false;
}

/** The collections directly in a document or collection. */
function collectionsIn(token: CST.Token): readonly CST.Token[] {
  switch (token.type) {
    case "document":
      return token.value === undefined ? [] : [token.value];
    case "block-map":
    case "block-seq":
    case "flow-collection":
      return token.items
        .flatMap((item) => ["key" in item ? item.key : undefined, item.value])
        .filter((child) => child !== undefined && child !== null && "items" in child);
    default:
      return [];
  }
}
