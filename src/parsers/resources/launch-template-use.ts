import type { LaunchTemplateUse } from "../../model/launch-specification.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { known, undecided, unset, type Value } from "../../values/value.js";
import type { Resource } from "../resource.js";
import type { LaunchTemplates } from "./launch-templates.js";
import { asText, nameFor, type Property, type PropertyName, readChild } from "./read-property.js";

/** What the parts of a launch template specification are called. */
export interface SpecificationNames {
  readonly id: PropertyName;
  readonly name: PropertyName;
  readonly version: PropertyName;
}

const version: PropertyName = { cloudformation: "Version", terraform: "version" };

/** The names in most places. */
const usualNames: SpecificationNames = {
  id: { cloudformation: "LaunchTemplateId", terraform: "id" },
  name: { cloudformation: "LaunchTemplateName", terraform: "name" },
  version,
};

/** The same where Terraform names a template in longer words. */
export const longNames: SpecificationNames = {
  id: { cloudformation: "LaunchTemplateId", terraform: "launch_template_id" },
  name: { cloudformation: "LaunchTemplateName", terraform: "launch_template_name" },
  version,
};

/** The same where CloudFormation names it in shorter words. */
export const shortNames: SpecificationNames = {
  id: { cloudformation: "Id", terraform: "id" },
  name: { cloudformation: "Name", terraform: "name" },
  version,
};

/** Reads a launch template specification (id or name, and version); undefined where none is written. */
export function readLaunchTemplateUse(
  resource: Resource,
  specification: Property,
  templates: LaunchTemplates,
  names: SpecificationNames = usualNames,
): LaunchTemplateUse | undefined {
  const { value, place } = specification;
  if (value.state === "unset") return undefined;
  const part = (written: PropertyName) =>
    readChild(specification, nameFor(resource, written), place).value;
  const id = part(names.id);
  const name = part(names.name);
  const version = readVersion(part(names.version));
  const reference = id.state === "unset" ? name : id;
  const origin = useOrigin(reference.state === "unset" ? place : reference.origin.location);
  if (reference.state === "unset") {
    return { origin, template: undecided({ kind: "invalid" }, origin), version };
  }
  return { origin, template: templates.findVersion(reference, version, resource), version };
}

/** What stands for a launch template that must be named and is not: AWS rejects that. */
export function missingTemplate({ location }: Pick<Resource, "location">): LaunchTemplateUse {
  const origin = useOrigin(location);
  return { origin, template: undecided({ kind: "invalid" }, origin), version: unset(origin) };
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
  resource: Resource,
  reference: Property,
  templates: LaunchTemplates,
): LaunchTemplateUse | undefined {
  const { value, place } = reference;
  if (value.state === "unset") return undefined;
  const { location } = value.origin;
  const origin: Origin = { location, step: "launch-configuration" };
  return {
    origin,
    template: templates.find(value, "launch-configuration", resource),
    version: unset({ location: place, step: "written" }),
  };
}

function useOrigin(location: Origin["location"]): Origin {
  return { location, step: "launch-template" };
}
