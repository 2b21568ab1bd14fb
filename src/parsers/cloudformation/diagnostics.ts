import type { InputError } from "../../findings/input-error.js";
import type { Skipped } from "../../findings/skipped.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import { type EvaluatedUnknown, unknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { IncludedFile } from "./includes.js";

/** Anything that stands somewhere in the template: a node, or an entry's key. */
export interface Placed {
  readonly range: TextRange;
  /** As written before the range: `!Ref`. */
  readonly tag?: string;
}

/** Where everything that is said of one deployment is collected. */
export interface DiagnosticLog {
  readonly errors: InputError[];
  readonly skipped: Skipped[];
}

/**
 * What evaluating one template has to say besides values. The same node is evaluated in many
 * scenarios, so everything is said once.
 */
export class Diagnostics {
  readonly #file: SourceFile;
  readonly #log: DiagnosticLog;
  readonly #toLocation: (range: TextRange) => Location;
  readonly #included: readonly IncludedFile[];
  readonly #said = new Set<string>();

  /**
   * `toLocation` says where a range of the text stands, for texts that are embedded in a file; ranges
   * behind its end are those of the included files.
   */
  constructor(
    file: SourceFile,
    log: DiagnosticLog,
    toLocation = (range: TextRange): Location => ({ path: file.path, range }),
    included: readonly IncludedFile[] = [],
  ) {
    this.#file = file;
    this.#log = log;
    this.#toLocation = toLocation;
    this.#included = included;
  }

  /**
   * The place as a location in this template or what it includes; a call in short form starts with its
   * tag.
   */
  locate(place: Placed): Location {
    const { start, end } = place.range;
    const included = this.#included.findLast((one) => one.start <= start);
    if (included !== undefined) {
      const { file } = included;
      const range = { start: start - included.start, end: end - included.start };
      return file.location(rangeWithTag({ ...place, range }, file.text));
    }
    return this.#toLocation(rangeWithTag(place, this.#file.text));
  }

  /** The origin of something that stands at the place and was taken from nowhere else. */
  written(place: Placed): Origin {
    return { location: this.locate(place), step: "written" };
  }

  /** Reports what CloudFormation would reject; the value there is unknown and rules keep quiet. */
  invalid(place: Placed, message: string): EvaluatedUnknown {
    if (this.#isNew(place, message)) {
      const location = this.locate(place);
      this.#log.errors.push({
        code: "invalid-structure",
        message,
        path: location.path,
        location,
      });
    }
    return unknown({ kind: "invalid" }, this.written(place));
  }

  /** Reports a value from outside the template that CloudFormation would reject. */
  rejected(location: Location, message: string): void {
    const { path, range } = location;
    if (!this.#isNew({ range }, message)) return;
    this.#log.errors.push({ code: "invalid-parameter", message, path, location });
  }

  /** Lists what we do not evaluate, as a clause such as `Fn::Transform`; the value is unknown. */
  notSupported(place: Placed, what: string): EvaluatedUnknown {
    this.skip("not-supported", place, what);
    return unknown({ kind: "not-supported", what }, this.written(place));
  }

  /** Lists what refers to itself; the value is unknown and rules keep quiet. */
  cyclic(place: Placed, message: string): EvaluatedUnknown {
    this.skip("cyclic-reference", place, message);
    return unknown({ kind: "invalid" }, this.written(place));
  }

  /** Lists what is not looked at, as a clause. */
  skip(kind: Skipped["kind"], place: Placed, message: string): void {
    if (!this.#isNew(place, message)) return;
    this.#log.skipped.push({ kind, message, location: this.locate(place) });
  }

  #isNew(place: Placed, message: string): boolean {
    const identity = `${place.range.start} ${message}`;
    if (this.#said.has(identity)) return false;
    this.#said.add(identity);
    return true;
  }
}

function rangeWithTag({ range, tag }: Placed, text: string): TextRange {
  if (tag?.startsWith("!") !== true) return range;
  let tagEnd = range.start;
  while (/\s/.test(text.charAt(tagEnd - 1))) tagEnd -= 1;
  const start = tagEnd - tag.length;
  return text.startsWith(tag, start) ? { start, end: range.end } : range;
}
