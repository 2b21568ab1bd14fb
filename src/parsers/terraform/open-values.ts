import type { Condition, Subject } from "../../values/condition.js";
import type {
  Evaluated,
  EvaluatedEntry,
  EvaluatedMap,
  EvaluatedUnknown,
} from "../../values/evaluated.js";
import { lazyEntry } from "../../values/lazy-entry.js";
import type { Origin } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import { fromBoolean, type Ternary } from "../../values/ternary.js";
import { isCutShort, known, type Scalar, unset, type UnknownReason } from "../../values/value.js";
import { failure, success } from "./functions/function-result.js";
import type { FunctionResult } from "./functions/terraform-function.js";
import { wholeInstance } from "./links.js";
import { partOf } from "./origin-path.js";
import { anyType, type TypeConstraint } from "./type-constraint.js";

/** Something whose value nobody has fixed yet: a variable without value, an attribute of a data source. */
export interface OpenValue {
  /** Its identity within one deployment: `module.web.var.tokens`. */
  readonly key: string;
  /** As a message names it. */
  readonly label: string;
  readonly reason: UnknownReason;
  readonly type: TypeConstraint;
  readonly isNullable: boolean;
  /** Whether it may turn out not to be there, as an attribute of what may be null. */
  readonly mayBeMissing: boolean;
  /** Made of something open in a way that is not followed, so that null may be out of the question. */
  readonly isDerived?: boolean;
  /** As validation speaks of it, which tells no elements apart: `var.nodes[*].tokens`. By default its key. */
  readonly path?: string;
}

/** What validation leaves of the values that something open can have. */
export interface Restriction {
  readonly values: readonly Scalar[];
  readonly allowsNull: boolean;
}

/**
 * What is open in one deployment, by identity. Scenarios narrow it: a value that they have settled
 * is known, one that they have settled to be null is unset.
 */
export class OpenValues {
  readonly #scenarios: Scenarios;
  readonly #byKey = new Map<string, OpenValue & { readonly subject: Subject }>();
  readonly #restrictions = new Map<string, Restriction>();
  /** Those that were compared with null; of others no scenario can know. */
  readonly #comparedWithNull = new Set<string>();

  constructor(scenarios: Scenarios) {
    this.#scenarios = scenarios;
  }

  /** Narrows what is open, before it is read, by its key or path. */
  restrict(path: string, restriction: Restriction): void {
    this.#restrictions.set(path, restriction);
  }

  /** The value in the scenario of the moment, for whoever reads it at `origin`. */
  read(open: OpenValue, origin: Origin): Evaluated {
    return this.narrow(this.#unknownFor(open, origin));
  }

  /** What is open, without asking what the scenario of the moment knows of it. */
  open(open: OpenValue, origin: Origin): EvaluatedUnknown {
    return this.#unknownFor(open, origin);
  }

  /** The value as the scenario of the moment has narrowed it since it was read. */
  narrow(value: Evaluated): Evaluated {
    if (value.state !== "unknown" || value.subject === undefined) return value;
    const { subject, origin } = value;
    switch (this.#isNull(value, subject)) {
      case "yes":
        return unset(origin);
      case "unknown":
        return { state: "unknown", reason: value.reason, origin };
      case "no":
        break;
    }
    const object = this.#asObject(value);
    if (object !== undefined) return object;
    const possible = this.#scenarios.possibleValues(subject);
    const [first] = possible ?? [];
    if (possible === undefined || first === undefined) return value;
    if (possible.length === 1) return known(first, origin);
    return { ...value, possible };
  }

  /**
   * The attribute or element `step` of something unknown: unknown too, unless its type says that
   * there is none.
   */
  partOf(whole: EvaluatedUnknown, step: string | number): FunctionResult {
    const open = whole.subject === undefined ? undefined : this.#byKey.get(whole.subject.key);
    const suffix = stepText(step);
    const link =
      whole.link === undefined
        ? {}
        : { link: { ...whole.link, attribute: `${whole.link.attribute}${suffix}` } };
    const entry = whole.contents?.entries.get(String(step));
    if (entry !== undefined) return success(partOf(whole, entry.value));
    if (open === undefined) {
      const { reason, origin, contents } = whole;
      if (contents?.element !== undefined) return success(contents.element());
      return success({ state: "unknown", reason: extend(reason, suffix), origin, ...link });
    }
    const part = partType(open.type, step);
    if (part === undefined) return failure(`there is no ${suffix} in ${open.label}`);
    const partOpen: OpenValue = {
      ...part,
      key: `${open.key}${suffix}`,
      path: `${pathOf(open)}${isObject(open.type) ? suffix : "[*]"}`,
      label: `${open.label}${suffix}`,
      reason: extend(open.reason, suffix),
      mayBeMissing: open.mayBeMissing || open.isNullable || !isObject(open.type),
      isDerived: open.isDerived === true,
    };
    return success(this.narrow({ ...this.#unknownFor(partOpen, whole.origin), ...link }));
  }

  /**
   * What each element of something unknown is like. `suffix` tells those who go over it from each
   * other, `label` names the element in messages.
   */
  elementOf(whole: EvaluatedUnknown, suffix: string, label: string): Evaluated {
    const { contents, reason, origin } = whole;
    if (contents?.element !== undefined) return contents.element();
    const open = whole.subject === undefined ? undefined : this.#byKey.get(whole.subject.key);
    if (open === undefined || contents !== undefined) return { state: "unknown", reason, origin };
    const element: OpenValue = {
      key: `${open.key}${suffix}`,
      path: `${pathOf(open)}[*]`,
      label,
      reason: open.reason,
      type: elementType(open.type),
      isNullable: true,
      mayBeMissing: false,
      isDerived: open.isDerived === true,
    };
    return this.read(element, origin);
  }

  /** The attributes of an unknown object by name, as it has them unless it is null. */
  attributesOf(whole: EvaluatedUnknown): ReadonlyMap<string, EvaluatedEntry> | undefined {
    const type = this.typeOf(whole);
    if (type?.kind !== "object") return undefined;
    const { location } = whole.origin;
    const entries = new Map<string, EvaluatedEntry>();
    for (const name of type.attributes.keys()) {
      const read = (): Evaluated => {
        const part = this.partOf(whole, name);
        return part.ok ? part.value : whole;
      };
      entries.set(name, lazyEntry(location, read));
    }
    return entries;
  }

  /** The type that is declared for it; undefined where none is. */
  typeOf({ subject }: EvaluatedUnknown): TypeConstraint | undefined {
    return subject === undefined ? undefined : this.#byKey.get(subject.key)?.type;
  }

  /** When the value is null; false where it cannot be, undefined where that is not to be told. */
  whenNull(value: EvaluatedUnknown): Condition | false | undefined {
    if (cannotBeNull(value)) return false;
    // Where evaluating failed for our own limits, null may be out of the question.
    if (isCutShort(value.reason)) return undefined;
    const open = value.subject === undefined ? undefined : this.#byKey.get(value.subject.key);
    if (open === undefined || open.isDerived === true) return undefined;
    const restriction = this.#restrictionOf(open);
    if (!open.isNullable || restriction?.allowsNull === false) return false;
    this.#comparedWithNull.add(open.key);
    return { kind: "is-one-of", subject: nullness(open.subject), values: [true] };
  }

  /** Whether reading the value cannot turn out to be an error, so that `try` stays with it. */
  isCertain({ subject, link }: EvaluatedUnknown): boolean {
    const open = subject === undefined ? undefined : this.#byKey.get(subject.key);
    return open === undefined ? link !== undefined : !open.mayBeMissing;
  }

  #unknownFor(open: OpenValue, origin: Origin): EvaluatedUnknown {
    let known = this.#byKey.get(open.key);
    if (known === undefined) {
      known = { ...open, subject: this.#subjectOf(open) };
      this.#byKey.set(open.key, known);
    }
    const { reason, subject, isNullable } = known;
    const value: EvaluatedUnknown = { state: "unknown", reason, subject, origin };
    return isNullable ? value : { ...value, isNeverNull: true };
  }

  /** What is said of it alone, else of all elements like it. */
  #restrictionOf(open: OpenValue): Restriction | undefined {
    return this.#restrictions.get(open.key) ?? this.#restrictions.get(pathOf(open));
  }

  #subjectOf(open: OpenValue): Subject {
    const { key, label, type } = open;
    const domain =
      this.#restrictionOf(open)?.values ?? (type.kind === "bool" ? [true, false] : undefined);
    return domain === undefined ? { key, label } : { key, label, domain };
  }

  /** An object that cannot be null is known as far as its type says what parts it has. */
  #asObject(value: EvaluatedUnknown): EvaluatedMap | undefined {
    const { origin, subject } = value;
    const open = subject === undefined ? undefined : this.#byKey.get(subject.key);
    if (open?.type.kind !== "object" || value.link !== undefined) return undefined;
    if (open.isNullable && value.isNeverNull !== true) return undefined;
    const entries = this.attributesOf(value);
    if (entries === undefined) return undefined;
    return { state: "map", collection: "object", entries, origin };
  }

  /** Whether the scenario of the moment has settled that it is null; "unknown" where it must and cannot. */
  #isNull(value: EvaluatedUnknown, subject: Subject): Ternary {
    // Possible values cannot say "or null", so that scenarios must tell the two apart.
    const open = this.#byKey.get(subject.key);
    const restriction = open && this.#restrictionOf(open);
    if (restriction?.allowsNull === true) {
      const condition = this.whenNull(value);
      const isNull = typeof condition === "object" && this.#scenarios.decide(condition);
      return isNull === undefined ? "unknown" : fromBoolean(isNull);
    }
    if (!this.#comparedWithNull.has(subject.key)) return "no";
    const [answer, ...others] = this.#scenarios.possibleValues(nullness(subject)) ?? [];
    return fromBoolean(answer === true && others.length === 0);
  }
}

/** A resource as a whole, a truth, a text with something in it, one of several scalars. */
function cannotBeNull({
  link,
  condition,
  isNeverNull,
  subject,
  possible,
}: EvaluatedUnknown): boolean {
  if (link?.attribute === wholeInstance || condition !== undefined || isNeverNull === true) {
    return true;
  }
  return subject === undefined && possible !== undefined;
}

function nullness({ key, label }: Subject): Subject {
  return {
    key: `${key} == null`,
    label: `${label} is null`,
    denial: `${label} is not null`,
    domain: [true, false],
  };
}

/** The step as it is written behind what it is taken from. */
function stepText(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(step)
    ? `.${step}`
    : `[${JSON.stringify(step)}]`;
}

function pathOf({ path, key }: OpenValue): string {
  return path ?? key;
}

function isObject({ kind }: TypeConstraint): boolean {
  return kind === "object" || kind === "tuple";
}

function extend(reason: UnknownReason, suffix: string): UnknownReason {
  if (reason.kind !== "decided-at-deployment") return reason;
  return { ...reason, expression: `${reason.expression}${suffix}` };
}

function elementType(type: TypeConstraint): TypeConstraint {
  return type.kind === "list" || type.kind === "set" || type.kind === "map"
    ? type.element
    : anyType;
}

/** The type of a part, or undefined where there can be none. */
function partType(
  whole: TypeConstraint,
  step: string | number,
): Pick<OpenValue, "type" | "isNullable"> | undefined {
  switch (whole.kind) {
    case "any":
      return { type: anyType, isNullable: true };
    case "map":
      return { type: whole.element, isNullable: true };
    case "list":
      return Number.isInteger(Number(step)) ? { type: whole.element, isNullable: true } : undefined;
    case "tuple": {
      const type = whole.elements[Number(step)];
      return type === undefined ? undefined : { type, isNullable: true };
    }
    case "object": {
      const attribute = whole.attributes.get(String(step));
      if (attribute === undefined) return undefined;
      return { type: attribute.type, isNullable: attribute.default === undefined };
    }
    case "string":
    case "number":
    case "bool":
    case "set":
      return undefined;
  }
}
