import type { Condition, Subject } from "./condition.js";
import type { Scalar } from "./value.js";

/** What a scenario says of a subject: the values it is among, or only those it is not. */
export interface SubjectState {
  readonly among?: readonly Scalar[];
  readonly excluded: ReadonlySet<Scalar>;
}

/** What is decided at some point of a scenario, by the keys of what it was decided of. */
export interface Decided {
  readonly subjects: ReadonlyMap<string, SubjectState>;
  readonly statements: ReadonlyMap<string, boolean>;
}

/** A search gives up after this many steps, and takes what it could not refute for possible. */
const STEP_LIMIT = 1000;

/** A value is read apart for at most this many conditions on others. */
const TOLD_APART = 8;

/** A requirement on a subject's value, and the conditions on other things in it. */
interface Narrowing {
  readonly requirement: Condition;
  readonly parts: readonly Condition[];
}

const nothingDecided: Decided = { subjects: new Map(), statements: new Map() };

/** Conditions that hold in every scenario, and the search for scenarios in which they can. */
export class Requirements {
  /** For each variable the conditions that its value can bear on, directly or through others' values. */
  readonly #groups = new Map<string, readonly Condition[]>();
  /** What is asked again and again of the same subjects, by their keys. */
  readonly #narrowing = new Map<string, readonly Narrowing[]>();
  readonly #mentioned = new Map<string, ReadonlySet<Scalar>>();

  /** Adds one, unless it can never hold together with the others; gives whether it was added. */
  add(condition: Condition): boolean {
    const touched = new Set(
      variablesOf(condition).flatMap((name) => [this.#groups.get(name) ?? []]),
    );
    const group = [...[...touched].flat(), condition];
    if (!canHold(group, nothingDecided)) return false;
    for (const name of group.flatMap(variablesOf)) this.#groups.set(name, group);
    this.#narrowing.clear();
    this.#mentioned.clear();
    return true;
  }

  /** Whether something that is required can depend on the value of the subject. */
  concern(subject: Subject): boolean {
    return this.#groups.has(subjectVariable(subject.key));
  }

  /**
   * What is required of the subject under conditions on other things, each with these conditions, so
   * that who reads the value can tell them apart. Left out where there are too many.
   */
  narrowing({ key }: Subject): readonly Narrowing[] {
    let narrowing = this.#narrowing.get(key);
    if (narrowing === undefined) {
      narrowing = narrowingOf(key, this.#groups.get(subjectVariable(key)) ?? []);
      this.#narrowing.set(key, narrowing);
    }
    return narrowing;
  }

  /**
   * Those of the values `left` to a subject with which everything required can still hold. `left` is
   * undefined where it is any value; so is the result where the requirements leave more than can be listed.
   */
  valuesAllowed(
    subject: Subject,
    left: readonly Scalar[] | undefined,
    decided: Decided,
  ): readonly Scalar[] | undefined {
    const group = this.#groups.get(subjectVariable(subject.key));
    if (group === undefined) return left;
    const mentioned = this.#valuesMentioned(subject.key, group);
    const state = decided.subjects.get(subject.key);
    // Values of which nothing is said are alike.
    const excluded = new Set([...(state?.excluded ?? []), ...mentioned]);
    const among = left?.filter((value) => !excluded.has(value));
    const others: SubjectState = among === undefined ? { excluded } : { among, excluded };
    const areOthersAllowed =
      among?.length !== 0 && canHold(group, withSubject(decided, subject.key, others));
    if (left === undefined && areOthersAllowed) return undefined;
    const candidates =
      left ?? [...mentioned].filter((value) => state?.excluded.has(value) !== true);
    const allowed = candidates.filter((value) =>
      mentioned.has(value) ? this.allows(subject, value, decided) : areOthersAllowed,
    );
    return allowed.length === left?.length ? left : allowed;
  }

  #valuesMentioned(key: string, group: readonly Condition[]): ReadonlySet<Scalar> {
    let mentioned = this.#mentioned.get(key);
    if (mentioned === undefined) {
      mentioned = new Set(group.flatMap((condition) => valuesMentioned(condition, key)));
      this.#mentioned.set(key, mentioned);
    }
    return mentioned;
  }

  /** Whether everything required can hold if the subject has the value. */
  allows(subject: Subject, value: Scalar, decided: Decided): boolean {
    const group = this.#groups.get(subjectVariable(subject.key));
    if (group === undefined) return true;
    const state = { among: [value], excluded: new Set<Scalar>() };
    return canHold(group, withSubject(decided, subject.key, state));
  }

  /** The only truth that the statement of that key can have; undefined where it can have both. */
  truthOfStatement(key: string, decided: Decided): boolean | undefined {
    const group = this.#groups.get(statementVariable(key));
    if (group === undefined) return undefined;
    const [canBeTrue, canBeFalse] = [true, false].map((truth) =>
      canHold(group, withStatement(decided, key, truth)),
    );
    return canBeTrue === canBeFalse ? undefined : canBeTrue;
  }
}

function narrowingOf(subject: string, group: readonly Condition[]): readonly Narrowing[] {
  const narrowing = group.flatMap((requirement) => {
    const parts = partsOf(requirement);
    const others = parts.filter((part) => valuesMentioned(part, subject).length === 0);
    const isApart = others.length > 0 && others.length < parts.length;
    return isApart ? [{ requirement, parts: others }] : [];
  });
  const count = narrowing.reduce((sum, { parts }) => sum + parts.length, 0);
  return count > TOLD_APART ? [] : narrowing;
}

/** The truth of a condition as far as it is decided. */
export function truthOf(condition: Condition, decided: Decided): boolean | undefined {
  switch (condition.kind) {
    case "is-one-of":
      return truthOfChoice(condition, decided);
    case "statement":
      return decided.statements.get(condition.key);
    case "not": {
      const truth = truthOf(condition.operand, decided);
      return truth === undefined ? undefined : !truth;
    }
    case "and":
    case "or": {
      const decisive = condition.kind === "or";
      let result: boolean | undefined = !decisive;
      for (const operand of condition.operands) {
        const truth = truthOf(operand, decided);
        if (truth === decisive) return decisive;
        if (truth === undefined) result = undefined;
      }
      return result;
    }
    case "named":
      return truthOf(condition.condition, decided);
  }
}

/** The conditions that others are made of. */
type Atom = Extract<Condition, { readonly kind: "is-one-of" | "statement" }>;

function truthOfChoice(
  { subject, values }: Extract<Condition, { readonly kind: "is-one-of" }>,
  { subjects }: Decided,
): boolean | undefined {
  const state = subjects.get(subject.key);
  const left = (state?.among ?? subject.domain)?.filter(
    (value) => state?.excluded.has(value) !== true,
  );
  if (left === undefined) {
    return values.every((value) => state?.excluded.has(value) === true) ? false : undefined;
  }
  const suiting = left.filter((value) => values.includes(value)).length;
  return suiting === 0 ? false : suiting === left.length ? true : undefined;
}

/**
 * Whether all conditions can hold with what is decided: each that is open is split by one of the
 * conditions that it is made of, until one is false or none is open.
 */
function canHold(conditions: readonly Condition[], decided: Decided): boolean {
  let steps = 0;
  const search = (among: readonly Condition[], current: Decided): boolean => {
    steps += 1;
    if (steps > STEP_LIMIT) return true;
    const open: Condition[] = [];
    for (const condition of among) {
      const truth = truthOf(condition, current);
      if (truth === false) return false;
      if (truth === undefined) open.push(condition);
    }
    const [first] = open;
    const atom =
      first === undefined
        ? undefined
        : atomsOf(first).find((candidate) => truthOf(candidate, current) === undefined);
    if (atom === undefined) return true;
    return [true, false].some((holds) => search(open, withAtom(current, atom, holds)));
  };
  return search(conditions, decided);
}

function atomsOf(condition: Condition): readonly Atom[] {
  switch (condition.kind) {
    case "is-one-of":
    case "statement":
      return [condition];
    case "not":
      return atomsOf(condition.operand);
    case "and":
    case "or":
      return condition.operands.flatMap(atomsOf);
    case "named":
      return atomsOf(condition.condition);
  }
}

/** What a condition is made of, down to names. */
function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case "is-one-of":
    case "statement":
    case "named":
      return [condition];
    case "not":
      return partsOf(condition.operand);
    case "and":
    case "or":
      return condition.operands.flatMap(partsOf);
  }
}

function withAtom(decided: Decided, atom: Atom, holds: boolean): Decided {
  if (atom.kind === "statement") return withStatement(decided, atom.key, holds);
  const { subject, values } = atom;
  const state = decided.subjects.get(subject.key);
  const among = state?.among ?? subject.domain;
  if (holds) {
    const chosen = values.filter(
      (value) => among?.includes(value) !== false && state?.excluded.has(value) !== true,
    );
    return withSubject(decided, subject.key, { among: chosen, excluded: new Set() });
  }
  const excluded = new Set([...(state?.excluded ?? []), ...values]);
  const left = state?.among;
  return withSubject(
    decided,
    subject.key,
    left === undefined ? { excluded } : { among: left, excluded },
  );
}

function withSubject(decided: Decided, key: string, state: SubjectState): Decided {
  return { ...decided, subjects: new Map(decided.subjects).set(key, state) };
}

function withStatement(decided: Decided, key: string, truth: boolean): Decided {
  return { ...decided, statements: new Map(decided.statements).set(key, truth) };
}

function valuesMentioned(condition: Condition, subject: string): readonly Scalar[] {
  return atomsOf(condition).flatMap((atom) =>
    atom.kind === "is-one-of" && atom.subject.key === subject ? atom.values : [],
  );
}

function subjectVariable(key: string): string {
  return `subject ${key}`;
}

function statementVariable(key: string): string {
  return `statement ${key}`;
}

function variablesOf(condition: Condition): readonly string[] {
  return atomsOf(condition).map((atom) =>
    atom.kind === "statement" ? statementVariable(atom.key) : subjectVariable(atom.subject.key),
  );
}
