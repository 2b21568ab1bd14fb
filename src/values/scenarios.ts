import { type Condition, negate, type Subject } from "./condition.js";
import { type Decision, ScenarioPath } from "./scenario-path.js";
import {
  type Answer,
  areSameValues,
  RememberedResults,
  type Result,
} from "./remembered-results.js";
import { Requirements } from "./requirements.js";
import type { Scalar } from "./value.js";

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
  #path: ScenarioPath | undefined;
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
        const path = new ScenarioPath(choices, this.#requirements, addAlternative);
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

  /** What the computation comes to where nothing is decided, whatever the scenario of the moment. */
  outside<T>(compute: () => T): T {
    const outer = { path: this.#path, answers: this.#answers };
    this.#path = undefined;
    this.#answers = undefined;
    try {
      return compute();
    } finally {
      this.#path = outer.path;
      this.#answers = outer.answers;
    }
  }

  /**
   * A function that computes once, and once more wherever the scenario answers otherwise what the
   * computation asked of it. A computation that asks for itself gets `whenCyclic()` there.
   */
  memoize<T>(compute: () => T, whenCyclic: () => T): () => T {
    const results = new RememberedResults<T>();
    let latest: { readonly path: ScenarioPath | undefined; readonly result: Result<T> } | undefined;
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
    const find = (path: ScenarioPath | undefined) =>
      results.find((answer) => {
        if ("condition" in answer) return path?.decide(answer.condition) === answer.holds;
        const { subject, values } = answer;
        const now = path === undefined ? subject.domain : path.possibleValues(subject);
        return areSameValues(now, values);
      });
    return this.#path === undefined ? find(undefined) : this.#path.attempt(find);
  }
}
