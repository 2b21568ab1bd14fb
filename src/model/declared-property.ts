import type { ObjectType, PropertyDefinition, PropertyType } from "../data/resource-types.js";
import type { Location } from "../source/text-range.js";
import type { Evaluated, EvaluatedList } from "../values/evaluated.js";
import type { Ternary } from "../values/ternary.js";
import type { Scenarios } from "../values/scenarios.js";
import type { LaunchResource } from "./launch-resource.js";

/** A value as it is written, in the scenario of the moment. */
export interface WrittenValue {
  readonly value: Evaluated;
  /** Where its name stands; for the properties as a whole that of the resource. */
  readonly place: Location;
}

/** How a property reads its parts. */
interface DeclaredPropertyParts {
  readonly resource: LaunchResource;
  readonly path: readonly string[];
  readonly identity: string;
  readonly type: PropertyType;
  readonly scenarios: Scenarios;
  /** Undefined where nothing stands there in the scenario of the moment. */
  readonly read: () => WrittenValue | undefined;
}

/**
 * A property as a template writes it, beside what its type is: the properties of a resource as a
 * whole, one of them, an item of a list. Getters read in the scenario of the moment.
 */
export class DeclaredProperty {
  readonly #parts: DeclaredPropertyParts;

  /** What stands there, once in each scenario: every part begins by asking for the whole. */
  readonly #written: () => WrittenValue | undefined;

  private constructor(parts: DeclaredPropertyParts) {
    this.#parts = parts;
    this.#written = parts.scenarios.memoize(
      () => {
        const written = parts.read();
        return written?.value.state === "unset" ? undefined : written;
      },
      () => undefined,
    );
  }

  /** The properties of a resource as a whole. `read` and `exists` are asked in every scenario. */
  static ofResource(
    resource: LaunchResource,
    type: ObjectType,
    read: () => Evaluated,
    exists: () => Ternary,
    scenarios: Scenarios,
  ): DeclaredProperty {
    const place = resource.location;
    return new DeclaredProperty({
      resource,
      type,
      path: [],
      identity: "",
      scenarios,
      read: () => (exists() === "no" ? undefined : { value: read(), place }),
    });
  }

  get resource(): LaunchResource {
    return this.#parts.resource;
  }

  /** The logical ID of the resource. */
  get address(): string {
    return this.#parts.resource.address;
  }

  /** What the property takes. */
  get type(): PropertyType {
    return this.#parts.type;
  }

  /** Names and, for items of lists, numbers from 0: `TagSpecifications`, `0`, `Tags`. */
  get path(): readonly string[] {
    return this.#parts.path;
  }

  /** Tells the parts of a property apart; the same for the same part in every scenario. */
  get identity(): string {
    return this.#parts.identity;
  }

  /** Undefined where the resource does not exist, or nothing stands there. */
  get written(): WrittenValue | undefined {
    return this.#written();
  }

  /** Whether it takes other properties or items, which are judged by themselves. */
  get hasParts(): boolean {
    const { kind } = this.type;
    return kind === "list" || kind === "map" || kind === "object";
  }

  /** What is written within, as far as its type says what may stand there. */
  get parts(): readonly DeclaredProperty[] {
    const { type } = this;
    const value = this.hasParts ? this.written?.value : undefined;
    if (value?.state === "map") {
      return [...value.entries.keys()].flatMap((name) => {
        const within = typeWithin(type, name);
        return within === undefined || within.kind === "any"
          ? []
          : [this.#part(name, within, () => this.#entry(name))];
      });
    }
    if (value?.state === "list" && type.kind === "list" && type.items.kind !== "any") {
      return identitiesOf(value).map((identity, index) =>
        this.#part(String(index), type.items, () => this.#item(identity), identity),
      );
    }
    return [];
  }

  #part(
    name: string,
    type: PropertyType,
    read: () => WrittenValue | undefined,
    identity = name,
  ): DeclaredProperty {
    return new DeclaredProperty({
      ...this.#parts,
      path: [...this.path, name],
      identity: `${this.identity}.${identity}`,
      type,
      read,
    });
  }

  #entry(name: string): WrittenValue | undefined {
    const value = this.written?.value;
    const entry = value?.state === "map" ? value.entries.get(name) : undefined;
    return entry === undefined ? undefined : { value: entry.value, place: entry.key };
  }

  #item(identity: string): WrittenValue | undefined {
    const value = this.written?.value;
    if (value?.state !== "list") return undefined;
    const item = value.items[identitiesOf(value).indexOf(identity)];
    return item === undefined ? undefined : { value: item, place: placeOfItem(item) };
  }
}

/**
 * Items are told apart by where they stand, since a condition on one moves those behind it; and by
 * number, where a function makes several at one place.
 */
function identitiesOf({ items }: EvaluatedList): readonly string[] {
  const counts = new Map<number, number>();
  return items.map(({ origin }) => {
    const { start } = origin.location.range;
    const count = counts.get(start) ?? 0;
    counts.set(start, count + 1);
    return `${start}:${count}`;
  });
}

/** The properties by name, where the type is a mapping with given names. */
export function definitionsIn(
  type: PropertyType,
): ReadonlyMap<string, PropertyDefinition> | undefined {
  return type.kind === "object" ? type.properties : undefined;
}

function typeWithin(type: PropertyType, name: string): PropertyType | undefined {
  return type.kind === "map" ? type.values : definitionsIn(type)?.get(name)?.type;
}

/** An item has no name; its first key is where a reader looks. */
function placeOfItem(item: Evaluated): Location {
  const [first] = item.state === "map" ? item.entries.values() : [];
  return first?.key ?? item.origin.location;
}
