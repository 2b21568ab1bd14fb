import type { Location, Log, Result, Run } from "sarif";

/**
 * What would make GitHub reject or misread a SARIF file, found without the heavy validators of
 * `test/sarif-validation`: each line is a mistake that some tool has made.
 */
export function sarifMistakes(text: string): readonly string[] {
  const log = JSON.parse(text) as Log;
  const version: string = log.version;
  const mistakes = version === "2.1.0" ? [] : [`version ${version}`];
  const [run, ...others] = log.runs;
  if (run === undefined || others.length > 0) return [...mistakes, "not exactly one run"];
  return [
    ...mistakes,
    ...ruleMistakes(run),
    ...(run.results?.flatMap(resultMistakes(run)) ?? ["no results"]),
  ];
}

function ruleMistakes({ tool }: Run): readonly string[] {
  const rules = tool.driver.rules ?? [];
  const ids = rules.map(({ id }) => id);
  const mistakes = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} twice`);
  for (const { id, name, shortDescription, fullDescription, help, properties } of rules) {
    const isDescribed = [
      shortDescription?.text,
      fullDescription?.text,
      help?.text,
      help?.markdown,
    ].every((description) => description !== undefined && description.trim() !== "");
    if (!isDescribed) mistakes.push(`${id} is not described`);
    if ((shortDescription?.text.length ?? 0) > 1024) mistakes.push(`${id}: short description`);
    if ((fullDescription?.text.length ?? 0) > 1024) mistakes.push(`${id}: full description`);
    if (name === undefined || name === id || name.length > 255) mistakes.push(`${id}: name`);
    const tags = properties?.tags ?? [];
    if (tags.length > 10 || new Set(tags).size < tags.length) mistakes.push(`${id}: tags`);
    const score: unknown = properties?.["security-severity"];
    if (score !== undefined && typeof score !== "string") mistakes.push(`${id}: score`);
    if ((score !== undefined) !== tags.includes("security")) mistakes.push(`${id}: tag security`);
  }
  return mistakes;
}

function resultMistakes({ tool }: Run): (result: Result) => readonly string[] {
  const rules = tool.driver.rules ?? [];
  return (result) => {
    const { ruleId, ruleIndex = -1, kind, level, message, locations = [] } = result;
    const mistakes: string[] = [];
    if (ruleId === undefined || rules[ruleIndex]?.id !== ruleId) mistakes.push("ruleIndex");
    if ((kind === "open") !== (level === "none")) mistakes.push(`${kind} at level ${level}`);
    if (/[[\]{}]/.test(message.text ?? "")) mistakes.push(`message: ${message.text}`);
    if (locations.length !== 1) mistakes.push(`${locations.length} locations`);
    const flows = result.codeFlows?.flatMap(({ threadFlows }) => threadFlows) ?? [];
    const steps = flows.flatMap((flow) => flow.locations.flatMap((step) => step.location ?? []));
    const places = [...locations, ...(result.relatedLocations ?? []), ...steps];
    return [...mistakes, ...places.flatMap(locationMistakes)].map((each) => `${ruleId}: ${each}`);
  };
}

function locationMistakes({ physicalLocation, message }: Location): readonly string[] {
  const { uri = "", uriBaseId } = physicalLocation?.artifactLocation ?? {};
  const {
    startLine = 0,
    startColumn = 0,
    endLine = 0,
    endColumn = 0,
  } = physicalLocation?.region ?? {};
  const mistakes: string[] = [];
  const isEncoded = /^(?:[\w.~!*'()-]|%[0-9A-F]{2})+(?:\/(?:[\w.~!*'()-]|%[0-9A-F]{2})+)*$/.test(
    uri,
  );
  if (!isEncoded || uri.startsWith("./")) mistakes.push(`uri ${uri}`);
  if (uriBaseId === undefined) mistakes.push("no base");
  if (Math.min(startLine, startColumn) < 1) mistakes.push("region from zero");
  if (endLine !== startLine || endColumn < startColumn) mistakes.push("region of several lines");
  if (/[[\]{}]/.test(message?.text ?? "")) mistakes.push(`message: ${message?.text}`);
  return mistakes;
}
