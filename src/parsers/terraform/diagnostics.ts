import type { InputError } from "../../findings/input-error.js";
import type { Skipped } from "../../findings/skipped.js";
import type { Location } from "../../source/text-range.js";

/**
 * What evaluating one deployment has to say besides values. The same expression is evaluated for
 * many instances and in many scenarios, so everything is said once.
 */
export class Diagnostics {
  readonly errors: InputError[] = [];
  readonly skipped: Skipped[] = [];
  readonly #said = new Set<string>();

  /** Adds errors that were found before evaluating. */
  addErrors(errors: readonly InputError[]): void {
    this.errors.push(...errors);
  }

  /** Lists something that is not looked at. The message is a clause. */
  skip(kind: Skipped["kind"], location: Location, message: string): void {
    const identity = `${location.path} ${location.range.start} ${kind} ${message}`;
    if (this.#said.has(identity)) return;
    this.#said.add(identity);
    this.skipped.push({ kind, message, location });
  }

  /**
   * Lists an expression that Terraform would reject. That is Terraform's to report, so it is no
   * error of the run; but what depends on it is not judged, which must not be silent.
   */
  rejected(location: Location, message: string): void {
    this.skip("not-supported", location, `an expression that Terraform rejects (${message})`);
  }
}
