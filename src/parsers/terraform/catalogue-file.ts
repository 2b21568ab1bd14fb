import { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import type { Origin } from "../../values/origin.js";

/** A literal: what a default is written as. */
const literal = /^(?:"(.*)"|-?[\d.]+|true|false|null)$/;

/**
 * A file of a module that is not installed, of which the catalogue knows what it launches. Whatever
 * is said in it stands, for whoever reads a finding, at the call of the module.
 */
export class CatalogueFile extends SourceFile {
  /** Which release it stands for, as a message names it: `version 5.6.1 of the module`. */
  readonly release: string;
  readonly #call: Location;

  /** Takes the file's path and text, the release, and where the module is called. */
  constructor(path: string, text: string, release: string, call: Location) {
    super(path, text);
    this.release = release;
    this.#call = call;
  }

  /** The place of the call. */
  override location(): Location {
    return this.#call;
  }

  /** What stands at a range, as a decision of the module's. */
  origin(range: TextRange): Origin {
    const step = "module-default" as const;
    const [text, word] = literal.exec(this.text.slice(range.start, range.end)) ?? [];
    const line = this.lineText(this.position(range.start).line);
    const name = /^\s*([\w-]+)\s*=/.exec(line)?.[1];
    if (text === undefined || name === undefined) {
      return { location: this.#call, step, name: `${this.release} decides it` };
    }
    const value = text === "null" ? "unset" : (word ?? text);
    const clause = `${name} is left ${value} by default in ${this.release}`;
    return { location: this.#call, step, name: clause };
  }
}
