import type { Resource } from "../../src/parsers/resource.js";
import type { Evaluated } from "../../src/values/evaluated.js";
import type { Scalar } from "../../src/values/value.js";
import {
  type Choose,
  type DecisionTree,
  explore,
  findLeaf,
  type InputState,
  mapLeaves,
} from "./decision-tree.js";
import {
  existence,
  groupKey,
  type InputHints,
  instanceType,
  type OptionName,
  optionValues,
  presenceOfOptions,
  type Question,
  valueOfOption,
} from "./question.js";
import type { RealModule } from "./real-module.js";
import { SymbolicInputs } from "./symbolic-input.js";

/** What an option comes to: a value, `null` for not set, or one of two words. */
export type LaunchValue = { readonly value: Scalar | null } | "unknown" | "rejected";

/** How one resource block of a module follows from the module's inputs. */
export interface LaunchMap {
  /** Without the instance's own key: `module.node_group["group"].aws_launch_template.this`. */
  readonly address: string;
  /** The instance's own key, as the one group has it. */
  readonly key: "" | "[0]" | '["group"]';
  /** The input that is a list of groups, of which each makes one instance. */
  readonly list?: string;
  /** How many instances there are; of groups, for the one group. */
  readonly count: DecisionTree<LaunchValue>;
  /** Whether there is a block of options. */
  readonly hasOptions: DecisionTree<LaunchValue>;
  readonly options: ReadonlyMap<OptionName, DecisionTree<LaunchValue>>;
  readonly instanceType: DecisionTree<LaunchValue>;
}

const unknownTree: DecisionTree<LaunchValue> = { leaf: "unknown" };

/** Finds out how everything that a module launches follows from its inputs. */
export function mapLaunches(module: RealModule, hints: InputHints): readonly LaunchMap[] {
  return new LaunchMapper(module, hints).map();
}

class LaunchMapper {
  readonly #module: RealModule;
  readonly #hints: InputHints;

  constructor(module: RealModule, hints: InputHints) {
    this.#module = module;
    this.#hints = hints;
  }

  map(): readonly LaunchMap[] {
    const counts = explore((choose) =>
      countByBlock(this.#run({ question: existence(this.#hints), choose })),
    );
    if (counts === undefined) throw new Error("too many ways for launches to be there or not");
    const blocks = new Map<string, string>();
    mapLeaves(counts, (leaf) => {
      for (const [address, { key }] of leaf) {
        if (key !== anyKey || !blocks.has(address)) blocks.set(address, key);
      }
    });
    return [...blocks].sort().map(([address, key]) => this.#mapBlock(address, key, counts));
  }

  #mapBlock(
    address: string,
    key: string,
    counts: DecisionTree<ReadonlyMap<string, Counted>>,
  ): LaunchMap {
    // Where nobody can say how many there are, the reduction counts them as unknown.
    const ownKey = key === anyKey ? "[0]" : key;
    if (ownKey !== "" && ownKey !== "[0]" && ownKey !== `["${groupKey}"]`) {
      throw new Error(`${address}${key} has a key of its own making`);
    }
    const count = mapLeaves(counts, (leaf) => leaf.get(address)?.count ?? { value: 0 });
    const given = findLeaf(counts, (leaf) => leaf.has(address)) ?? new Map<string, InputState>();
    const ask = (question: Question, read: (resource: Resource) => LaunchValue) =>
      this.#ask(question, `${address}${key}`, given, read);
    const options = Object.keys(optionValues) as OptionName[];
    const list = key === "[0]" ? this.#listOf(`${address}${key}`, given) : undefined;
    return {
      address,
      key: ownKey,
      ...(list === undefined ? {} : { list }),
      count,
      hasOptions: ask(presenceOfOptions, readPresence),
      options: new Map(
        options.map((option) => [
          option,
          ask(valueOfOption(option), (resource) => readOption(resource, option)),
        ]),
      ),
      instanceType: ask(instanceType, (resource) =>
        launchValue(propertyOf(resource, "instance_type")),
      ),
    };
  }

  /** A value that also hangs on inputs which the question leaves alone is not known. */
  #ask(
    question: Question,
    address: string,
    given: ReadonlyMap<string, InputState>,
    read: (resource: Resource) => LaunchValue,
  ): DecisionTree<LaunchValue> {
    const tree = explore((choose) => {
      let isReading = false;
      const unexplored: true[] = [];
      const onUnexplored = () => {
        if (isReading) unexplored.push(true);
      };
      const found = this.#run({ question, given, choose, onUnexplored }).find(
        (resource) => resource.address === address,
      );
      if (found === undefined) return "unknown";
      isReading = true;
      const value = read(found);
      return unexplored.length > 0 ? "unknown" : value;
    });
    return tree ?? unknownTree;
  }

  /** The list of groups without which the launch is not there. */
  #listOf(address: string, given: ReadonlyMap<string, InputState>): string | undefined {
    const { groups = {} } = this.#hints;
    const lists = Object.keys(groups).filter((name) => groups[name] === "list");
    return lists.find((without) => {
      const choose: Choose = (_, [first = "null"]) => first;
      const rest = this.#run({ question: existence(this.#hints), given, choose, without });
      return rest.every((resource) => resource.address !== address);
    });
  }

  #run({ question, choose, given = new Map(), without, onUnexplored }: Run): readonly Resource[] {
    const inputs = new SymbolicInputs(
      question,
      (path, states) => given.get(path.join(".")) ?? choose(path, states),
      {
        groups: this.#hints.groups ?? {},
        given: given.keys(),
        without,
        ...(onUnexplored === undefined ? {} : { onUnexplored }),
      },
    );
    return this.#module.launches((declaration) => inputs.argument(declaration));
  }
}

interface Run {
  readonly question: Question;
  readonly choose: Choose;
  readonly given?: ReadonlyMap<string, InputState>;
  readonly without?: string;
  readonly onUnexplored?: () => void;
}

/** What a launch has, as text by name, to be compared. */
export function describeLaunch(resource: Resource): ReadonlyMap<string, string> {
  const options = Object.keys(optionValues) as OptionName[];
  return new Map([
    ["a block of options", describe(readPresence(resource))],
    ["instance_type", describe(launchValue(propertyOf(resource, "instance_type")))],
    ...options.map((option) => [option, describe(readOption(resource, option))] as const),
  ]);
}

function describe(value: LaunchValue): string {
  return typeof value === "string" ? value : String(value.value);
}

interface Counted {
  readonly key: string;
  readonly count: LaunchValue;
}

/** The key that stands for all instances where nobody can say which there are. */
const anyKey = "[*]";

const ownKey = /(?:\[(?:"[^"]*"|\d+|\*)\])?$/;

function countByBlock(resources: readonly Resource[]): ReadonlyMap<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const resource of resources) {
    const exists = resource.exists();
    if (exists === "no") continue;
    const [key = ""] = ownKey.exec(resource.address) ?? [];
    const address = resource.address.slice(0, resource.address.length - key.length);
    const before = counted.get(address);
    const isUnknown = exists === "unknown" || key === anyKey || before?.count === "unknown";
    const number =
      before !== undefined && typeof before.count === "object" ? before.count.value : 0;
    counted.set(address, {
      key: before?.key ?? key,
      count: isUnknown ? "unknown" : { value: Number(number) + 1 },
    });
  }
  return counted;
}

function propertyOf(resource: Resource, name: string): Evaluated | undefined {
  const properties = resource.properties();
  return properties.state === "map" ? properties.entries.get(name)?.value : undefined;
}

function readPresence(resource: Resource): LaunchValue {
  const block = propertyOf(resource, "metadata_options");
  if (block === undefined || block.state === "unset") return { value: false };
  if (block.state === "list") return { value: block.items.length > 0 };
  return launchValue(block);
}

/** An option of a block that is not there may be anything. */
function readOption(resource: Resource, option: OptionName): LaunchValue {
  const block = propertyOf(resource, "metadata_options");
  if (block === undefined) return { value: null };
  if (block.state === "unset") return "rejected";
  if (block.state !== "list") return launchValue(block);
  const [first] = block.items;
  if (first?.state !== "map") return first === undefined ? "rejected" : launchValue(first);
  return launchValue(first.entries.get(option)?.value);
}

function launchValue(value: Evaluated | undefined): LaunchValue {
  switch (value?.state) {
    case undefined:
    case "unset":
      return { value: null };
    case "known":
      return { value: value.value };
    case "unknown":
      return value.reason.kind === "invalid" ? "rejected" : "unknown";
    case "list":
    case "map":
      return "rejected";
  }
}
