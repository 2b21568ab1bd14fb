import { compareText } from "../functions/text-order.js";

/** Strings in the order in which the AWS provider writes sets of them: the last first. */
export function reverseSorted(strings: readonly string[]): readonly string[] {
  return [...strings].sort((left, right) => compareText(right, left));
}

/** How policies spell lists: one string alone is no list. */
export function oneOrList(strings: readonly string[]): string | readonly string[] {
  const [first, second] = strings;
  return first !== undefined && second === undefined ? first : strings;
}
