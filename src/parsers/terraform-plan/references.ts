import type { JsonOutline } from "../json/json-outline.js";
import type { Link } from "../../values/evaluated.js";
import { withoutKeys } from "../terraform/instance-keys.js";
import { modulePathText, type ModuleStep } from "./addresses.js";
import type { ModuleConfiguration } from "./configuration.js";
import type { PlanDocument, PlannedResource } from "./plan-document.js";

/** Where an expression stands. */
export interface ExpressionPlace {
  readonly module: readonly ModuleStep[];
  /** What `each.value` is taken from: the `for_each` of the block around it. */
  readonly repetition: JsonOutline | undefined;
}

/** What an expression comes from in the end, as far as the configuration tells. */
interface Source {
  /** The planned resources that a reference may mean; none for what cannot be followed. */
  readonly resources: readonly PlannedResource[];
  /** The attribute that is taken; undefined where the plan does not say which. */
  readonly attribute: string | undefined;
  /** Fit for a message: `module.web.aws_instance.this.id`. */
  readonly label: string;
}

/** Longer ways through modules than this are taken for circles. */
const LONGEST_WAY = 50;

/**
 * Follows references through a plan's configuration: through the inputs and outputs of modules to
 * the resources they come from. Locals are not part of a plan and end the way.
 * https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export class References {
  readonly #plan: PlanDocument;
  /** By module and name, without instance keys at the end: `module.web[0].aws_instance.this`. */
  readonly #byBlock: ReadonlyMap<string, readonly PlannedResource[]>;
  /** Without any instance keys. */
  #byBareAddress: ReadonlyMap<string, readonly PlannedResource[]> | undefined;
  /** Data sources that were read while planning, without instance keys at the end. */
  readonly #dataSources: ReadonlySet<string>;

  constructor(plan: PlanDocument) {
    this.#plan = plan;
    this.#byBlock = groupBy(plan.resources.values(), ({ module, type, name }) =>
      blockAddress(module, type, name),
    );
    this.#dataSources = new Set([...plan.dataSources].map(withoutLastKey));
  }

  /** What makes the expression unknown until apply; empty where nothing can, so that it is null. */
  unknownParts(expression: JsonOutline, place: ExpressionPlace): readonly string[] {
    const isCall =
      listed(expression).length === 0 && expression.member("constant_value") === undefined;
    // Functions such as timestamp() refer to nothing.
    if (isCall) return ["it"];
    return this.#sources(expression, place, 0)
      .filter((source) => !isKnown(source))
      .map(({ label }) => label);
  }

  /**
   * The one resource that an expression which is known only after apply is an attribute of.
   * `from` is the resource it is written in, whose key tells which of several is meant.
   */
  linkOfUnknown(
    expression: JsonOutline,
    place: ExpressionPlace,
    from: PlannedResource,
  ): Link | undefined {
    const open = this.#sources(expression, place, 0).filter((source) => !isKnown(source));
    const [first, ...others] = open;
    if (first === undefined || others.some(({ label }) => label !== first.label)) return undefined;
    const resource = chosen(first.resources, from);
    if (resource === undefined) return undefined;
    return { address: resource.address, attribute: first.attribute ?? "" };
  }

  /** As above for an expression whose value is known, and that of the attribute of a resource. */
  linkOfKnown(expression: JsonOutline, place: ExpressionPlace, value: string): Link | undefined {
    const [source, ...others] = this.#sources(expression, place, 0);
    if (source?.attribute === undefined || others.length > 0) return undefined;
    const { attribute } = source;
    const meant = source.resources.filter(
      ({ values }) => String(values?.member(attribute)?.scalar()) === value,
    );
    const [resource] = meant;
    return resource !== undefined && meant.length === 1
      ? { address: resource.address, attribute }
      : undefined;
  }

  /**
   * The planned resource that a link of Terraform's source leads to, whose key may not be known
   * there; undefined where several could be meant.
   */
  resourceAt(address: string, from: PlannedResource): PlannedResource | undefined {
    const exact = this.#plan.resources.get(address);
    if (exact !== undefined) return exact;
    this.#byBareAddress ??= groupBy(this.#plan.resources.values(), (resource) =>
      withoutKeys(resource.address),
    );
    const similar = this.#byBareAddress.get(withoutKeys(address)) ?? [];
    return chosen(similar, from);
  }

  #sources(expression: JsonOutline, place: ExpressionPlace, depth: number): readonly Source[] {
    if (depth > LONGEST_WAY) return [opaque("a circle of references", place)];
    return listed(expression).flatMap((reference) => this.#follow(reference, place, depth + 1));
  }

  #follow(reference: string, place: ExpressionPlace, depth: number): readonly Source[] {
    const steps = splitReference(reference);
    const [root = "", name = "", ...rest] = steps;
    switch (root) {
      case "var":
        return this.#followInput(name, place, depth);
      case "each":
        if (name === "key") return [];
        if (place.repetition === undefined) return [opaque(reference, place)];
        return this.#sources(place.repetition, { ...place, repetition: undefined }, depth);
      case "count":
      case "path":
      case "terraform":
        return [];
      case "module":
        return this.#followOutput(name, rest, place, depth) ?? [opaque(reference, place)];
      case "data": {
        const address = blockAddress(modulePathText(place.module), `data.${name}`, rest[0] ?? "");
        return this.#dataSources.has(address) ? [] : [opaque(reference, place)];
      }
      case "local":
      case "self":
        return [opaque(reference, place)];
      default:
        return [this.#resource(root, name, rest, place)];
    }
  }

  /** The root module's variables are all known when planning. */
  #followInput(name: string, { module }: ExpressionPlace, depth: number): readonly Source[] {
    const own = module.at(-1);
    if (own === undefined) return [];
    const caller = module.slice(0, -1);
    const call = this.#moduleAt(caller)?.call(own.name);
    const argument = call?.expressions?.member(name);
    if (call === undefined || argument === undefined) return [];
    return this.#sources(argument, { module: caller, repetition: call.repetition }, depth);
  }

  #followOutput(
    name: string,
    [first = "", second]: readonly string[],
    { module }: ExpressionPlace,
    depth: number,
  ): readonly Source[] | undefined {
    const [key, output] = first.startsWith("[") ? [first, second] : ["", first];
    const called = [...module, { name, key }];
    const expression = this.#moduleAt(called)?.output(output ?? "");
    if (expression === undefined) return undefined;
    return this.#sources(expression, { module: called, repetition: undefined }, depth);
  }

  #resource(
    type: string,
    name: string,
    [first, second]: readonly string[],
    { module }: ExpressionPlace,
  ): Source {
    const block = blockAddress(modulePathText(module), type, name);
    const [key, attribute] = first?.startsWith("[") === true ? [first, second] : ["", first];
    const all = this.#byBlock.get(block) ?? [];
    const resources = key === "" ? all : all.filter(({ address }) => address === `${block}${key}`);
    const label = `${block}${key}${attribute === undefined ? "" : `.${attribute}`}`;
    return { resources, attribute, label };
  }

  #moduleAt(path: readonly ModuleStep[]): ModuleConfiguration | undefined {
    return this.#plan.configuration.at(path);
  }
}

function groupBy<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function opaque(reference: string, { module }: ExpressionPlace): Source {
  const path = modulePathText(module);
  const label = path === "" ? reference : `${path}.${reference}`;
  return { resources: [], attribute: undefined, label };
}

function blockAddress(module: string, type: string, name: string): string {
  return `${module === "" ? "" : `${module}.`}${type}.${name}`;
}

function withoutLastKey(address: string): string {
  return address.endsWith("]") ? address.slice(0, address.lastIndexOf("[")) : address;
}

/** Whether the attribute has its value when planning. */
function isKnown({ resources, attribute }: Source): boolean {
  if (attribute === undefined || resources.length === 0) return false;
  return resources.every(
    ({ unknown, values }) =>
      values?.member(attribute) !== undefined && unknown?.member(attribute)?.scalar() !== true,
  );
}

/**
 * Which of several instances of a block is meant where the plan does not say: the one with the key
 * of the resource that refers to it, if it makes no difference because all have the same options.
 */
function chosen(
  resources: readonly PlannedResource[],
  from: PlannedResource,
): PlannedResource | undefined {
  const [first, ...others] = resources;
  if (first === undefined || others.some((other) => optionsText(other) !== optionsText(first))) {
    return undefined;
  }
  return resources.find(({ key }) => key === from.key) ?? first;
}

function optionsText({ values, unknown }: PlannedResource): string {
  return [values, unknown].map((part) => part?.member("metadata_options")?.text ?? "").join(" ");
}

/**
 * The references of an expression, without those that only lead to others: Terraform lists
 * `aws_instance.a.id` as that and as `aws_instance.a`.
 */
function listed(expression: JsonOutline): readonly string[] {
  const nested = [...expressionsWithin(expression)];
  return nested.flatMap((one) => {
    const all = (one.member("references")?.items() ?? []).flatMap((item) => item.string() ?? []);
    return all.filter(
      (reference) =>
        !all.some(
          (other) => other.startsWith(`${reference}.`) || other.startsWith(`${reference}[`),
        ),
    );
  });
}

/** The expression itself, or those of the arguments of a block. */
function expressionsWithin(expression: JsonOutline): readonly JsonOutline[] {
  if (expression.kind === "array") return expression.items().flatMap(expressionsWithin);
  if (expression.member("references") !== undefined) return [expression];
  if (expression.member("constant_value") !== undefined) return [];
  return [...expression.members().values()].flatMap(({ value }) => expressionsWithin(value));
}

/** `aws_instance.a["x.y"].id` → `aws_instance`, `a`, `["x.y"]`, `id`. */
function splitReference(reference: string): readonly string[] {
  return reference.match(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]|[^.[\]]+/g) ?? [];
}
