import type { Expression as Syntax } from "../../src/parsers/hcl/syntax-tree.js";
import type { Declaration } from "../../src/parsers/terraform/module.js";
import type { InputPath } from "./decision-tree.js";
import { type Expression, isConstant, pathsOf, simplify } from "./expression.js";
import type { LaunchMap } from "./launch-map.js";
import { groupKey } from "./question.js";
import { renderExpression, type Spell } from "./render-expression.js";

/** A module reduced to what it launches: Terraform files by the directory they stand in. */
export type ReducedModule = ReadonlyMap<string, string>;

interface Launch {
  readonly type: string;
  readonly name: string;
  readonly key: LaunchMap["key"];
  readonly list: string | undefined;
  readonly count: Expression;
  readonly hasOptions: Expression;
  readonly options: readonly (readonly [string, Expression])[];
  readonly instanceType: Expression;
}

/** A module call on the way to launches, with what stands in the module it calls. */
interface Level {
  readonly launches: Launch[];
  readonly calls: Map<string, { readonly key: string; readonly level: Level }>;
}

/** Writes a module that launches the same from the same inputs, and does nothing else. */
export function renderModule(
  maps: readonly LaunchMap[],
  variables: ReadonlyMap<string, Declaration>,
): ReducedModule {
  const top = arrange(maps);
  const inputs = new Map<string, InputPath[]>();
  for (const launch of allLaunches(top)) {
    for (const path of pathsOfLaunch(launch)) {
      const [name = ""] = path;
      inputs.set(name, [...(inputs.get(name) ?? []), path]);
    }
    if (launch.list !== undefined) inputs.set(launch.list, inputs.get(launch.list) ?? []);
  }
  const files = new Map<string, string>();
  const declarations = [...inputs]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, paths]) => renderVariable(name, paths, variables.get(name)));
  renderLevel(top, "", declarations, undefined, files);
  return files;
}

/** The inputs that a level hangs on, without the one that its group stands in. */
function inputsOf(level: Level, group: string | undefined): readonly string[] {
  const names = allLaunches(level).flatMap((launch) => [
    ...pathsOfLaunch(launch).map(([name = ""]) => name),
    ...(launch.list === undefined ? [] : [launch.list]),
  ]);
  return [...new Set(names)].filter((name) => name !== group).sort();
}

function arrange(maps: readonly LaunchMap[]): Level {
  const top: Level = { launches: [], calls: new Map() };
  for (const map of maps) {
    const parts = splitAddress(map.address);
    const [type = "", name = ""] = parts.slice(-2);
    let level = top;
    for (let index = 0; index + 2 < parts.length; index += 2) {
      const [, call = "", key = ""] = /^(\w[\w-]*)(\[.*\])?$/.exec(parts[index + 1] ?? "") ?? [];
      const next = level.calls.get(call)?.level ?? { launches: [], calls: new Map() };
      level.calls.set(call, { key, level: next });
      level = next;
    }
    const { key, list } = map;
    level.launches.push({
      type,
      name,
      key,
      list,
      count: simplify(map.count),
      hasOptions: simplify(map.hasOptions),
      options: [...map.options].map(([option, tree]) => [option, simplify(tree)] as const),
      instanceType: simplify(map.instanceType),
    });
  }
  return top;
}

/** `module.a["group"].aws_instance.this` without being misled by dots in keys. */
function splitAddress(address: string): readonly string[] {
  return address.match(/(?:[^.[]|\[[^\]]*\])+/g) ?? [];
}

function allLaunches({ launches, calls }: Level): readonly Launch[] {
  return [...launches, ...[...calls.values()].flatMap(({ level }) => allLaunches(level))];
}

function pathsOfLaunch({ count, hasOptions, options, instanceType }: Launch): readonly InputPath[] {
  return [count, hasOptions, instanceType, ...options.map(([, option]) => option)].flatMap(pathsOf);
}

/** What a variable is called that holds one group. */
const groupVariable = "group";

function renderLevel(
  level: Level,
  directory: string,
  declarations: readonly string[],
  group: string | undefined,
  files: Map<string, string>,
): void {
  const blocks = level.launches.map((launch) => renderLaunch(launch, group));
  for (const [name, { key, level: inner }] of level.calls) {
    const own = key === `["${groupKey}"]` ? groupOf(inner) : undefined;
    blocks.push(renderCall(name, key, inner, own ?? group, group));
    const passed = inputsOf(inner, own ?? group);
    const names = (own ?? group) === undefined ? passed : [...passed, groupVariable];
    const variables = names.map((input) => `variable "${input}" {}`);
    renderLevel(inner, join(directory, name), variables, own ?? group, files);
  }
  files.set(directory, [...declarations, ...blocks].join("\n\n"));
}

function join(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}

/** The input that the groups of a level stand in. */
function groupOf(level: Level): string {
  const names = allLaunches(level)
    .flatMap(pathsOfLaunch)
    .flatMap(([name, key]) => (name !== undefined && key === groupKey ? [name] : []));
  const [only] = new Set(names);
  if (only === undefined) throw new Error("cannot tell which input the groups stand in");
  return only;
}

/** Spells inputs where a group is called by that name. */
function spelling(group: string | undefined, groupText: string): Spell {
  return ([name = "", ...rest]) => {
    const isOfGroup = group !== undefined && name === group;
    const start = isOfGroup ? groupText : `var.${name}`;
    return [start, ...(isOfGroup ? rest.slice(1) : rest)].join(".");
  };
}

function renderCall(
  name: string,
  key: string,
  level: Level,
  group: string | undefined,
  outer: string | undefined,
): string {
  const lines = [`source = "./${name}"`];
  if (key === "[0]") lines.push(`count = ${countOfCall(level, group)}`);
  else if (key !== "") {
    lines.push(forEach(group ?? "", conditionOfCall(level, group)));
  }
  for (const input of inputsOf(level, group)) lines.push(`${input} = var.${input}`);
  if (key.startsWith('["')) lines.push(`${groupVariable} = each.value`);
  else if (outer !== undefined) lines.push(`${groupVariable} = var.${groupVariable}`);
  return block(`module "${name}"`, lines);
}

/** A map of groups may be null. */
function forEach(group: string, condition: string | undefined): string {
  const map = `var.${group} == null ? {} : var.${group}`;
  if (condition === undefined) return `for_each = ${map}`;
  return `for_each = { for key, value in (${map}) : key => value if ${condition} }`;
}

/** The count stands at the call where the launch itself has none. */
function countOfCall(level: Level, group: string | undefined): string {
  const own = allLaunches(level).filter(({ key }) => key === "");
  const [first] = own;
  if (first === undefined) return "1";
  return renderExpression(first.count, spelling(group, `var.${groupVariable}`));
}

function conditionOfCall(level: Level, group: string | undefined): string | undefined {
  const [first] = level.launches.filter(({ key, count }) => key === "" && !isConstant(count, 1));
  if (first === undefined) return undefined;
  return `(${renderExpression(first.count, spelling(group, "value"))}) == 1`;
}

function renderLaunch(launch: Launch, outer: string | undefined): string {
  const { type, name, key, list, count, instanceType } = launch;
  const lines: string[] = [];
  let spell = spelling(outer, `var.${groupVariable}`);
  if (key === `["${groupKey}"]`) {
    const group = groupOf({ launches: [launch], calls: new Map() });
    const condition = `(${renderExpression(count, spelling(group, "value"))}) == 1`;
    lines.push(forEach(group, isConstant(count, 1) ? undefined : condition));
    spell = spelling(group, "each.value");
  } else if (list !== undefined) {
    const text = renderExpression(count, spelling(list, `var.${list}[0]`));
    lines.push(`count = ${isConstant(count, 1) ? "" : `(${text}) * `}length(var.${list})`);
    spell = spelling(list, `var.${list}[count.index]`);
  } else if (key === "[0]") {
    lines.push(`count = ${renderExpression(count, spell)}`);
  }
  if (!isConstant(instanceType, null)) {
    lines.push(`instance_type = ${renderExpression(instanceType, spell)}`);
  }
  return block(`resource "${type}" "${name}"`, [...lines, ...renderOptions(launch, spell)]);
}

function renderOptions({ hasOptions, options }: Launch, spell: Spell): readonly string[] {
  if (isConstant(hasOptions, false)) return [];
  const lines = options
    .filter(([, option]) => !isConstant(option, null))
    .map(([name, option]) => `${name} = ${renderExpression(option, spell)}`);
  if (isConstant(hasOptions, true)) return [block("metadata_options", lines)];
  const blocks = renderExpression(hasOptions, spell, (value) => (value === true ? "[1]" : "[]"));
  return [block('dynamic "metadata_options"', [`for_each = ${blocks}`, block("content", lines)])];
}

function renderVariable(
  name: string,
  paths: readonly InputPath[],
  declaration: Declaration | undefined,
): string {
  const own = declaration?.arguments;
  const lines: string[] = [];
  const type = own?.get("type")?.value;
  const typeName = type === undefined ? undefined : keyOf(type);
  if (typeName === "string" || typeName === "number" || typeName === "bool") {
    lines.push(`type = ${typeName}`);
  }
  const otherwise = own?.get("default")?.value;
  if (otherwise !== undefined) {
    const names = new Set(paths.map(([, key = ""]) => key));
    lines.push(`default = ${renderConstant(otherwise, (key) => names.has(key))}`);
  }
  const isNullable = own?.get("nullable")?.value;
  if (isNullable?.kind === "literal" && isNullable.value === false) lines.push("nullable = false");
  return block(`variable "${name}"`, lines);
}

/** A default, which is always a constant, without the attributes that nothing here hangs on. */
function renderConstant(constant: Syntax, isWanted: (key: string) => boolean): string {
  switch (constant.kind) {
    case "literal":
      return JSON.stringify(constant.value);
    case "template": {
      const texts = constant.parts.map((part) => (part.kind === "text" ? part.value : ""));
      return JSON.stringify(texts.join(""));
    }
    case "parentheses":
      return renderConstant(constant.expression, isWanted);
    case "object": {
      const lines = constant.items.flatMap(({ key, value }) => {
        const name = keyOf(key);
        if (name === undefined || !isWanted(name)) return [];
        return [`${name} = ${renderConstant(value, () => true)}`];
      });
      return lines.length === 0 ? "{}" : block("", lines).trimStart();
    }
    case "tuple":
      return `[${constant.items.map((item) => renderConstant(item, () => true)).join(", ")}]`;
    default:
      throw new Error(`a default that is no constant: ${constant.kind}`);
  }
}

function keyOf(key: Syntax): string | undefined {
  if (key.kind === "variable") return key.name;
  const [part] = key.kind === "template" ? key.parts : [];
  return part?.kind === "text" ? part.value : undefined;
}

function block(header: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${header} {}`;
  const body = lines.map((line) => line.replace(/^/gm, "  ")).join("\n");
  return `${header} {\n${body}\n}`;
}
