import type { InputPath, InputState } from "./decision-tree.js";

/** What is asked of a module: whether a launch exists, whether it has options, what one of them is. */
export interface Question {
  /** Whether null is worth trying where a module does not use it itself. */
  readonly isNullMeaningful: boolean;
  /** What a scalar input can be, if the answer may hang on it. `kind` is its type. */
  readonly scalarStates: (path: InputPath, kind: ScalarKind) => readonly InputState[] | undefined;
  /** Whether the answer may hang on parts of a map or object whose attributes nobody declares. */
  readonly isContainer: (path: InputPath) => boolean;
  /** The keys of such a map, of which any may be there, when somebody looks at all of them. */
  readonly keys: (path: InputPath) => readonly string[];
}

/** The types of scalars; `any` where none is declared. */
export type ScalarKind = "string" | "number" | "bool" | "any";

/** The key of the one group that a map of groups is given. */
export const groupKey = "group";

/** A key that no module knows. */
const otherKey = "other";

const switchNames =
  /(?:^|_)(?:create|created|enable|enabled|use|ignore|spot|lt|lc|generate|custom|putin)(?:_|$)/;
const templateNames = /(?:^|_)launch_template(?:_id|_name)?$/;

/** What the search needs to be told of a module's inputs. */
export interface InputHints {
  /** The inputs that hold groups of instances, each with its own options. */
  readonly groups?: Readonly<Record<string, "map" | "list">>;
  /** What inputs are compared with, by path. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** The switches that decide whether there are launches, where telling by names takes too long. */
  readonly switches?: readonly string[];
}

/** Asks which launches there are. */
export function existence({ words = {}, switches }: InputHints): Question {
  const isSwitch = (name: string) =>
    switches === undefined ? switchNames.test(name) : switches.includes(name);
  return {
    isNullMeaningful: false,
    scalarStates: (path, kind) => {
      const [name = ""] = path.slice(-1);
      const known = words[path.join(".")];
      if (known !== undefined) return [...known, otherKey].map((word) => JSON.stringify(word));
      if ((kind === "bool" || kind === "any") && isSwitch(name)) return ["true", "false"];
      if (kind === "number" && /(?:^|_)count$/.test(name)) return ["1", "2"];
      if (kind === "string" && templateNames.test(name)) return ['"lt-1"'];
      return undefined;
    },
    isContainer: (path) => isGroup(path) || path.join(".") === "context",
    keys: () => ["create_launch_template"],
  };
}

/** The options of instances that the catalogue speaks of, and two values of each. */
export const optionValues = {
  http_endpoint: { name: /http_endpoint(?:_enabled)?$/, states: ['"enabled"', '"disabled"'] },
  http_tokens: { name: /http_tokens(?:_required)?$/, states: ['"required"', '"optional"'] },
  http_put_response_hop_limit: { name: /hop_limit$/, states: ["3", "5"] },
  http_protocol_ipv6: {
    name: /http_protocol_ipv6(?:_enabled)?$/,
    states: ['"enabled"', '"disabled"'],
  },
  instance_metadata_tags: {
    name: /metadata_tags(?:_enabled)?$/,
    states: ['"enabled"', '"disabled"'],
  },
} as const;

/** The name of an option in Terraform. */
export type OptionName = keyof typeof optionValues;

/** Asks what an option is. */
export function valueOfOption(option: OptionName): Question {
  const { name, states } = optionValues[option];
  return {
    isNullMeaningful: true,
    scalarStates: (path, kind) => {
      const [last = ""] = path.slice(-1);
      if (!name.test(last)) return undefined;
      return kind === "bool" || /_(?:enabled|required)$/.test(last) ? ["true", "false"] : states;
    },
    isContainer: isOptionContainer,
    keys: (path) => (isOptionMap(path) ? [option, otherKey] : [`metadata_${option}`]),
  };
}

/** Asks whether there is a block of options. */
export const presenceOfOptions: Question = {
  isNullMeaningful: true,
  scalarStates: (path) => (path.at(-1) === otherKey ? ['"other"'] : undefined),
  isContainer: isOptionContainer,
  keys: (path) => (isOptionMap(path) ? [otherKey] : []),
};

/** Asks for the instance type. */
export const instanceType: Question = {
  isNullMeaningful: true,
  scalarStates: (path, kind) =>
    path.at(-1) === "instance_type" && (kind === "string" || kind === "any")
      ? ['"t3.micro"', '"m5.large"']
      : undefined,
  isContainer: isGroup,
  keys: () => ["instance_type"],
};

/** Asks everything at once. */
export function everything(hints: InputHints): Question {
  const options = Object.keys(optionValues) as OptionName[];
  const questions = [
    existence(hints),
    presenceOfOptions,
    instanceType,
    ...options.map((option) => valueOfOption(option)),
  ];
  return {
    isNullMeaningful: true,
    // Every switch is tried, so that one which was not asked for shows.
    scalarStates: (path, kind) =>
      questions.map(({ scalarStates }) => scalarStates(path, kind)).find((states) => states) ??
      (kind === "bool" ? ["true", "false"] : undefined),
    isContainer: (path) => questions.some(({ isContainer }) => isContainer(path)),
    keys: (path) => [...new Set(questions.flatMap(({ keys }) => keys(path)))],
  };
}

function isOptionContainer(path: InputPath): boolean {
  return isGroup(path) || isOptionMap(path);
}

function isOptionMap(path: InputPath): boolean {
  return /(?:^|_)metadata_options$/.test(path.at(-1) ?? "");
}

function isGroup(path: InputPath): boolean {
  const [last = ""] = path.slice(-1);
  return last === groupKey || last === "0" || /(?:_|^)defaults$/.test(last);
}
