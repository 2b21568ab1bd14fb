import type { EvaluatedEntry } from "../../values/evaluated.js";

/** Entries of which some are only made when they are asked for by name. */
export class ComputedEntries extends Map<string, EvaluatedEntry> {
  readonly #compute: (name: string) => EvaluatedEntry | undefined;

  /** Takes how to make an entry, and the names that are there when all are listed. */
  constructor(compute: (name: string) => EvaluatedEntry | undefined, names: readonly string[]) {
    super();
    this.#compute = compute;
    for (const name of names) {
      const entry = compute(name);
      if (entry !== undefined) this.set(name, entry);
    }
  }

  override get(name: string): EvaluatedEntry | undefined {
    return super.get(name) ?? this.#compute(name);
  }
}
