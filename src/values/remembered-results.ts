import type { Condition, Subject } from "./condition.js";
import type { Scalar } from "./value.js";

/** What a scenario was asked, and what it said. */
export type Answer =
  | { readonly condition: Condition; readonly holds: boolean | undefined }
  | { readonly subject: Subject; readonly values: readonly Scalar[] | undefined };

/** What a computation came to where it got these answers, in that order. */
export interface Result<T> {
  readonly answers: readonly Answer[];
  readonly value: T;
}

/** Beyond this many, all are forgotten, so that what is kept stays small. */
const RESULTS_LIMIT = 64;

/**
 * The results of one computation that asks its scenario, as a tree: what it asks next follows from the
 * answers so far, so that each answer leads to another question or to a result.
 */
export class RememberedResults<T> {
  #start: Step<T> = { next: [] };
  #count = 0;

  /** Whether there is nothing to find. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** The result for a scenario that answers as another did; `isStill` asks it. */
  find(isStill: (answer: Answer) => boolean): Result<T> | undefined {
    let step: Step<T> | undefined = this.#start;
    while (step !== undefined && step.result === undefined) {
      step = step.next.find(({ answer }) => isStill(answer))?.step;
    }
    return step?.result;
  }

  /** Adds what no other answers have led to. */
  add(result: Result<T>): void {
    if (this.#count >= RESULTS_LIMIT) {
      this.#start = { next: [] };
      this.#count = 0;
    }
    let step = this.#start;
    for (const answer of result.answers) {
      let branch = step.next.find((each) => isSameAnswer(each.answer, answer));
      if (branch === undefined) {
        branch = { answer, step: { next: [] } };
        step.next.push(branch);
      }
      step = branch.step;
    }
    step.result = result;
    this.#count += 1;
  }
}

/** Where the answers so far lead: to a result, or by one more answer to other steps. */
interface Step<T> {
  result?: Result<T>;
  readonly next: { readonly answer: Answer; readonly step: Step<T> }[];
}

/** Whether two answers to one question say the same. */
function isSameAnswer(left: Answer, right: Answer): boolean {
  if ("condition" in left) return "condition" in right && left.holds === right.holds;
  return !("condition" in right) && areSameValues(left.values, right.values);
}

/** Whether the values that a subject can have are the same. */
export function areSameValues(
  left: readonly Scalar[] | undefined,
  right: readonly Scalar[] | undefined,
): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined || left.length !== right.length) return false;
  return left.every((value, index) => value === right[index]);
}
