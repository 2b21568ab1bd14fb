import { type CommandResult, success } from "../command-result.js";
import type { Shell } from "../request.js";

/** A command as shells complete it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What its first argument can be; empty where it is a file. */
  readonly choices: readonly string[];
}

/** An option as shells complete it. */
export interface CompletedOption {
  /** `--format`. */
  readonly flag: string;
  readonly summary: string;
  readonly takesValue: boolean;
  /** What the value can be; empty where it is a file or anything. */
  readonly choices: readonly string[];
}

/** `imdslint completion <shell>`: what makes the shell complete our arguments. `lint` is what counts without a command. */
export function runCompletion(shell: Shell, commands: readonly CompletedCommand[]): CommandResult {
  const writers = { bash: writeBash, zsh: writeZsh, fish: writeFish };
  return success(writers[shell](commands));
}

/** https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html */
function writeBash(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(
    ({ name, options, choices }) =>
      `    ${name}) options=${quote(options.map(({ flag }) => flag).join(" "))} words=${quote(choices.join(" "))} ;;`,
  );
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ flag, choices }) =>
          `    "${name} ${flag}") COMPREPLY=($(compgen -W ${quote(choices.join(" "))} -- "$current")); return ;;`,
      ),
  );
  return `# imdslint completion bash > ~/.local/share/bash-completion/completions/imdslint
_imdslint() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local command=lint options="" words="" candidate
  for candidate in ${commands.map(({ name }) => name).join(" ")}; do
    if [[ \${COMP_WORDS[1]} == "$candidate" && $COMP_CWORD -gt 1 ]]; then command=$candidate; fi
  done
  case "$command $previous" in
${values.join("\n")}
  esac
  case $command in
${cases.join("\n")}
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then words=${quote(commands.map(({ name }) => name).join(" "))}; fi
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _imdslint imdslint
`;
}

/** https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
function writeZsh(commands: readonly CompletedCommand[]): string {
  const specification = ({ flag, summary, takesValue, choices }: CompletedOption) => {
    const values = choices.length === 0 ? "_files" : `(${choices.join(" ")})`;
    const described = `[${summary.replace(/[[\]\\:]/g, "\\$&")}]`;
    return `      ${quote(`*${flag}${described}${takesValue ? `:value:${values}` : ""}`)}`;
  };
  const cases = commands.map(({ name, options, choices }) => {
    const argument = choices.length === 0 ? "*:file:_files" : `1:argument:(${choices.join(" ")})`;
    const rest = choices.length === 0 ? [] : [quote("*:file:_files")];
    const lines = [
      ...options.map(specification),
      `      ${quote(argument)}`,
      ...rest.map((line) => `      ${line}`),
    ];
    return `    ${name}) _arguments \\\n${lines.join(" \\\n")} ;;`;
  });
  const names = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`);
  return `#compdef imdslint
# imdslint completion zsh > "\${fpath[1]}/_imdslint"
_imdslint() {
  local command=lint
  local -a commands
  commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    _files
    return
  fi
  if (( \${commands[(I)$words[2]:*]} )); then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${cases.join("\n")}
  esac
}
compdef _imdslint imdslint
`;
}

/** https://fishshell.com/docs/current/completions.html */
function writeFish(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const isFirst = `"test (count (commandline -opc)) -eq 1"`;
  const lines = commands.flatMap(({ name, summary, options, choices }) => {
    const others = commands
      .filter((command) => command.name !== name)
      .map((command) => command.name);
    const isChosen =
      name === "lint"
        ? `"not __fish_seen_subcommand_from ${others.join(" ")}"`
        : `"__fish_seen_subcommand_from ${name}"`;
    return [
      `complete -c imdslint -n ${isFirst} -a ${name} -d ${quote(summary)}`,
      ...(choices.length === 0
        ? []
        : [`complete -c imdslint -n ${isChosen} -a ${quote(choices.join(" "))}`]),
      ...options.map(({ flag, summary: use, takesValue, choices: values }) =>
        [
          `complete -c imdslint -n ${isChosen} ${flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`}`,
          `-d ${quote(use)}`,
          ...(takesValue ? [values.length === 0 ? "-r" : `-x -a ${quote(values.join(" "))}`] : []),
        ].join(" "),
      ),
    ];
  });
  return `# imdslint completion fish > ~/.config/fish/completions/imdslint.fish
# Commands: ${names}
${lines.join("\n")}
`;
}

/** In single quotes, which all three shells leave as they are. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "’")}'`;
}
