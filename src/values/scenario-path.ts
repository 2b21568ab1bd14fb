import { type Condition, negate, type Subject } from "./condition.js";
import { type Requirements, type SubjectState, truthOf } from "./requirements.js";
import { describeScalar, isCutShort, type Scalar } from "./value.js";

/** One decision of a scenario. `key` says what was decided, `text` reads behind "when". */
export interface Decision {
  readonly key: string;
  readonly holds: boolean;
  readonly text: string;
  /** Whether the template names this condition; messages prefer such names. */
  readonly named: boolean;
  /** Of a decision on a subject: what it can be after it. */
  readonly leaves?: Leaves;
  /** The same as a condition that holds. */
  readonly condition: Condition;
}

/** The values a subject is among, or those it is not. */
export interface Leaves {
  readonly subject: string;
  readonly among?: readonly Scalar[];
  readonly excluded: readonly Scalar[];
}

/**
 * One way through the decisions: the given choices first, then always "holds". Most computations
 * take no decision at all, so that nothing is made before one is taken.
 */
export class ScenarioPath {
  readonly #choices: readonly boolean[];
  readonly #onAlternative: (choices: readonly boolean[]) => void;
  readonly #requirements: Requirements;
  #memory: PathMemory | undefined;

  /** `onAlternative` gets the choices that lead the other way, wherever there is one. */
  constructor(
    choices: readonly boolean[],
    requirements: Requirements,
    onAlternative: (choices: readonly boolean[]) => void,
  ) {
    this.#choices = choices;
    this.#requirements = requirements;
    this.#onAlternative = onAlternative;
  }

  /** Takes the decisions that `take` does, if that comes to anything; else it was never tried. */
  attempt<T>(take: (path: ScenarioPath) => T | undefined): T | undefined {
    const alternatives: (readonly boolean[])[] = [];
    const addAlternative = (choices: readonly boolean[]) => alternatives.push(choices);
    const trial = new ScenarioPath(this.#choices, this.#requirements, addAlternative);
    if (this.#memory !== undefined) trial.#memory = copyOf(this.#memory);
    const result = take(trial);
    if (result !== undefined) {
      this.#memory = trial.#memory;
      alternatives.forEach(this.#onAlternative);
    }
    return result;
  }

  /** What was decided so far. */
  decisions(): readonly Decision[] {
    return this.#memory === undefined ? [] : [...this.#memory.decisions.values()];
  }

  /** As `Scenarios.decide`. */
  decide(condition: Condition): boolean | undefined {
    switch (condition.kind) {
      case "is-one-of":
        return this.#decideSubject(condition.subject, condition.values);
      case "statement":
        return this.#decideStatement(condition);
      case "not": {
        const holds = this.decide(condition.operand);
        return holds === undefined ? undefined : !holds;
      }
      case "and":
        return this.#decideAll(condition.operands, false);
      case "or":
        return this.#decideAll(condition.operands, true);
      case "named": {
        const { label } = condition;
        const { named } = this.#remembered;
        if (named.has(label)) return named.get(label);
        const holds = this.decide(condition.condition);
        named.set(label, holds);
        if (holds !== undefined) {
          const text = `${label} is ${String(holds)}`;
          const known = holds ? condition : negate(condition);
          this.#record({ key: `name ${label}`, holds, text, named: true, condition: known });
        }
        return holds;
      }
    }
  }

  /** As `Scenarios.possibleValues`. */
  possibleValues(subject: Subject): readonly Scalar[] | undefined {
    if (this.#requirements.concern(subject)) {
      this.#decideWhatNarrows(subject);
      this.#narrow(subject);
    }
    return this.#valuesLeft(subject);
  }

  /** What is required of a value for certain conditions is said as what holds under them. */
  #decideWhatNarrows(subject: Subject): void {
    for (const { requirement, parts } of this.#requirements.narrowing(subject)) {
      for (const part of parts) {
        if (truthOf(requirement, this.#remembered) !== undefined) break;
        this.decide(part);
      }
    }
  }

  /** Leaves only those values that the requirements allow; of a subject without domain, only some are asked. */
  #narrow(subject: Subject, asked: readonly Scalar[] = []): void {
    const left = this.#valuesLeft(subject);
    const { subjects } = this.#remembered;
    const allowed = this.#requirements.valuesAllowed(subject, left, this.#remembered);
    const excluded = subjects.get(subject.key)?.excluded ?? new Set<Scalar>();
    if (allowed !== left) {
      if (allowed !== undefined) subjects.set(subject.key, { among: allowed, excluded });
    } else if (left === undefined) {
      const rejected = asked.filter(
        (value) => !this.#requirements.allows(subject, value, this.#remembered),
      );
      if (rejected.length === 0) return;
      subjects.set(subject.key, { excluded: new Set([...excluded, ...rejected]) });
    }
  }

  #valuesLeft(subject: Subject): readonly Scalar[] | undefined {
    const state = this.#memory?.subjects.get(subject.key);
    if (state === undefined) return subject.domain;
    if (state.among !== undefined) return state.among;
    return subject.domain?.filter((value) => !state.excluded.has(value));
  }

  /** An operand that is `decisive` decides; an undecidable one leaves the rest open. */
  #decideAll(operands: readonly Condition[], decisive: boolean): boolean | undefined {
    let result: boolean | undefined = !decisive;
    for (const operand of operands) {
      const holds = this.decide(operand);
      if (holds === decisive) return decisive;
      if (holds === undefined) result = undefined;
    }
    return result;
  }

  #decideSubject(subject: Subject, values: readonly Scalar[]): boolean {
    if (this.#requirements.concern(subject)) this.#narrow(subject, values);
    const possible = this.#valuesLeft(subject);
    const { subjects } = this.#remembered;
    const state = subjects.get(subject.key);
    const candidates =
      possible === undefined
        ? values.filter((value) => state?.excluded.has(value) !== true)
        : possible.filter((value) => values.includes(value));
    if (candidates.length === 0) return false;
    if (possible !== undefined && candidates.length === possible.length) return true;

    const holds = this.#choose();
    const excluded = new Set(state?.excluded);
    if (holds) {
      subjects.set(subject.key, { among: candidates, excluded });
    } else {
      for (const value of candidates) excluded.add(value);
      const among = possible?.filter((value) => !excluded.has(value));
      subjects.set(subject.key, among === undefined ? { excluded } : { among, excluded });
    }
    const listed = candidates.map(describeScalar).join(" or ");
    const left = subjects.get(subject.key)?.among;
    const isFirst = state === undefined;
    const text = describeChoice(subject, candidates, holds, isFirst ? undefined : left);
    // What is left must be what the text says, not what other decisions say beside it.
    const leaves = {
      subject: subject.key,
      ...(text.isAmong && left !== undefined
        ? { among: left, excluded: [] }
        : leftOfAll(subject.domain, candidates)),
    };
    const choice: Condition = { kind: "is-one-of", subject, values: candidates };
    this.#record({
      key: `${subject.key} is ${listed}`,
      holds,
      text: text.text,
      named: false,
      leaves,
      condition: holds ? choice : negate(choice),
    });
    return holds;
  }

  #decideStatement(
    statement: Extract<Condition, { readonly kind: "statement" }>,
  ): boolean | undefined {
    // Whether both branches can be reached is not known where evaluating failed for our own limits.
    if (isCutShort(statement.reason)) return undefined;
    const { statements } = this.#remembered;
    const before = statements.get(statement.key);
    if (before !== undefined) return before;
    const required = this.#requirements.truthOfStatement(statement.key, this.#remembered);
    if (required !== undefined) {
      statements.set(statement.key, required);
      return required;
    }
    const holds = this.#choose();
    statements.set(statement.key, holds);
    const text = describeTruth(statement, holds);
    const condition = holds ? statement : negate(statement);
    this.#record({ key: statement.key, holds, text, named: false, condition });
    return holds;
  }

  #choose(): boolean {
    const { taken } = this.#remembered;
    const given = this.#choices[taken.length];
    if (given === undefined) this.#onAlternative([...taken, false]);
    const holds = given ?? true;
    taken.push(holds);
    return holds;
  }

  #record(decision: Decision): void {
    const { decisions } = this.#remembered;
    if (!decisions.has(decision.key)) decisions.set(decision.key, decision);
  }

  get #remembered(): PathMemory {
    this.#memory ??= {
      taken: [],
      statements: new Map(),
      subjects: new Map(),
      decisions: new Map(),
      named: new Map(),
    };
    return this.#memory;
  }
}

/** What was decided so far, by the keys of what it was decided of. */
interface PathMemory {
  readonly taken: boolean[];
  readonly statements: Map<string, boolean>;
  readonly subjects: Map<string, SubjectState>;
  readonly decisions: Map<string, Decision>;
  /** Named conditions refer to each other; without remembering, the work would double at each step. */
  readonly named: Map<string, boolean | undefined>;
}

function copyOf(memory: PathMemory): PathMemory {
  return {
    taken: [...memory.taken],
    statements: new Map(memory.statements),
    subjects: new Map(memory.subjects),
    decisions: new Map(memory.decisions),
    named: new Map(memory.named),
  };
}

/**
 * What a decision on a subject says, and whether that is all that is left of it. `left` is what it can
 * be after this and earlier decisions, which together may be said in fewer words.
 */
function describeChoice(
  subject: Subject,
  candidates: readonly Scalar[],
  holds: boolean,
  left: readonly Scalar[] | undefined,
): { readonly text: string; readonly isAmong: boolean } {
  const [only] = candidates;
  if (typeof only === "boolean" && candidates.length === 1) {
    return { text: describeTruth(subject, only === holds), isAmong: holds || left?.length === 1 };
  }
  const isShorter = left !== undefined && left.length <= candidates.length;
  const listed = (isShorter ? left : candidates).map(describeScalar);
  const isAmong = holds || isShorter;
  const predicate = isAmong ? listed.join(" or ") : describeExclusion(listed);
  return { text: `${subject.label} is ${predicate}`, isAmong };
}

function describeExclusion(listed: readonly string[]): string {
  return listed.length === 1 ? `not ${listed.join("")}` : `neither ${listed.join(" nor ")}`;
}

function leftOfAll(domain: readonly Scalar[] | undefined, excluded: readonly Scalar[]) {
  if (domain === undefined) return { excluded };
  return { excluded, among: domain.filter((value) => !excluded.includes(value)) };
}

/** "data.x.y.enabled is true" of a name; a clause or its denial as they are. */
function describeTruth(
  { label, denial }: { readonly label: string; readonly denial?: string },
  holds: boolean,
): string {
  if (denial === undefined) return `${label} is ${String(holds)}`;
  return holds ? label : denial;
}
