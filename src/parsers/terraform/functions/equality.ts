import type { Evaluated, EvaluatedMap, EvaluatedUnknown } from "../../../values/evaluated.js";
import { possibleScalars } from "../conversion.js";

/**
 * Whether `==` holds, or undefined where that cannot be said. Nothing is converted: 1 is not "1", a
 * list is not a tuple, a map is not an object, null equals null alone. Two with the same content of
 * which we cannot say whether they are maps or objects are undecided.
 * https://developer.hashicorp.com/terraform/language/expressions/operators#equality-operators
 */
export function areEqual(left: Evaluated, right: Evaluated): boolean | undefined {
  return compare(left, right, undefined);
}

/** As {@link areEqual} for values of one type, such as the elements of one list: no doubt about maps. */
export function areEqualInType(left: Evaluated, right: Evaluated): boolean | undefined {
  return compare(left, right, true);
}

/** `sameMaps` is the answer for two maps with equal content. */
function compare(
  left: Evaluated,
  right: Evaluated,
  sameMaps: true | undefined,
): boolean | undefined {
  if (left.state === "unknown") return compareUnknown(left, right);
  if (right.state === "unknown") return compareUnknown(right, left);
  switch (left.state) {
    case "known":
      return right.state === "known" && left.value === right.value;
    case "unset":
      return right.state === "unset";
    case "list": {
      if (right.state !== "list" || left.collection !== right.collection) return false;
      if (left.items.length !== right.items.length) return false;
      const sameItems = left.collection === "tuple" ? sameMaps : true;
      return allHold(left.items, (item, index) => {
        const other = right.items[index];
        return other !== undefined && compare(item, other, sameItems);
      });
    }
    case "map": {
      if (right.state !== "map") return false;
      const kinds = [left.collection, right.collection];
      const areTold = !kinds.includes(undefined);
      if (areTold && left.collection !== right.collection && sameMaps === undefined) return false;
      const pairs = pairEntries(left, right);
      if (pairs === undefined) return false;
      const areSame = allHold(pairs, ([value, other]) => compare(value, other, sameMaps));
      if (areSame !== true || left === right) return areSame;
      // An empty map has elements of some type all the same, which we do not know.
      return areTold && (left.collection === "object" || pairs.length > 0) ? true : sameMaps;
    }
  }
}

function compareUnknown(unknown: EvaluatedUnknown, other: Evaluated): boolean | undefined {
  const possible = possibleScalars(unknown);
  switch (other.state) {
    case "known":
      return possible?.includes(other.value) === false ? false : undefined;
    case "unset":
      return undefined;
    case "list":
    case "map":
      return possible === undefined ? undefined : false;
    case "unknown": {
      if (standForTheSame(unknown, other)) return true;
      const others = possibleScalars(other);
      if (possible === undefined || others === undefined) return undefined;
      return possible.some((value) => others.includes(value)) ? undefined : false;
    }
  }
}

function standForTheSame(left: EvaluatedUnknown, right: EvaluatedUnknown): boolean {
  if (left.identity !== undefined && left.identity === right.identity) return true;
  if (left.subject !== undefined && left.subject.key === right.subject?.key) return true;
  if (left.link === undefined || right.link === undefined) return false;
  return left.link.address === right.link.address && left.link.attribute === right.link.attribute;
}

function pairEntries(
  left: EvaluatedMap,
  right: EvaluatedMap,
): readonly (readonly [Evaluated, Evaluated])[] | undefined {
  if (left.entries.size !== right.entries.size) return undefined;
  const pairs: (readonly [Evaluated, Evaluated])[] = [];
  for (const [key, entry] of left.entries) {
    const other = right.entries.get(key);
    if (other === undefined) return undefined;
    pairs.push([entry.value, other.value]);
  }
  return pairs;
}

/** Kleene's conjunction: one that does not hold decides. */
function allHold<Item>(
  items: readonly Item[],
  holds: (item: Item, index: number) => boolean | undefined,
): boolean | undefined {
  let result: boolean | undefined = true;
  for (const [index, item] of items.entries()) {
    const isSo = holds(item, index);
    if (isSo === false) return false;
    if (isSo === undefined) result = undefined;
  }
  return result;
}
