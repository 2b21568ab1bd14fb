import { type Condition, negate, type Subject } from "./condition.js";
import {
  type Answer,
  areSameValues,
  RememberedResults,
  type Result,
} from "./remembered-results.js";
import { Requirements, type SubjectState, truthOf } from "./requirements.js";
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

/** What one scenario came to. */
export interface Outcome<T> {
  readonly decisions: readonly Decision[];
  readonly result: T;
  /** There were too many scenarios: this outcome stands for all that were not run, undecided. */
  readonly isMerged?: true;
}

/** At most this many scenarios are told apart; beyond it the branches merge to unknown. */
const SCENARIO_LIMIT = 32;

/**
 * Tells apart what a deployment can come to where conditions are open.
 *
 * Evaluators are written as if every condition were decided: they ask `decide` and follow one
 * branch. `explore` runs a computation again and again, with other answers each time, until all
 * consistent combinations were seen. Two values behind one condition are thus never mixed, and a
 * condition that a computation never asks for costs nothing.
 */
export class Scenarios {
  #path: Path | undefined;
  /** What the computation of the moment was told, where that is being remembered. */
  #answers: Set<Answer> | undefined;
  readonly #requirements = new Requirements();

  /**
   * Leaves out scenarios in which the statement is false, if others remain; gives whether they do. The
   * statement is computed in each scenario that it depends on itself; beyond the limit, and where it
   * is too intricate, it narrows nothing.
   */
  require(statement: () => boolean | Condition): boolean {
    let areLeft = true;
    for (const { decisions, result, isMerged } of this.explore(statement)) {
      if (result === true || isMerged === true) continue;
      // Names come first, since messages prefer them.
      const when = decisions.toSorted((left, right) => Number(right.named) - Number(left.named));
      const otherwise = when.map(({ condition }) => negate(condition));
      const operands = result === false ? otherwise : [...otherwise, result];
      if (!this.#requirements.add({ kind: "or", operands })) areLeft = false;
    }
    return areLeft;
  }

  /**
   * Whether the condition holds in the current scenario. Undefined where that cannot be said:
   * outside `explore`, beyond the scenario limit, or for a statement that we are unable to
   * evaluate; then both branches count and neither is certain.
   */
  decide(condition: Condition): boolean | undefined {
    const holds = this.#path?.decide(condition);
    this.#answers?.add({ condition, holds });
    return holds;
  }

  /** The values that the subject can still have in the current scenario, where that is a finite set. */
  possibleValues(subject: Subject): readonly Scalar[] | undefined {
    const values = this.#path === undefined ? subject.domain : this.#path.possibleValues(subject);
    this.#answers?.add({ subject, values });
    return values;
  }

  /**
   * Runs `run` once per scenario. Beyond the limit it runs once more, with `decide` answering
   * undefined, and that outcome, which holds whatever is decided, stands for all the others.
   */
  explore<T>(run: () => T): readonly Outcome<T>[] {
    const outer = { path: this.#path, answers: this.#answers };
    // What all scenarios come to together depends on none of them.
    this.#answers = undefined;
    const outcomes: Outcome<T>[] = [];
    const pending: (readonly boolean[])[] = [[]];
    const addAlternative = (choices: readonly boolean[]) => pending.push(choices);
    try {
      for (let choices = pending.pop(); choices !== undefined; choices = pending.pop()) {
        if (outcomes.length + pending.length >= SCENARIO_LIMIT) {
          this.#path = undefined;
          outcomes.push({ decisions: [], result: run(), isMerged: true });
          break;
        }
        const path = new Path(choices, this.#requirements, addAlternative);
        this.#path = path;
        const result = run();
        outcomes.push({ decisions: path.decisions(), result });
      }
    } finally {
      this.#path = outer.path;
      this.#answers = outer.answers;
    }
    return outcomes;
  }

  /**
   * A function that computes once, and once more wherever the scenario answers otherwise what the
   * computation asked of it. A computation that asks for itself gets `whenCyclic()` there.
   */
  memoize<T>(compute: () => T, whenCyclic: () => T): () => T {
    const results = new RememberedResults<T>();
    let latest: { readonly path: Path | undefined; readonly result: Result<T> } | undefined;
    let isComputing = false;
    const computeResult = (): Result<T> => {
      isComputing = true;
      const outer = this.#answers;
      const answers = new Set<Answer>();
      this.#answers = answers;
      try {
        const value = compute();
        const result = { answers: [...answers], value };
        results.add(result);
        return result;
      } finally {
        isComputing = false;
        this.#answers = outer;
      }
    };
    return () => {
      if (latest?.result.answers.length === 0) return latest.result.value;
      const path = this.#path;
      if (latest === undefined || path === undefined || latest.path !== path) {
        if (isComputing) return whenCyclic();
        latest = { path, result: this.#find(results) ?? computeResult() };
      }
      const { answers, value } = latest.result;
      if (this.#answers !== undefined) for (const answer of answers) this.#answers.add(answer);
      return value;
    };
  }

  /** The result that computing would give, with the decisions taken that it would take. */
  #find<T>(results: RememberedResults<T>): Result<T> | undefined {
    if (results.isEmpty) return undefined;
    const trial = this.#path?.copy();
    const result = results.find((answer) => {
      if ("condition" in answer) return trial?.decide(answer.condition) === answer.holds;
      const { subject, values } = answer;
      return areSameValues(trial ? trial.possibleValues(subject) : subject.domain, values);
    });
    if (result !== undefined && trial !== undefined) this.#path?.become(trial);
    return result;
  }
}

/**
 * One way through the decisions: the given choices first, then always "holds". Most computations
 * take no decision at all, so that nothing is made before one is taken.
 */
class Path {
  readonly #choices: readonly boolean[];
  readonly #onAlternative: (choices: readonly boolean[]) => void;
  readonly #requirements: Requirements;
  readonly #alternatives: (readonly boolean[])[] = [];
  #memory: PathMemory | undefined;

  constructor(
    choices: readonly boolean[],
    requirements: Requirements,
    onAlternative: (choices: readonly boolean[]) => void,
  ) {
    this.#choices = choices;
    this.#requirements = requirements;
    this.#onAlternative = onAlternative;
  }

  /** The same way, to try where it leads. */
  copy(): Path {
    const copy = new Path(this.#choices, this.#requirements, (choices) => {
      copy.#alternatives.push(choices);
    });
    if (this.#memory !== undefined) copy.#memory = copyOf(this.#memory);
    return copy;
  }

  /** Takes the decisions that a copy has taken since. */
  become(copy: Path): void {
    this.#memory = copy.#memory;
    copy.#alternatives.forEach(this.#onAlternative);
  }

  decisions(): readonly Decision[] {
    return this.#memory === undefined ? [] : [...this.#memory.decisions.values()];
  }

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
