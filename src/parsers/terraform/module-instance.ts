import { relative } from "pathe";
import type { TextRange } from "../../source/text-range.js";
import { type Evaluated, unknown } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import type { Ternary } from "../../values/ternary.js";
import type { Resource } from "../resource.js";
import type { DeclaredBlock } from "./declared-block.js";
import { evaluateOrSkip } from "./evaluate-block.js";
import { evaluateExpression } from "./evaluate-expression.js";
import { EvaluationError } from "./evaluation-error.js";
import { expandBlock, type Expansion } from "./expansion.js";
import {
  type ExpressionContext,
  type LookedUp,
  originOf,
  type TraversalStep,
} from "./expression-context.js";
import type { ModuleConfiguration } from "./module-configuration.js";
import { ModuleCall } from "./module-call.js";
import { parseHclTemplate } from "../hcl/parse-hcl.js";
import { ResourceBlock } from "./resource-block.js";
import type { ModuleCaller, ModuleScope, RootContext } from "./module-scope.js";
import { evaluateParts } from "./templates.js";
import { convertToConstraint, readTypeConstraint } from "./variable-type.js";
import { openVariable, takenFrom } from "./variable.js";

/** A module with the values of its variables: the root module, or one instance of a call. */
export class ModuleInstance implements ModuleScope {
  readonly configuration: ModuleConfiguration;
  readonly root: RootContext;
  /** `module.web[0]`; empty for the root module. */
  readonly address: string;
  readonly caller: ModuleCaller | undefined;
  readonly #resources: ReadonlyMap<string, ResourceBlock>;
  readonly #calls: ReadonlyMap<string, ModuleCall>;
  readonly #variables = new Map<string, () => Evaluated>();
  readonly #locals = new Map<string, () => Evaluated>();
  readonly #outputs = new Map<string, () => Evaluated>();

  /** Takes what the directory declares, and who calls it. */
  constructor(
    configuration: ModuleConfiguration,
    root: RootContext,
    caller: ModuleCaller | undefined,
  ) {
    this.configuration = configuration;
    this.root = root;
    this.caller = caller;
    this.address =
      caller === undefined
        ? ""
        : `${caller.parent.prefix}module.${caller.name}${caller.instance.suffix}`;
    for (const [name, block] of configuration.variables) {
      this.#remember(this.#variables, name, () => this.#evaluateVariable(name, block));
    }
    for (const [name, { path, node }] of configuration.locals) {
      this.#remember(this.#locals, name, () => {
        const context = this.contextOf(path);
        const place = originOf(node.value.range, context).location;
        const value = evaluateOrSkip(node.value, context);
        return takenFrom(value, { location: place, step: "local", name: `local.${name}` });
      });
    }
    for (const [name, block] of configuration.outputs) {
      this.#remember(this.#outputs, name, () => this.#evaluateOutput(name, block));
    }
    this.#resources = new Map(
      [...configuration.resources].map(([name, block]) => [
        name,
        new ResourceBlock(this, name, block),
      ]),
    );
    this.#calls = new Map(
      [...configuration.moduleCalls].map(([name, block]) => [
        name,
        new ModuleCall(this, name, block),
      ]),
    );
  }

  /** What stands before the addresses of what it declares. */
  get prefix(): string {
    return this.address === "" ? "" : `${this.address}.`;
  }

  /** Whether this instance is there in the scenario of the moment. */
  exists(): Ternary {
    return this.caller === undefined ? "yes" : this.caller.exists();
  }

  /** Shows itself and every module instance below it, with the resources each declares. */
  walk(visit: (module: ModuleScope, resources: readonly Resource[]) => void): void {
    visit(
      this,
      [...this.#resources.values()].flatMap((block) => block.resources()),
    );
    for (const call of this.#calls.values()) {
      for (const instance of call.instances()) instance.walk(visit);
    }
  }

  /** The value of an output; undefined if there is none of that name. */
  output(name: string): Evaluated | undefined {
    return this.#outputs.get(name)?.();
  }

  /** The names of the calls that lead here. */
  get callPath(): readonly string[] {
    return this.caller === undefined ? [] : [...this.caller.parent.callPath, this.caller.name];
  }

  /** Whether it is of that directory, or called from there, however far up. */
  isWithin(directory: string): boolean {
    if (this.configuration.directory === directory) return true;
    return this.caller?.parent.isWithin(directory) === true;
  }

  /** The instances of one of its blocks in the scenario of the moment, computed once. */
  expansionOf(block: DeclaredBlock): () => Expansion {
    return this.root.scenarios.memoize(
      () => expandBlock(block, (path) => this.contextOf(path)),
      () => expandBlock({ ...block, attributes: new Map() }, (path) => this.contextOf(path)),
    );
  }

  /** What expressions in one of its files are evaluated in. */
  contextOf(path: string, names: ReadonlyMap<string, Evaluated> = new Map()): ExpressionContext {
    const file = this.configuration.files.get(path);
    const { root, configuration } = this;
    const sourceText = (range: TextRange) => file?.text.slice(range.start, range.end) ?? "";
    const context: ExpressionContext = {
      path,
      scenarios: root.scenarios,
      names,
      sourceText,
      moduleAddress: this.address,
      evaluate: evaluateExpression,
      lookUp: (name, steps, range) => this.#lookUp(name, steps, range, context),
      skip: (kind, message, range) => {
        root.skip({ kind, message, location: { path, range } });
      },
      callContext: (origin) => ({
        origin,
        fileSystem: root.fileSystem,
        moduleDirectory: configuration.directory,
        rootDirectory: root.rootDirectory,
        treeDirectory: root.treeDirectory,
        evaluateTemplate: (text, templatePath, variables) => {
          const { parts } = parseHclTemplate(text);
          const inner: ExpressionContext = {
            ...context,
            path: templatePath,
            names: variables,
            sourceText: ({ start, end }) => text.slice(start, end),
          };
          try {
            return { ok: true, value: evaluateParts(parts, origin, inner) };
          } catch (error) {
            if (!(error instanceof EvaluationError)) throw error;
            return { ok: false, message: error.message };
          }
        },
      }),
    };
    return context;
  }

  #remember(into: Map<string, () => Evaluated>, name: string, compute: () => Evaluated): void {
    const whenCyclic = () => {
      const [file = ""] = this.configuration.files.keys();
      const location = { path: file, range: { start: 0, end: 0 } };
      this.root.skip({ kind: "cyclic-reference", message: `${name} refers to itself`, location });
      return unknown(
        { kind: "not-supported", what: `${name}, which refers to itself` },
        { location, step: "written" },
      );
    };
    into.set(name, this.root.scenarios.memoize(compute, whenCyclic));
  }

  #evaluateVariable(name: string, block: DeclaredBlock): Evaluated {
    const type = block.attributes.get("type");
    const constraint = type === undefined ? undefined : readTypeConstraint(type.node.value);
    const given = this.#givenValue(name);
    const isNullable = block.attributes.get("nullable")?.node.value;
    const keepsNull = !(isNullable?.kind === "literal" && isNullable.value === false);
    const isTaken = given !== undefined && (given.state !== "unset" || keepsNull);
    const value = isTaken ? given : this.#defaultOf(name, block);
    if (constraint === undefined) return value;
    try {
      return convertToConstraint(value, constraint, (fallback) =>
        evaluateOrSkip(fallback, this.contextOf(type?.path ?? block.header.path)),
      );
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return unknown({ kind: "not-supported", what: `${name}: ${error.message}` }, value.origin);
    }
  }

  /** The module argument, or what tfvars give the root module. */
  #givenValue(name: string): Evaluated | undefined {
    if (this.caller === undefined) return this.root.variableValue(name);
    return this.caller.argument(name);
  }

  #defaultOf(name: string, block: DeclaredBlock): Evaluated {
    const attribute = block.attributes.get("default");
    if (attribute === undefined) {
      return openVariable(block, name, this.address, this.root.scenarios);
    }
    const context = this.contextOf(attribute.path);
    const { location } = originOf(attribute.node.value.range, context);
    const value = evaluateOrSkip(attribute.node.value, context);
    return takenFrom(value, { location, step: "variable-default", name });
  }

  #evaluateOutput(name: string, block: DeclaredBlock): Evaluated {
    const attribute = block.attributes.get("value");
    const { path, node } = block.header;
    if (attribute === undefined) {
      return unknown(
        { kind: "invalid" },
        { location: { path, range: node.header }, step: "written" },
      );
    }
    const context = this.contextOf(attribute.path);
    const { location } = originOf(attribute.node.value.range, context);
    return takenFrom(evaluateOrSkip(attribute.node.value, context), {
      location,
      step: "module-output",
      name,
    });
  }

  #lookUp(
    root: string,
    steps: readonly TraversalStep[],
    range: TextRange,
    context: ExpressionContext,
  ): LookedUp {
    const origin = originOf(range, context);
    const [first, second] = steps;
    const name = String(first?.key ?? "");
    switch (root) {
      case "var":
        return { value: declared(this.#variables, name, "variable"), used: 1 };
      case "local":
        return { value: declared(this.#locals, name, "local value"), used: 1 };
      case "module": {
        const call = this.#calls.get(name);
        if (call === undefined) throw new EvaluationError(`there is no module ${name}`);
        return { value: call.value(origin), used: 1 };
      }
      case "data": {
        if (!this.configuration.dataSources.has(`${name}.${String(second?.key)}`)) {
          throw new EvaluationError(`there is no data source ${name}.${String(second?.key)}`);
        }
        const expression = context.sourceText(range);
        return {
          value: unknown({ kind: "decided-at-deployment", expression }, origin),
          used: steps.length,
        };
      }
      case "path":
        return { value: known(this.#path(name), origin), used: 1 };
      case "terraform":
        return {
          value: unknown(
            { kind: "decided-at-deployment", expression: `terraform.${name}` },
            origin,
          ),
          used: 1,
        };
      default: {
        const resource = this.#resources.get(`${root}.${name}`);
        if (resource === undefined) throw new EvaluationError(`there is no ${root}.${name}`);
        return { value: resource.value(origin), used: 1 };
      }
    }
  }

  /** `path.module` and the like, relative to the root module, as Terraform run there gives them. */
  #path(name: string): string {
    if (name !== "module") return this.root.rootDirectory;
    const inside = relative(this.root.rootDirectory, this.configuration.directory);
    return inside === "" ? "." : inside;
  }
}

function declared(
  values: ReadonlyMap<string, () => Evaluated>,
  name: string,
  what: string,
): Evaluated {
  const read = values.get(name);
  if (read === undefined) throw new EvaluationError(`there is no ${what} ${name}`);
  return read();
}
