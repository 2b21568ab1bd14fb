import type { TextRange } from "../../source/text-range.js";
import type { Identifier } from "../hcl/syntax-tree.js";
import type { Element } from "./elements.js";
import type { Binding, Scope } from "./scope.js";

/** What the variables of a `for` at that range mean for one element. */
export function loopBindings(
  key: Identifier | undefined,
  value: Identifier,
  element: Element,
  range: TextRange,
  scope: Scope,
): readonly Binding[] {
  const identity = `${scope.file.path}:${range.start} ${element.identity}`;
  const valueBinding = { name: value.name, identity, value: element.value };
  if (key === undefined) return [valueBinding];
  return [{ name: key.name, identity, value: () => element.key }, valueBinding];
}
