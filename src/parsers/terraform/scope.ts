import type { FileSystem } from "../../source/file-system.js";
import type { SourceFile } from "../../source/source-file.js";
import type { TextRange } from "../../source/text-range.js";
import { type Evaluated, type EvaluatedUnknown, unknown } from "../../values/evaluated.js";
import type { Origin, OriginStep } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { Expression } from "../hcl/syntax-tree.js";
import type { AwsProvider } from "../resource.js";
import { CatalogueFile } from "./catalogue-file.js";
import type { Diagnostics } from "./diagnostics.js";
import { failure } from "./functions/function-result.js";
import type { EnclosingFunction, FunctionResult } from "./functions/terraform-function.js";
import { unknownType, type ValueType } from "./functions/value-type.js";
import { expressionText } from "./json-syntax/expression-text.js";
import type { OpenValues } from "./open-values.js";

/** What all expressions of one deployment share. */
export interface EvaluationContext {
  readonly scenarios: Scenarios;
  readonly diagnostics: Diagnostics;
  readonly openValues: OpenValues;
  readonly fileSystem: FileSystem;
  /** Absolute directory of the root module. */
  readonly rootDirectory: string;
  /** Absolute directory that limits what functions may read. */
  readonly treeDirectory: string;
  /** What is certain of the AWS provider's release, as far as modules were read by now. */
  awsProvider(): AwsProvider | undefined;
  /** Makes a file known that values stand in. */
  addFile(file: SourceFile): void;
  /** The file at an absolute path, made known; undefined where it cannot be read. */
  readFile(path: string): SourceFile | undefined;
  /** Makes a block known by its address, so that links to it can be followed. */
  addBlock(block: ReferencedBlock): void;
  /** An attribute of the resource or data source at a full address, for whoever reads it at `use`. */
  resourceAttribute(address: string, name: string, use: Origin): Evaluated;
  /** The element `key` of a block with unknown `count` or `for_each`, found by the block's address. */
  elementOf(address: string, key: string | number, use: Origin): Evaluated;
  /** The full address of the one managed resource of that type whose attribute has that value. */
  findInstance(type: string, attribute: string, value: Evaluated): string | undefined;
  /** The evaluator, given here because the files it is made of depend on this one. */
  evaluate(expression: Expression, scope: Scope): FunctionResult;
}

/** A resource, data source or module call, as what refers to it sees it. */
export interface ReferencedBlock {
  /** Full, without instance key: `module.web.aws_instance.this`. */
  readonly address: string;
  /** The instance of that key, where it cannot be known which there are. */
  elementOf(key: string | number, use: Origin): Evaluated;
  /** Of a resource or data source: an attribute of the instance `""`, `[0]`, `["a"]` or `[*]`. */
  readonly attribute?: (suffix: string, name: string, use: Origin) => Evaluated;
  /** Of a managed resource: its type. */
  readonly managedType?: string;
  /** The keys of the instances of all scenarios, as they stand in addresses. */
  allSuffixes(): readonly string[];
}

/** What names mean that a module declares: `var.x`, `local.x`, `module.x`, `aws_instance.x`, … */
export interface Namespaces {
  /** `module.web[0]`; empty for the root module. Part of the identity of what is unknown. */
  readonly path: string;
  /** Absolute directory of the module. */
  readonly directory: string;
  /**
   * What `root.name` stands for: a variable, a local, a resource. What stands nowhere else has the
   * origin `use`.
   */
  attribute(root: string, name: string, use: Origin): FunctionResult;
  /** What `data.type.name` stands for. */
  dataSource(type: string, name: string, use: Origin): FunctionResult;
  /** The type of what `root.name` stands for, as far as declarations tell it. */
  typeOf(root: string, name: string): ValueType;
  /** The type of the output `name` of a module call. */
  typeOfOutput(call: string, name: string): ValueType;
}

/** The namespaces of a place where nothing is to be seen of what the module declares. */
export function withoutNames(
  { path, directory }: Pick<Namespaces, "path" | "directory">,
  place: string,
): Namespaces {
  const nothing = (expression: string) => failure(`there is no ${expression} ${place}`);
  return {
    path,
    directory,
    attribute: (root, name) => nothing(`${root}.${name}`),
    dataSource: (type, name) => nothing(`data.${type}.${name}`),
    typeOf: () => unknownType,
    typeOfOutput: () => unknownType,
  };
}

/** A name that means something within one expression or block: `each`, an iterator, a `for` variable. */
export interface Binding {
  readonly name: string;
  /** Tells one meaning from another, such as the instance that `each` belongs to. */
  readonly identity: string;
  /** Its value in the scenario of the moment. */
  readonly value: () => Evaluated;
  /** Its type in all scenarios, where more is known of it than the value shows. */
  readonly type?: () => ValueType;
}

/** Where expressions stand, which their values' origins say. */
export interface Standpoint {
  readonly file: SourceFile;
  readonly step: OriginStep;
  /** What they belong to: `local.options`, the variable `tokens`. */
  readonly name?: string;
}

interface ScopeParts extends Standpoint {
  readonly context: EvaluationContext;
  readonly namespaces: Namespaces;
  readonly bindings: readonly Binding[];
  /** Within `try` and `can`, where everything is evaluated at once so that errors show. */
  readonly isGuarded: boolean;
  /** Within a text that a function evaluates: that function. */
  readonly enclosingFunction?: EnclosingFunction;
}

/** Everything that an expression's value depends on besides its text. Immutable. */
export class Scope {
  readonly context: EvaluationContext;
  readonly namespaces: Namespaces;
  readonly file: SourceFile;
  readonly isGuarded: boolean;
  readonly enclosingFunction: EnclosingFunction | undefined;
  readonly #parts: ScopeParts;

  constructor(parts: ScopeParts) {
    this.context = parts.context;
    this.namespaces = parts.namespaces;
    this.file = parts.file;
    this.isGuarded = parts.isGuarded;
    this.enclosingFunction = parts.enclosingFunction;
    this.#parts = parts;
  }

  /** The expression's value in the scenario of the moment, or what Terraform would complain of. */
  evaluate(expression: Expression): FunctionResult {
    return this.context.evaluate(expression, this);
  }

  /**
   * As `evaluate`; what Terraform would complain of is unknown, and is listed unless it is right with
   * other values of what is open.
   */
  valueOf(expression: Expression): Evaluated {
    const result = this.evaluate(expression);
    if (result.ok) return result.value;
    if (result.isOneCase === true) {
      return unknown({ kind: "invalid" }, this.written(expression.range));
    }
    return this.reject(expression, result.message);
  }

  /** Lists what Terraform would complain of at that place; the value there is unknown. */
  reject({ range }: { readonly range: TextRange }, message: string): EvaluatedUnknown {
    const origin = this.written(range);
    this.context.diagnostics.rejected(origin.location, message);
    return unknown({ kind: "invalid" }, origin);
  }

  /** The origin of something that stands at the range and was taken from nowhere else. */
  written(range: TextRange): Origin {
    const { file, step, name } = this.#parts;
    if (file instanceof CatalogueFile) return file.origin(range);
    const location = file.location(range);
    return name === undefined ? { location, step } : { location, step, name };
  }

  /** The text at a range, on one line. */
  textOf(range: TextRange): string {
    return expressionText(this.file, range).replace(/\s+/g, " ");
  }

  /**
   * The instance whose expressions these are: the same wherever names mean the same, `""` where they mean
   * what they do in the whole module. Undefined within loops and nested blocks.
   */
  get instance(): string | undefined {
    const { bindings } = this.#parts;
    const [first] = bindings;
    if (first === undefined) return "";
    return bindings.every(({ identity }) => identity === first.identity) && isOfInstance(first)
      ? first.identity
      : undefined;
  }

  /** What a name was bound to within this expression or block, innermost first. */
  binding(name: string): Binding | undefined {
    return this.#parts.bindings.findLast((binding) => binding.name === name);
  }

  /** This scope with further bindings, which hide those of the same name. */
  bind(...bindings: readonly Binding[]): Scope {
    return new Scope({ ...this.#parts, bindings: [...this.#parts.bindings, ...bindings] });
  }

  /** This scope as seen from elsewhere in the same module. */
  at(standpoint: Standpoint): Scope {
    const { context, namespaces, bindings, isGuarded } = this.#parts;
    return new Scope({ context, namespaces, bindings, isGuarded, ...standpoint });
  }

  /** This scope for a part of what it is named after: `local.options.http_tokens`. */
  within(part: string): Scope {
    const { name } = this.#parts;
    return name === undefined ? this : new Scope({ ...this.#parts, name: `${name}.${part}` });
  }

  /** This scope with other meanings of the names that the module declares. */
  withNamespaces(namespaces: Namespaces): Scope {
    return new Scope({ ...this.#parts, namespaces });
  }

  /** This scope within `try` or `can`. */
  guarded(): Scope {
    return this.isGuarded ? this : new Scope({ ...this.#parts, isGuarded: true });
  }
}

/** `each` and `count` are bound together. */
function isOfInstance({ name }: Binding): boolean {
  return name === "each" || name === "count";
}
