import type { ArtifactLocation, Location as SarifLocation, PhysicalLocation, Region } from "sarif";
import type { Report } from "../../findings/report.js";
import type { Location } from "../../source/text-range.js";
import { relativeUri } from "../paths.js";
import { firstLine, oneBasedRange } from "../positions.js";
import { messageText } from "./message-text.js";

/** The name for the directory that URIs are relative to; consumers know it as the repository's root. */
export const SOURCE_ROOT = "%SRCROOT%";

/** Writes the places of one report. */
export class SarifPlaces {
  readonly #files: Report["files"];
  readonly #rootDirectory: string;

  constructor(files: Report["files"], rootDirectory: string) {
    this.#files = files;
    this.#rootDirectory = rootDirectory;
  }

  /** A place, with a clause about it where one is given. */
  location(location: Location, message?: string): SarifLocation {
    return {
      physicalLocation: this.#physical(location.path, this.#region(location)),
      ...(message === undefined ? {} : { message: { text: messageText(message) } }),
    };
  }

  /** A file as a whole. */
  file(path: string): SarifLocation {
    return { physicalLocation: this.#physical(path, undefined) };
  }

  #physical(path: string, region: Region | undefined): PhysicalLocation {
    return {
      artifactLocation: this.artifact(path),
      ...(region === undefined ? {} : { region }),
    };
  }

  /** A file by its address. */
  artifact(path: string): ArtifactLocation {
    const uri = relativeUri(this.#rootDirectory, path);
    const isRelative = !uri.startsWith("file:");
    return { uri, ...(isRelative ? { uriBaseId: SOURCE_ROOT } : {}) };
  }

  /** A location with all its lines, to be replaced; an empty one is a place to insert. */
  whole(location: Location): Region {
    const { start, end } = oneBasedRange(this.#files, location);
    return {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  }

  /**
   * Of a location that spans lines only the first counts: GitHub shows an alert in a pull request
   * only if every line of its region was changed.
   */
  #region(location: Location): Region {
    const { line, text, startColumn, endColumn } = firstLine(this.#files, location);
    const snippet = text.slice(startColumn, endColumn);
    return {
      startLine: line + 1,
      startColumn: startColumn + 1,
      endLine: line + 1,
      endColumn: endColumn + 1,
      ...(snippet === "" ? {} : { snippet: { text: snippet } }),
    };
  }
}
