import type { LaunchSpecification, LaunchTemplateUse } from "../../model/launch-specification.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known, undecided, unset, type Value } from "../../values/value.js";
import type { Dialect, Resource } from "../resource.js";
import { asText, type Property, readChild } from "./read-property.js";

/** What a launch template or launch configuration is found by. */
interface Candidate {
  readonly specification: LaunchSpecification;
  readonly name: () => Value<string>;
}

/** The launch templates and launch configurations of one deployment, and what launches through them. */
export class LaunchTemplates {
  readonly #byAddress = new Map<string, Candidate>();
  readonly #launchers: LaunchSpecification[] = [];

  /** Adds a template; `name` reads the name it gets, in the scenario of the moment. */
  add(specification: LaunchSpecification, name: () => Value<string>): void {
    this.#byAddress.set(specification.address, { specification, name });
  }

  /** Adds what may launch through a template. */
  addLauncher(specification: LaunchSpecification): void {
    this.#launchers.push(specification);
  }

  /** What launches through the template at that address, in the scenario of the moment. */
  launchersOf(address: string): readonly LaunchSpecification[] {
    return this.#launchers.filter((launcher) => {
      const template = launcher.launchTemplate?.template;
      const isMeant = template?.state === "known" && template.value.address === address;
      return isMeant && launcher.exists !== "no";
    });
  }

  /**
   * The template that a reference or a name stands for. One that does not exist in this scenario,
   * or that several could be, is unknown, and so is one that is not in this deployment.
   */
  find(reference: Evaluated): Value<LaunchSpecification> {
    if (reference.state === "unset") return reference;
    const { origin } = reference;
    if (reference.state === "unknown") {
      const { link, reason } = reference;
      const linked = link === undefined ? undefined : this.#byAddress.get(link.address);
      if (linked === undefined) return undecided(reason, origin);
      return found(linked, origin);
    }
    const name = asText(reference);
    if (name.state !== "known") return undecided({ kind: "invalid" }, origin);
    const matches = [...this.#byAddress.values()].filter((candidate) => {
      const own = candidate.name();
      // A name that is not known never matches: neither another unknown one nor anything else.
      return own.state === "known" && own.value === name.value;
    });
    const [only] = matches.filter(({ specification }) => specification.exists !== "no");
    if (only !== undefined && matches.length === 1) return found(only, origin);
    const what = `launch template ${name.value}, which is not defined here`;
    return undecided({ kind: "not-available", what }, origin);
  }
}

function found({ specification }: Candidate, origin: Origin): Value<LaunchSpecification> {
  if (specification.exists === "no") return undecided({ kind: "invalid" }, origin);
  return known(specification, origin);
}

/** What the parts of a launch template specification are called. */
export interface SpecificationNames {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

/** The names in most places. */
const usualNames: Readonly<Record<Dialect, SpecificationNames>> = {
  cloudformation: { id: "LaunchTemplateId", name: "LaunchTemplateName", version: "Version" },
  terraform: { id: "id", name: "name", version: "version" },
};

/** Reads a launch template specification (id or name, and version); undefined where none is written. */
export function readLaunchTemplateUse(
  resource: Resource,
  specification: Property,
  templates: LaunchTemplates,
  names: SpecificationNames = usualNames[resource.dialect],
): LaunchTemplateUse | undefined {
  const { value, place } = specification;
  if (value.state === "unset") return undefined;
  const id = readChild(specification, names.id, place).value;
  const name = readChild(specification, names.name, place).value;
  const version = readVersion(readChild(specification, names.version, place).value);
  const reference = id.state === "unset" ? name : id;
  const origin = useOrigin(reference.state === "unset" ? place : reference.origin.location);
  if (reference.state === "unset") {
    return { origin, template: undecided({ kind: "invalid" }, origin), version };
  }
  return { origin, template: templates.find(reference), version };
}

/** The version, with a template's attributes for its newest and its default version as EC2 spells them. */
function readVersion(version: Evaluated): Value<string> {
  const attribute = version.state === "unknown" ? version.link?.attribute : undefined;
  switch (attribute) {
    case "LatestVersionNumber":
    case "latest_version":
      return known("$Latest", version.origin);
    case "DefaultVersionNumber":
    case "default_version":
      return known("$Default", version.origin);
    default:
      return asText(version);
  }
}

/** Reads a reference that can name no version, as groups name launch configurations. */
export function readLaunchConfigurationUse(
  reference: Property,
  templates: LaunchTemplates,
): LaunchTemplateUse | undefined {
  const { value, place } = reference;
  if (value.state === "unset") return undefined;
  const { location } = value.origin;
  const origin: Origin = { location, step: "launch-configuration" };
  return {
    origin,
    template: templates.find(value),
    version: unset({ location: place, step: "written" }),
  };
}

function useOrigin(location: Origin["location"]): Origin {
  return { location, step: "launch-template" };
}
