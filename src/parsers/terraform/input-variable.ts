import {
  type Contents,
  type Evaluated,
  type EvaluatedEntry,
  unknown,
} from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known } from "../../values/value.js";
import { convertToConstraint } from "./convert-to-constraint.js";
import type { Declaration } from "./module.js";
import type { Scope } from "./scope.js";
import { anyType, readTypeConstraint, type TypeConstraint } from "./type-constraint.js";
import { readValidation } from "./variable-validation.js";

/**
 * The value of an input variable: what is given for it, else its default, else open. `given` is an
 * argument of the module call or what a variable file says; `scope` is any of the module's. With
 * `isDefaultOpen` it can be anything that is allowed, although it has a default.
 * https://developer.hashicorp.com/terraform/language/values/variables
 */
export function readVariable(
  declaration: Declaration,
  given: Evaluated | undefined,
  scope: Scope,
  isDefaultOpen = false,
): Evaluated {
  const typeArgument = declaration.arguments.get("type");
  const type = typeArgument === undefined ? anyType : readTypeConstraint(typeArgument.value);
  const name = declaration.labels[0] ?? "";
  const variable: Variable = {
    name,
    declaration,
    type,
    isNullable: isNullable(declaration),
    typeScope: scope.at({
      file: typeArgument?.file ?? scope.file,
      step: "variable-default",
      name,
    }),
  };
  // Null for a variable that cannot be null stands for its default.
  if (given !== undefined && (given.state !== "unset" || variable.isNullable)) {
    return convertGiven(given, variable);
  }
  const otherwise = isDefaultOpen ? undefined : declaration.arguments.get("default");
  if (otherwise === undefined) return readOpen(variable);
  const { file, value } = otherwise;
  const written = scope.at({ file, step: "variable-default", name }).valueOf(value);
  return convert(written, variable);
}

interface Variable {
  readonly name: string;
  readonly declaration: Declaration;
  readonly type: TypeConstraint;
  readonly isNullable: boolean;
  readonly typeScope: Scope;
}

/** Whether a variable can be null, which then does not stand for its default. */
export function isNullable({ arguments: own }: Declaration): boolean {
  const value = own.get("nullable")?.value;
  return value?.kind !== "literal" || value.value !== false;
}

/** An unknown object is one of this variable's type from here on, with its optional attributes. */
function convertGiven(given: Evaluated, variable: Variable): Evaluated {
  if (given.state !== "unknown" || !hasParts(variable.type)) {
    return narrowGiven(convert(given, variable), variable);
  }
  if (given.link !== undefined) return given;
  const { name, type, isNullable, typeScope } = variable;
  const { openValues } = typeScope.context;
  const key = keyOf(name, typeScope);
  const open = {
    key,
    label: key,
    reason: given.reason,
    type,
    isNullable: isNullable && openValues.whenNull(given) !== false,
    mayBeMissing: false,
    isDerived: given.subject === undefined,
  };
  restrictByValidation(variable);
  const value = openValues.read(open, given.origin);
  return given.contents === undefined ? value : withContents(value, given.contents, variable);
}

/** Whatever is given, a module takes what its validation leaves and nothing else. */
function narrowGiven(
  given: Evaluated,
  { name, declaration, type, typeScope }: Variable,
): Evaluated {
  if (given.state !== "unknown" || given.link !== undefined) return given;
  const left = readValidation(declaration, type, typeScope).get(`var.${name}`);
  if (left === undefined || left.allowsNull) return given;
  const possible = left.values.filter((value) => given.possible?.includes(value) ?? true);
  const [first] = possible;
  if (first === undefined) return given;
  if (possible.length === 1) return known(first, given.origin);
  return { ...given, possible, isNeverNull: true };
}

/** What is known of a collection that is not known as a whole stays known, converted to the type. */
function withContents(value: Evaluated, contents: Contents, variable: Variable): Evaluated {
  const { type } = variable;
  const known = new Map(contents.entries);
  if (value.state === "map") {
    return convert({ ...value, entries: new Map([...value.entries, ...known]) }, variable);
  }
  if (value.state !== "unknown" || (type.kind !== "map" && type.kind !== "list")) return value;
  const { element } = contents;
  const elements =
    element === undefined
      ? {}
      : { element: () => convert(element(), { ...variable, type: type.element }) };
  const named = type.kind === "map" ? convertEntries(known, value.origin, variable) : undefined;
  return { ...value, contents: { entries: named ?? new Map(), ...elements } };
}

function convertEntries(
  entries: ReadonlyMap<string, EvaluatedEntry>,
  origin: Origin,
  variable: Variable,
): ReadonlyMap<string, EvaluatedEntry> | undefined {
  const map = convert({ state: "map", entries, origin }, variable);
  return map.state === "map" ? map.entries : undefined;
}

/** Whether a variable has a default that is a string, number or boolean, or none of these but its type is. */
export function isScalarWithDefault({ arguments: own }: Declaration): boolean {
  const written = own.get("default")?.value;
  if (written === undefined) return false;
  const type = own.get("type");
  if (type === undefined) return written.kind === "literal" || written.kind === "template";
  const { kind } = readTypeConstraint(type.value);
  return kind === "string" || kind === "number" || kind === "bool";
}

function hasParts({ kind }: TypeConstraint): boolean {
  return kind === "object" || kind === "tuple" || kind === "list" || kind === "map";
}

function convert(value: Evaluated, { name, type, typeScope }: Variable): Evaluated {
  const result = convertToConstraint(value, type, typeScope);
  if (result.ok) return result.value;
  const { diagnostics } = typeScope.context;
  diagnostics.rejected(value.origin.location, `${name}: ${result.message}`);
  return unknown({ kind: "invalid" }, value.origin);
}

/** A variable that nobody has given a value: validation may say which values it can have. */
function readOpen(variable: Variable): Evaluated {
  restrictByValidation(variable);
  const { name, declaration, type, isNullable, typeScope } = variable;
  const key = keyOf(name, typeScope);
  const origin: Origin = { location: declaration.name, step: "variable", name };
  const reason = { kind: "variable-without-default", name } as const;
  return typeScope.context.openValues.read(
    { key, label: key, reason, type, isNullable, mayBeMissing: false },
    origin,
  );
}

function restrictByValidation({ name, declaration, type, isNullable, typeScope }: Variable): void {
  const key = keyOf(name, typeScope);
  for (const [path, { values, allowsNull }] of readValidation(declaration, type, typeScope)) {
    const part = path.slice(`var.${name}`.length);
    if (!path.startsWith(`var.${name}`) || !/^(?:[.[]|$)/.test(part)) continue;
    typeScope.context.openValues.restrict(`${key}${part}`, {
      values,
      allowsNull: allowsNull && (isNullable || part !== ""),
    });
  }
}

/** Variables of one name in several module instances are different ones. */
function keyOf(name: string, { namespaces: { path } }: Scope): string {
  return path === "" ? `var.${name}` : `${path}.var.${name}`;
}
