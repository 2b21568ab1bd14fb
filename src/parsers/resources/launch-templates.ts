import type { LaunchKind, LaunchSpecification } from "../../model/launch-specification.js";
import { type Evaluated, type EvaluatedUnknown, identityOf } from "../../values/evaluated.js";
import { decidingOrigin, type Origin } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import { known, undecided, type Value } from "../../values/value.js";
import type { Resource } from "../resource.js";
import type { Ternary } from "../../values/ternary.js";
import { asText } from "./read-property.js";

/** What a launch template or launch configuration is found by. */
interface Candidate {
  readonly specification: LaunchSpecification;
  /** Its name, in the scenario of the moment. */
  readonly name: () => Evaluated;
  /** Whether it is that version whose options are known; absent where any will be, as it is written here. */
  readonly isVersion?: (version: Value<string>) => Ternary;
}

/** The launch templates and launch configurations of one deployment, and what launches through them. */
export class LaunchTemplates {
  readonly #scenarios: Scenarios;
  readonly #byAddress = new Map<string, Candidate>();
  readonly #launchers: LaunchSpecification[] = [];
  /** By name, those that have it in some scenario. Made on first use, when all are known. */
  #byName: ReadonlyMap<string, readonly Candidate[]> | undefined;
  /** By what identifies a name that is not known, likewise. */
  #byIdentity: ReadonlyMap<string, readonly Candidate[]> | undefined;
  /** By address, what launches through it in some scenario. */
  #launchersByAddress: ReadonlyMap<string, readonly LaunchSpecification[]> | undefined;

  /** Takes the scenarios in which names and references can differ. */
  constructor(scenarios: Scenarios) {
    this.#scenarios = scenarios;
  }

  /** Adds a template; its name is read in the scenario of the moment. */
  add(candidate: Candidate): void {
    this.#byAddress.set(candidate.specification.address, candidate);
  }

  /** Adds what may launch through a template. */
  addLauncher(specification: LaunchSpecification): void {
    this.#launchers.push(specification);
  }

  /** What launches through the template at that address, in whatever scenario. */
  launchersOf(address: string): readonly LaunchSpecification[] {
    this.#launchersByAddress ??= groupBy(this.#launchers, (launcher) =>
      this.#inAnyScenario(() => {
        const template = launcher.launchTemplate?.template;
        return template?.state === "known" ? template.value.address : undefined;
      }),
    );
    return this.#launchersByAddress.get(address) ?? [];
  }

  /**
   * The template or configuration that a reference or a name in a resource stands for. One that does
   * not exist in this scenario, or that several could be, is unknown, and so is one that is not in this
   * deployment.
   */
  find(
    reference: Evaluated,
    kind: LaunchKind,
    { address }: Pick<Resource, "address">,
  ): Value<LaunchSpecification> {
    const { origin } = reference;
    if (reference.state === "unknown") return this.#findUnknown(reference, kind);
    const name = asText(reference);
    if (name.state !== "known") return undecided({ kind: "invalid" }, origin);
    // A name that is not known never matches: neither another unknown one nor anything else.
    const matches = this.#named(name.value).filter(({ specification, name: own }) => {
      const text = asText(own());
      const isMeant = specification.kind === kind && specification.exists !== "no";
      return isMeant && text.state === "known" && text.value === name.value;
    });
    const meant = matches.length > 1 ? namedAlike(matches, name.origin, address) : matches;
    const [only] = meant;
    if (only !== undefined && meant.length === 1) return found(only, origin);
    if (matches.length > 1) {
      const expression = `which ${kind.replace("-", " ")} ${name.value} is meant`;
      return undecided({ kind: "decided-at-deployment", expression }, origin);
    }
    const what = `${kind.replace("-", " ")} ${name.value}`;
    return undecided({ kind: "not-available", what }, origin);
  }

  /** As above for a version of a launch template; unknown where that version's options are. */
  findVersion(
    reference: Evaluated,
    version: Value<string>,
    resource: Pick<Resource, "address">,
  ): Value<LaunchSpecification> {
    const template = this.find(reference, "launch-template", resource);
    if (template.state !== "known") return template;
    const { address } = template.value;
    const isKnown = this.#byAddress.get(address)?.isVersion?.(version) ?? "yes";
    if (isKnown === "yes") return template;
    if (version.state === "unknown") return undecided(version.reason, template.origin);
    const named = version.state === "known" ? version.value : "$Default";
    return undecided(
      { kind: "not-available", what: `version ${named} of ${address}` },
      template.origin,
    );
  }

  /** A reference to a template, or a name that will be the same as a template's. */
  #findUnknown(reference: EvaluatedUnknown, kind: LaunchKind): Value<LaunchSpecification> {
    const { link, reason, origin } = reference;
    const linked = link === undefined ? undefined : this.#byAddress.get(link.address);
    if (linked !== undefined) {
      const isMeant = linked.specification.kind === kind;
      return isMeant ? found(linked, origin) : undecided({ kind: "invalid" }, origin);
    }
    const identity = identityOf(reference);
    if (identity === undefined) return undecided(reason, origin);
    const matches = this.#identified(identity).filter(({ specification, name }) => {
      if (specification.kind !== kind || specification.exists === "no") return false;
      return identityOfName(name()) === identity;
    });
    const [only] = matches;
    return only !== undefined && matches.length === 1
      ? found(only, origin)
      : undecided(reason, origin);
  }

  #named(name: string): readonly Candidate[] {
    this.#byName ??= groupBy([...this.#byAddress.values()], (candidate) =>
      this.#inAnyScenario(() => {
        const own = asText(candidate.name());
        return own.state === "known" ? own.value : undefined;
      }),
    );
    return this.#byName.get(name) ?? [];
  }

  #identified(identity: string): readonly Candidate[] {
    this.#byIdentity ??= groupBy([...this.#byAddress.values()], (candidate) =>
      this.#inAnyScenario(() => identityOfName(candidate.name())),
    );
    return this.#byIdentity.get(identity) ?? [];
  }

  /** What a reading gives in one scenario or another, so that a rule does not depend on which. */
  #inAnyScenario(read: () => string | undefined): ReadonlySet<string> {
    const results = this.#scenarios.explore(read).map(({ result }) => result);
    return new Set(results.filter((result) => result !== undefined));
  }
}

/**
 * Of several with one name, as modules make them in several Regions, those that take it from the same
 * place as the reference does, in the same instance of a module.
 */
function namedAlike(
  candidates: readonly Candidate[],
  reference: Origin,
  address: string,
): readonly Candidate[] {
  const place = decidingOrigin(reference).location;
  return candidates.filter(({ specification, name }) => {
    const { path, range } = decidingOrigin(name().origin).location;
    const isSamePlace = path === place.path && range.start === place.range.start;
    return isSamePlace && moduleOf(specification.address) === moduleOf(address);
  });
}

/** The address of the module instance: `module.web["a.b"]` of `module.web["a.b"].aws_instance.this[0]`. */
function moduleOf(address: string): string {
  return address.replace(/(?:^|\.)[^.[\]"]+\.[^.[\]"]+(?:\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\])?$/, "");
}

function identityOfName(name: Evaluated): string | undefined {
  return name.state === "unknown" ? identityOf(name) : undefined;
}

function groupBy<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => ReadonlySet<string>,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

function found({ specification }: Candidate, origin: Origin): Value<LaunchSpecification> {
  if (specification.exists === "no") return undecided({ kind: "invalid" }, origin);
  return known(specification, origin);
}
