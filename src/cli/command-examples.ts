import type { Request } from "./request.js";

/** A command line that shows what a command is for, and what it does. */
export interface CommandExample {
  /** Without `imdslint`, as somebody would type it. */
  readonly line: string;
  readonly does: string;
}

/** The examples that the help of each command ends with. */
export const commandExamples: Readonly<Record<Request["command"], readonly CommandExample[]>> = {
  lint: [
    { line: "", does: "judge everything below the current directory" },
    { line: "templates/ modules/web", does: "judge these alone" },
    { line: "--fix", does: "make the fixes that are safe" },
    {
      line: "--format sarif=imdslint.sarif --format text",
      does: "write a report for code scanning, and print one",
    },
    { line: "--staged", does: "show what the next commit changes" },
    { line: "--var-file prod.tfvars modules/web", does: "judge what production gets" },
    {
      line: "--parameters prod.json --region eu-west-1 stack.yaml",
      does: "judge a stack as it is deployed there",
    },
  ],
  effective: [
    { line: "", does: "list every launch specification below the current directory" },
    { line: "aws_instance.web", does: "what this instance will get, and why" },
    { line: "--format json templates/", does: "the same of other files, for a program" },
  ],
  graph: [
    { line: "> launches.mmd", does: "draw everything below the current directory for Mermaid" },
    { line: "--format svg modules/web > web.svg", does: "draw one module as a picture" },
  ],
  explain: [
    { line: "require-imdsv2", does: "what the rule is about, with examples" },
    { line: "3f9c2a17 templates/", does: "how the finding of that fingerprint came about" },
  ],
  config: [
    { line: "", does: "what counts in the current directory" },
    { line: "templates/web.yaml", does: "what counts for one file" },
  ],
  baseline: [
    { line: "write", does: "take everything that is found now for known" },
    { line: "prune", does: "take out what is fixed" },
    { line: "show templates/", does: "list what is known of these files" },
  ],
  init: [{ line: "", does: "show what would be written, and ask" }],
  lsp: [],
  completion: [
    { line: "bash > /etc/bash_completion.d/imdslint", does: "complete in bash from now on" },
    { line: "zsh > ~/.zfunc/_imdslint", does: "the same in zsh, where ~/.zfunc is in fpath" },
    { line: "fish > ~/.config/fish/completions/imdslint.fish", does: "the same in fish" },
  ],
};
