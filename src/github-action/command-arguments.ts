/** The action's inputs, as they are written in a workflow. */
export interface ActionInputs {
  /** One a line. */
  readonly paths: string;
  readonly failOn: string;
  readonly baseline: string;
  readonly sarifFile: string;
  /** One a line. */
  readonly further: string;
  readonly annotations: string;
}

/** Where the action has reports written that it reads itself. */
export interface ReportFiles {
  readonly json: string;
  readonly markdown: string;
}

/** The arguments of the command line for a step. */
export function argumentsFor(
  { paths, failOn, baseline, sarifFile, further, annotations }: ActionInputs,
  { json, markdown }: ReportFiles,
): readonly string[] {
  return [
    "--format",
    annotations === "false" ? "text" : "github",
    "--format",
    `json=${json}`,
    "--format",
    `markdown=${markdown}`,
    ...(sarifFile === "" ? [] : ["--format", `sarif=${sarifFile}`]),
    ...(failOn === "" || failOn === "never" ? [] : ["--fail-on", failOn]),
    ...(baseline === "" ? [] : ["--baseline", baseline]),
    ...lines(further),
    "--",
    ...lines(paths),
  ];
}

function lines(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** How many findings of each severity a JSON report has. */
export function countsIn(
  report: string,
): Readonly<Record<"errors" | "warnings" | "notes", number>> {
  const { summary } = JSON.parse(report) as {
    readonly summary: {
      readonly findings: {
        readonly fail: Readonly<Record<"error" | "warning" | "note", number>>;
      };
    };
  };
  const { error, warning, note } = summary.findings.fail;
  return { errors: error, warnings: warning, notes: note };
}
