import picocolors from "picocolors";
import type { Finding } from "../../findings/finding.js";
import type { Report } from "../../findings/report.js";
import type { Location } from "../../source/text-range.js";
import { relativePath } from "../paths.js";
import { oneBasedRange } from "../positions.js";
import type { ReporterContext } from "../reporter.js";
import { makeVisible } from "../visible-text.js";

type Paint = (text: string) => string;

/** How the text report writes things that occur in all its sections. Everything it gives is safe to print. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly underline: Paint;
  readonly green: Paint;
  /** The colour of a severity; `open` and `input` are neither and have their own. */
  paint(this: void, label: Label, text: string): string;
  /** How many cells a line may take; infinite where this is no terminal. */
  readonly width: number;
  /** Relative to the working directory. */
  path(this: void, path: string): string;
  /** `12:5`, one-based. */
  position(this: void, location: Location): string;
  /** `main.tf:12:5`, which many terminals make a link. */
  place(this: void, location: Location): string;
}

/** What stands in front of a message decides its colour. */
export type Label = Finding["severity"] | "open" | "input";

/** Makes the style for one report. */
export function createStyle(
  report: Report,
  {
    color,
    width = Infinity,
    workingDirectory,
  }: Pick<ReporterContext, "color" | "width" | "workingDirectory">,
): Style {
  const colors = picocolors.createColors(color);
  const paints: Readonly<Record<Label, Paint>> = {
    error: colors.red,
    warning: colors.yellow,
    note: colors.cyan,
    open: colors.magenta,
    input: colors.red,
  };
  const path = (absolute: string) => makeVisible(relativePath(workingDirectory, absolute));
  const position = (location: Location) => {
    const { start } = oneBasedRange(report.files, location);
    return `${start.line}:${start.column}`;
  };
  return {
    bold: colors.bold,
    dim: colors.dim,
    underline: colors.underline,
    green: colors.green,
    width,
    paint: (label, text) => paints[label](text),
    path,
    position,
    place: (location) => `${path(location.path)}:${position(location)}`,
  };
}
