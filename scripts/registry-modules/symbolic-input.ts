import {
  type ObjectConstraint,
  readTypeConstraint,
  type TypeConstraint,
} from "../../src/parsers/terraform/type-constraint.js";
import { anyType } from "../../src/parsers/terraform/type-constraint.js";
import type { Declaration } from "../../src/parsers/terraform/module.js";
import {
  type Evaluated,
  type EvaluatedEntry,
  type EvaluatedMap,
  unknown,
} from "../../src/values/evaluated.js";
import type { Origin } from "../../src/values/origin.js";
import { known, type Scalar, unset } from "../../src/values/value.js";
import type { Choose, InputPath, InputState } from "./decision-tree.js";
import { groupKey, type Question } from "./question.js";

const location = { path: "/input", range: { start: 0, end: 0 } };
const origin: Origin = { location, step: "variable-value" };

/** What an input is that must be given and that no question hangs on. */
const whatever = unknown({ kind: "not-available", what: "the input" }, origin);

/** What `SymbolicInputs` may take into account. */
export interface SymbolicOptions {
  /** The inputs that hold groups. */
  readonly groups: Readonly<Record<string, "map" | "list">>;
  /** The inputs that are looked at whatever is asked: those that are given. */
  readonly given?: Iterable<string>;
  /** A group that is left out. */
  readonly without?: string | undefined;
  /** Told whenever an input is read that the question leaves alone. */
  readonly onUnexplored?: () => void;
}

/** Makes inputs of a module that decide what they are when somebody looks at them. */
export class SymbolicInputs {
  readonly #question: Question;
  readonly #groups: Readonly<Record<string, "map" | "list">>;
  readonly #choose: Choose;
  readonly #given: ReadonlySet<string>;
  readonly #without: string | undefined;
  readonly #onUnexplored: () => void;

  /** Takes what is asked, what decides, and what else there is to know. */
  constructor(question: Question, choose: Choose, options: SymbolicOptions) {
    this.#question = question;
    this.#groups = options.groups;
    this.#choose = choose;
    this.#given = new Set(options.given);
    this.#without = options.without;
    this.#onUnexplored = options.onUnexplored ?? (() => undefined);
  }

  /** The value given for a variable; undefined for its default. */
  argument(declaration: Declaration): Evaluated | undefined {
    const [name = ""] = declaration.labels;
    const type = typeOf(declaration);
    const path = [name];
    if (name === this.#without) return undefined;
    if (this.#groups[name] === "map") {
      const element = type.kind === "map" ? type.element : anyType;
      const group = this.#value([name, groupKey], element, "set");
      return { state: "map", entries: new Map([[groupKey, entry(() => group)]]), origin };
    }
    if (this.#groups[name] === "list") {
      const items = [this.#value([name, "0"], anyType, "set")];
      return { state: "list", collection: "tuple", items, origin };
    }
    // Terraform 0.11 and before wrote switches as strings.
    const isSwitch = isSwitchInText(declaration);
    const found = this.#statesOf(path, isSwitch ? anyType : type);
    const isText = isSwitch && found?.includes("true") === true;
    const states = isText ? ['"true"', '"false"'] : found;
    if (states === undefined) {
      this.#onUnexplored();
      return declaration.arguments.has("default") ? undefined : whatever;
    }
    const isNullable = declaration.arguments.get("nullable")?.value;
    const cannotBeNull = isNullable?.kind === "literal" && isNullable.value === false;
    // Null for what decides whether there are launches is rejected, unless the module expects it.
    const isUnexpected = !this.#question.isNullMeaningful || states.includes("true");
    const isNeverNull = cannotBeNull || (isUnexpected && !hasNullDefault(declaration));
    const choices = isNeverNull ? states : [...states, "null"];
    return this.#value(path, type, this.#choose(path, choices));
  }

  /** What an input can be besides absent and null; undefined where nothing hangs on it. */
  #statesOf(path: InputPath, type: TypeConstraint): readonly InputState[] | undefined {
    if (this.#given.has(path.join("."))) return [];
    switch (type.kind) {
      case "any": {
        if (this.#isGivenWithin(path) || this.#question.isContainer(path)) return ["set"];
        return this.#question.scalarStates(path, "any");
      }
      case "string":
      case "number":
      case "bool":
        return this.#question.scalarStates(path, type.kind);
      case "map":
        return this.#isGivenWithin(path) || this.#question.isContainer(path) ? ["set"] : undefined;
      case "object":
        return this.#question.isContainer(path) || this.#isLookedAt(path, type)
          ? ["set"]
          : undefined;
      case "list": {
        const [name = ""] = path.slice(-1);
        const isId = this.#question.scalarStates([name], "string")?.includes('"lt-1"') === true;
        return isId ? ["filled", "empty"] : undefined;
      }
      case "set":
      case "tuple":
        return undefined;
    }
  }

  #isLookedAt(path: InputPath, { attributes }: ObjectConstraint): boolean {
    return [...attributes].some(
      ([name, { type }]) => this.#statesOf([...path, name], type) !== undefined,
    );
  }

  #isGivenWithin(path: InputPath): boolean {
    const prefix = `${path.join(".")}.`;
    return [...this.#given].some((key) => key.startsWith(prefix));
  }

  #value(path: InputPath, type: TypeConstraint, state: InputState): Evaluated {
    if (state === "null" || state === "missing") return unset(origin);
    if (state === "filled") {
      return { state: "list", collection: "list", items: [known("lt-1", origin)], origin };
    }
    if (state === "empty") return { state: "list", collection: "list", items: [], origin };
    if (state !== "set") return known(JSON.parse(state) as Scalar, origin);
    return type.kind === "object" ? this.#object(path, type) : this.#map(path);
  }

  #object(path: InputPath, { attributes }: ObjectConstraint): EvaluatedMap {
    const entries = new Map<string, EvaluatedEntry>();
    for (const [name, { type, isOptional }] of attributes) {
      const inner = [...path, name];
      const states = this.#statesOf(inner, type);
      if (states === undefined) {
        const read = () => {
          this.#onUnexplored();
          return isOptional ? unset(origin) : whatever;
        };
        entries.set(name, entry(read));
        continue;
      }
      // An attribute of a declared type that is not there is null.
      const read = () => this.#value(inner, type, this.#choose(inner, [...states, "missing"]));
      entries.set(name, entry(read));
    }
    return { state: "map", entries, origin };
  }

  #map(path: InputPath): EvaluatedMap {
    const find = (name: string): Evaluated | undefined => {
      const inner = [...path, name];
      const states = this.#statesOf(inner, anyType);
      if (states === undefined) {
        // Of a key nobody knows only its being there counts.
        if (!this.#question.keys(path).includes(name)) return undefined;
        return this.#choose(inner, ["absent", "set"]) === "set" ? known(name, origin) : undefined;
      }
      const isNullable = this.#question.isNullMeaningful && !states.includes("true");
      const choices = isNullable ? [...states, "null"] : states;
      const isAlwaysThere = path.join(".") === "context";
      const state = this.#choose(inner, isAlwaysThere ? choices : ["absent", ...choices]);
      return state === "absent" ? undefined : this.#value(inner, anyType, state);
    };
    const prefix = `${path.join(".")}.`;
    const given = [...this.#given].filter((key) => key.startsWith(prefix));
    const names = given.map((key) => key.slice(prefix.length).split(".")[0] ?? "");
    const keys = new Set([...this.#question.keys(path), ...names]);
    const entries = new SymbolicEntries(find, [...keys]);
    return { state: "map", entries, origin };
  }
}

/** Entries that are there or not only once somebody looks for them. */
class SymbolicEntries extends Map<string, EvaluatedEntry> {
  readonly #find: (name: string) => Evaluated | undefined;
  readonly #keys: readonly string[];

  constructor(find: (name: string) => Evaluated | undefined, keys: readonly string[]) {
    super();
    this.#find = find;
    this.#keys = keys;
  }

  override get size(): number {
    return [...this.#all()].length;
  }

  override get(name: string): EvaluatedEntry | undefined {
    const value = this.#find(name);
    return value === undefined ? undefined : entry(() => value);
  }

  override has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  override keys(): MapIterator<string> {
    return new Map(this.#all()).keys();
  }

  override values(): MapIterator<EvaluatedEntry> {
    return new Map(this.#all()).values();
  }

  override entries(): MapIterator<[string, EvaluatedEntry]> {
    return new Map(this.#all()).entries();
  }

  override [Symbol.iterator](): MapIterator<[string, EvaluatedEntry]> {
    return this.entries();
  }

  override forEach(
    visit: (value: EvaluatedEntry, key: string, map: Map<string, EvaluatedEntry>) => void,
  ): void {
    for (const [name, value] of this.#all()) visit(value, name, this);
  }

  *#all(): Generator<[string, EvaluatedEntry]> {
    for (const name of this.#keys) {
      const found = this.get(name);
      if (found !== undefined) yield [name, found];
    }
  }
}

function entry(read: () => Evaluated): EvaluatedEntry {
  return {
    key: location,
    get value() {
      return read();
    },
  };
}

function typeOf({ arguments: own }: Declaration): TypeConstraint {
  const type = own.get("type");
  return type === undefined
    ? untyped(own.get("default")?.value.kind)
    : readTypeConstraint(type.value);
}

/** Terraform 0.11 and before told types by defaults. */
function untyped(defaultKind: string | undefined): TypeConstraint {
  return defaultKind === "tuple" ? { kind: "list", element: anyType } : anyType;
}

function isSwitchInText({ arguments: own }: Declaration): boolean {
  const value = own.get("default")?.value;
  const [part] = value?.kind === "template" ? value.parts : [];
  return part?.kind === "text" && (part.value === "true" || part.value === "false");
}

function hasNullDefault({ arguments: own }: Declaration): boolean {
  const value = own.get("default")?.value;
  return value?.kind === "literal" && value.value === null;
}
