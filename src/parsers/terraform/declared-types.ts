import type { OriginStep } from "../../values/origin.js";
import { typeOfExpression } from "./expression-type.js";
import { unknownType, type ValueType } from "./functions/value-type.js";
import { isNullable } from "./input-variable.js";
import type { Argument, Declaration, Module } from "./module.js";
import type { Scope } from "./scope.js";
import { anyType, readTypeConstraint, typeUnder } from "./type-constraint.js";

/** What the types of one module instance's names hang on besides its declarations. */
export interface DeclaredTypesParts {
  readonly module: Module;
  /** Any of the module's. */
  readonly scope: Scope;
  /** The type of what is given for a variable; undefined where nothing is. */
  readonly argumentType: (name: string) => ValueType | undefined;
  /** The type of a call's output. */
  readonly outputType: (call: string, name: string) => ValueType;
}

/** The types of what one module instance declares, each found when it is asked for. */
export class DeclaredTypes {
  readonly #parts: DeclaredTypesParts;
  readonly #types = new Map<string, ValueType>();

  constructor(parts: DeclaredTypesParts) {
    this.#parts = parts;
  }

  /** The type of `var.name`, `local.name` or `path.name`; unknown for anything else. */
  typeOf(root: string, name: string): ValueType {
    const { module } = this.#parts;
    switch (root) {
      case "var": {
        const declaration = module.variables.get(name);
        if (declaration === undefined) return unknownType;
        return this.#remember(`var.${name}`, () => this.#typeOfVariable(name, declaration));
      }
      case "local": {
        const local = module.locals.get(name);
        if (local === undefined) return unknownType;
        return this.#remember(`local.${name}`, () => this.#typeOfArgument(local, "local"));
      }
      case "path":
        return { kind: "string" };
      default:
        return unknownType;
    }
  }

  /** The type of `module.call.name`. */
  typeOfOutput(call: string, name: string): ValueType {
    return this.#remember(`module.${call}.${name}`, () => this.#parts.outputType(call, name));
  }

  /** The type of the module's own output. */
  ownOutput(name: string): ValueType {
    const value = this.#parts.module.outputs.get(name)?.arguments.get("value");
    if (value === undefined) return unknownType;
    return this.#remember(`output.${name}`, () => this.#typeOfArgument(value, "module-output"));
  }

  /** That of its constraint; what the constraint leaves open is as the argument or the default has it. */
  #typeOfVariable(name: string, declaration: Declaration): ValueType {
    const written = declaration.arguments.get("type");
    const constraint = written === undefined ? anyType : readTypeConstraint(written.value);
    const given = this.#parts.argumentType(name);
    const isNull = given?.kind === "any" && !isNullable(declaration);
    if (given !== undefined && !isNull) return typeUnder(constraint, given);
    const otherwise = declaration.arguments.get("default");
    const type = otherwise && this.#typeOfArgument(otherwise, "variable-default");
    return typeUnder(constraint, type ?? unknownType);
  }

  #typeOfArgument({ file, value }: Argument, step: OriginStep): ValueType {
    return typeOfExpression(value, this.#parts.scope.at({ file, step }));
  }

  /** What depends on itself has no type that could be told. */
  #remember(key: string, compute: () => ValueType): ValueType {
    const before = this.#types.get(key);
    if (before !== undefined) return before;
    this.#types.set(key, unknownType);
    const type = compute();
    this.#types.set(key, type);
    return type;
  }
}
