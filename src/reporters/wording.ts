import type { Finding } from "../findings/finding.js";

/** What a finding says, in one clause, the scenario first. */
export function sentenceOf({ message, when }: Finding): string {
  return when === undefined ? message : `When ${when}, ${message}`;
}

/** The addresses that the same place makes wrong, beside the finding's own. */
export function otherAddresses({ resource, resources }: Finding): readonly string[] {
  return [...new Set(resources.map(({ address }) => address))].filter(
    (address) => address !== resource.address,
  );
}

/** `1 module`, `2 modules`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and c`; of more than `most` names as many as leave room for `and 4 more`. */
export function enumerate(names: readonly string[], most = Infinity): string {
  if (names.length <= most) return joinWithAnd(names);
  const shown = names.slice(0, most - 1);
  return joinWithAnd([...shown, `${names.length - shown.length} more`]);
}

function joinWithAnd(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
