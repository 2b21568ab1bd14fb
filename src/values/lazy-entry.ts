import type { Location } from "../source/text-range.js";
import type { Evaluated, EvaluatedEntry } from "./evaluated.js";

/** An entry of a map whose value is computed when read, in the scenario of that moment. */
export function lazyEntry(key: Location, read: () => Evaluated): EvaluatedEntry {
  return new LazyEntry(key, read);
}

/** A class, since objects with a getter of their own are slow to make, and every property is one. */
class LazyEntry implements EvaluatedEntry {
  readonly key: Location;
  readonly #read: () => Evaluated;

  constructor(key: Location, read: () => Evaluated) {
    this.key = key;
    this.#read = read;
  }

  get value(): Evaluated {
    return this.#read();
  }
}
