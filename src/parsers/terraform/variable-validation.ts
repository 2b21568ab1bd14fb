import { unknown } from "../../values/evaluated.js";
import { known, type Scalar, unset } from "../../values/value.js";
import type { Expression } from "../hcl/syntax-tree.js";
import { scalarToBool, scalarToNumber, scalarToString } from "./conversion.js";
import { success } from "./functions/function-result.js";
import type { Declaration } from "./module.js";
import type { Restriction } from "./open-values.js";
import { contentOf } from "./read-declarations.js";
import { referencesIn } from "./references.js";
import { both, restrictionsOf, type Restrictions } from "./restrictions.js";
import type { Scope } from "./scope.js";
import type { TypeConstraint } from "./type-constraint.js";

/** More values than this are not tried one by one. */
const MOST_TRIED = 30;

/**
 * What the `validation` blocks of a variable leave of its values and those of its attributes, by `var.x` and
 * `var.x.y`. `scope` is any of the module's.
 * https://developer.hashicorp.com/terraform/language/values/variables#custom-validation-rules
 */
export function readValidation(
  { blocks, labels: [name = ""] }: Declaration,
  type: TypeConstraint,
  scope: Scope,
): Restrictions {
  const conditions = blocks.flatMap(({ block, file }) => {
    if (block.type.name !== "validation") return [];
    const condition = contentOf(block.body, file).arguments.get("condition")?.value;
    return condition === undefined
      ? []
      : [{ condition, scope: scope.at({ file, step: "written" }) }];
  });
  let restrictions: Restrictions = new Map();
  for (const { condition, scope: inFile } of conditions) {
    restrictions = both(restrictions, restrictionsOf(condition, inFile));
  }
  const path = `var.${name}`;
  const own = restrictions.get(path);
  if (own === undefined) return restrictions;
  const { allowsNull } = own;
  let left: Restriction = { values: convertAll(own.values, type), allowsNull };
  for (const { condition, scope: inFile } of conditions) {
    left = tryOut(left, condition, name, inFile);
  }
  return new Map([...restrictions, [path, left]]);
}

function convertAll(values: readonly Scalar[], { kind }: TypeConstraint): readonly Scalar[] {
  const convert = { string: scalarToString, number: scalarToNumber, bool: scalarToBool };
  if (kind !== "string" && kind !== "number" && kind !== "bool") return values;
  return values.flatMap((value) => convert[kind](value) ?? []);
}

/** Of the values those with which the condition can hold. */
function tryOut(
  restriction: Restriction,
  condition: Expression,
  variable: string,
  scope: Scope,
): Restriction {
  const { values, allowsNull } = restriction;
  if (values.length > MOST_TRIED || speaksOfOthers(condition, variable)) return restriction;
  const left = values.filter((value) => canHold(condition, value, scope));
  const isNullLeft = allowsNull && canHold(condition, undefined, scope);
  // That nothing is left nobody writes: it is rather something that we do not know.
  return left.length === 0 && !isNullLeft ? restriction : { values: left, allowsNull: isNullLeft };
}

/** What names of a module begin with, but for resources, which are no more to be asked here. */
const moduleNames: ReadonlySet<string> = new Set(["local", "module", "data", "path", "terraform"]);

function speaksOfOthers(condition: Expression, variable: string): boolean {
  return referencesIn(condition).some(([root = "", name]) =>
    root === "var" ? name !== variable : moduleNames.has(root),
  );
}

/** Whether a condition that speaks of one variable alone can hold where that has the value, undefined for null. */
function canHold(condition: Expression, value: Scalar | undefined, scope: Scope): boolean {
  const { namespaces } = scope;
  const withValue = scope.guarded().withNamespaces({
    path: namespaces.path,
    directory: namespaces.directory,
    attribute: (root, _name, use) => {
      if (root !== "var") return success(unknown({ kind: "not-available", what: root }, use));
      return success(value === undefined ? unset(use) : known(value, use));
    },
    dataSource: (_type, _name, use) =>
      success(unknown({ kind: "not-available", what: "data" }, use)),
    typeOf: (root, name) => namespaces.typeOf(root, name),
    typeOfOutput: (call, name) => namespaces.typeOfOutput(call, name),
  });
  const result = withValue.evaluate(condition);
  if (!result.ok) return false;
  return result.value.state !== "known" || result.value.value !== false;
}
