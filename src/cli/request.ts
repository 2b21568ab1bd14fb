import type { CommandLineOptions } from "./command-line-options.js";

/** How `imdslint config` and `imdslint effective` print. */
export const tableFormats = ["text", "json"] as const;

/** How `imdslint graph` draws. */
export const graphFormats = ["mermaid", "dot", "svg"] as const;

/** The shells that can complete our arguments. */
export const shells = ["bash", "zsh", "fish"] as const;

/** What to do with a baseline. */
export const baselineActions = ["write", "prune", "show"] as const;

/** One of the things to do with a baseline. */
export type BaselineAction = (typeof baselineActions)[number];

/** One of the ways in which tables are printed. */
export type TableFormat = (typeof tableFormats)[number];

/** One of the ways in which graphs are drawn. */
export type GraphFormat = (typeof graphFormats)[number];

/** A shell by name. */
export type Shell = (typeof shells)[number];

/** What the command line asks for. */
export type Request =
  | { readonly command: "lint"; readonly options: CommandLineOptions }
  | {
      readonly command: "config" | "effective";
      readonly options: CommandLineOptions;
      readonly format: TableFormat;
    }
  | {
      readonly command: "graph";
      readonly options: CommandLineOptions;
      readonly format: GraphFormat;
    }
  | {
      readonly command: "baseline";
      readonly action: BaselineAction;
      readonly options: CommandLineOptions;
    }
  /** The name of a rule, or a finding's fingerprint, among the files of `options`. */
  | { readonly command: "explain"; readonly name: string; readonly options: CommandLineOptions }
  | { readonly command: "init"; readonly isAgreed: boolean }
  | { readonly command: "completion"; readonly shell: Shell }
  | { readonly command: "lsp" };

/** The names of commands, and what each is for. */
export const commandSummaries = {
  lint: "look for findings; the command may be left out",
  effective: "print what instances get from each launch specification, and why",
  graph: "draw what launches instances through what, the unsafe marked",
  explain: "print what a rule is about, or how a finding came about",
  config: "print what counts for a file, and where each value comes from",
  baseline: "know everything that is found now: write, prune, show",
  init: "write a configuration, a hook and a workflow, after showing them",
  lsp: "serve editors over standard input and output",
  completion: "print what makes a shell complete our arguments",
} as const satisfies Readonly<Record<Request["command"], string>>;
