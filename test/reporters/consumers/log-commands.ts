/** A command in a CI system's log, as that system's agent reads it. */
export interface LogCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * What the runner of GitHub Actions makes of a line: a command only at its start, blanks skipped.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function readWorkflowCommand(line: string): LogCommand | undefined {
  const trimmed = line.trimStart();
  if (!trimmed.startsWith("::")) return undefined;
  const end = trimmed.indexOf("::", 2);
  if (end < 0) return undefined;
  const [name = "", ...rest] = trimmed.slice(2, end).split(" ");
  const unescape = (text: string) =>
    text
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  const text = trimmed.slice(end + 2);
  return { name, properties: readPairs(rest.join(" "), ",", unescape), text: unescape(text) };
}

/**
 * What the agent of Azure Pipelines makes of a line: a command wherever in it.
 * https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/CommandStringConvertor.cs
 */
function readLoggingCommand(line: string): LogCommand | undefined {
  const start = line.toLowerCase().indexOf("##vso[");
  const end = line.indexOf("]", start);
  if (start < 0 || end < 0) return undefined;
  const [name = "", ...rest] = line.slice(start + "##vso[".length, end).split(" ");
  const unescape = (text: string) =>
    text
      .replaceAll("%3B", ";")
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%5D", "]")
      .replaceAll("%AZP25", "%");
  const properties = readPairs(rest.join(" "), ";", unescape);
  return { name, properties, text: unescape(line.slice(end + 1)) };
}

/**
 * What TeamCity makes of a line: a service message wherever in it.
 * https://www.jetbrains.com/help/teamcity/service-messages.html#Service+Messages+Formats
 */
function readServiceMessage(line: string): LogCommand | undefined {
  const [, name, attributes = ""] =
    /##teamcity\[(\w+)((?: \w+='(?:[^|'[\]]|\|.)*')*)\]/i.exec(line) ?? [];
  if (name === undefined) return undefined;
  const pairs = [...attributes.matchAll(/ (\w+)='((?:[^|']|\|.)*)'/g)];
  return {
    name,
    properties: Object.fromEntries(
      pairs.map(([, key = "", value = ""]) => [key, value.replace(/\|(.)/g, "$1")]),
    ),
    text: "",
  };
}

function readPairs(
  text: string,
  separator: string,
  unescape: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(separator).map((pair) => {
      const equals = pair.indexOf("=");
      return [pair.slice(0, equals), unescape(pair.slice(equals + 1))];
    }),
  );
}

/** The lines that some CI system would obey. */
export function commandsIn(text: string): readonly LogCommand[] {
  return text
    .split("\n")
    .flatMap((line) =>
      [readWorkflowCommand(line), readLoggingCommand(line), readServiceMessage(line)].flatMap(
        (command) => command ?? [],
      ),
    );
}
