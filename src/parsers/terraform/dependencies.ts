import type { Block, Expression } from "../hcl/syntax-tree.js";
import { withoutKeys } from "./instance-keys.js";
import type { Declaration, Module } from "./module.js";
import { referencesIn } from "./references.js";

/** A module instance as far as it matters what waits for what; its instance key does not. */
export interface DependencyScope {
  readonly path: string;
  readonly module: Module;
  /** The call that made it; absent for the root module. */
  readonly calledBy?: { readonly scope: DependencyScope; readonly call: Declaration };
  /** An instance of the module that a call brings; undefined where it cannot be read or there is none. */
  called(name: string): DependencyScope | undefined;
}

/** Something that Terraform has to finish, with the module instance it stands in. */
interface Step {
  readonly scope: DependencyScope;
  readonly key: string;
  readonly expressions: readonly Expression[];
}

/**
 * Whether Terraform makes a resource only after another one, whose address is given: by `depends_on`
 * or by references, directly, through other resources or through modules. Its graph has blocks, not their
 * instances. What a module that cannot be read is given, all of its outputs may be made of.
 * https://developer.hashicorp.com/terraform/internals/graph
 * https://developer.hashicorp.com/terraform/language/meta-arguments#depends_on
 */
export function waitsFor(
  declaration: Declaration,
  scope: DependencyScope,
  address: string,
): boolean {
  const goal = withoutKeys(address);
  const seen = new Set<string>();
  const pending: Step[] = [stepOf(declaration, scope)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.key === goal) return true;
    if (seen.has(next.key)) continue;
    seen.add(next.key);
    const { scope: inner, expressions } = next;
    pending.push(
      ...expressions.flatMap(referencesIn).flatMap((names) => stepsTo(names, inner)),
      ...stepsOfCall(inner),
    );
  }
  return false;
}

/** What a reference waits for. */
function stepsTo(
  [root = "", name = "", part = ""]: readonly string[],
  scope: DependencyScope,
): readonly Step[] {
  switch (root) {
    case "var":
      return stepsToVariable(name, scope);
    case "local": {
      const local = scope.module.locals.get(name);
      if (local === undefined) return [];
      return [{ scope, key: addressIn(scope, root, name), expressions: [local.value] }];
    }
    case "module":
      return stepsToModule(name, part, scope);
    case "data":
    case "resource":
      return stepsToResource(root === "data" ? `data.${name}.${part}` : `${name}.${part}`, scope);
    default:
      return stepsToResource(`${root}.${name}`, scope);
  }
}

function stepsToVariable(name: string, scope: DependencyScope): readonly Step[] {
  const given = scope.calledBy?.call.arguments.get(name);
  if (scope.calledBy === undefined || given === undefined) return [];
  const key = addressIn(scope, "var", name);
  return [{ scope: scope.calledBy.scope, key, expressions: [given.value] }];
}

function stepsToResource(name: string, scope: DependencyScope): readonly Step[] {
  const declaration = scope.module.resources.get(name);
  return declaration === undefined ? [] : [stepOf(declaration, scope)];
}

/** One output, or where a module is named as a whole, everything in it. */
function stepsToModule(name: string, output: string, scope: DependencyScope): readonly Step[] {
  const call = scope.module.moduleCalls.get(name);
  if (call === undefined) return [];
  const called = scope.called(name);
  if (called === undefined) return [stepOf(call, scope)];
  const { outputs, resources, moduleCalls } = called.module;
  const named = outputs.get(output);
  if (named !== undefined) return [stepOf(named, called)];
  return [
    ...[...outputs.values(), ...resources.values()].map((each) => stepOf(each, called)),
    ...[...moduleCalls.keys()].flatMap((inner) => stepsToModule(inner, "", called)),
  ];
}

/** What all of a called module waits for. Arguments count only where its variables are read. */
function stepsOfCall({ calledBy }: DependencyScope): readonly Step[] {
  if (calledBy === undefined) return [];
  const { scope, call } = calledBy;
  const expressions = ["depends_on", "count", "for_each"].flatMap(
    (name) => call.arguments.get(name)?.value ?? [],
  );
  return [{ scope, key: `${addressIn(scope, "module", ...call.labels)} call`, expressions }];
}

function stepOf(declaration: Declaration, scope: DependencyScope): Step {
  const { type, labels, arguments: own, blocks } = declaration;
  const kind = type === "resource" ? [] : [type];
  const expressions = [
    // Which provider it is made by is no dependency.
    ...[...own.values()]
      .filter(({ name }) => name.name !== "provider" && name.name !== "providers")
      .map(({ value }) => value),
    ...blocks.flatMap(({ block }) => expressionsIn(block)),
  ];
  return { scope, key: addressIn(scope, ...kind, ...labels), expressions };
}

function expressionsIn({ body }: Block): readonly Expression[] {
  return [...body.attributes.map(({ value }) => value), ...body.blocks.flatMap(expressionsIn)];
}

function addressIn({ path }: DependencyScope, ...names: readonly string[]): string {
  return [...(path === "" ? [] : [withoutKeys(path)]), ...names].join(".");
}
