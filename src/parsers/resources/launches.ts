import {
  type DeclaredOptions,
  type LaunchKind,
  LaunchSpecification,
  type LaunchSpecificationParts,
  type LaunchTemplateUse,
} from "../../model/launch-specification.js";
import { lazyOptions } from "../../model/metadata-options.js";
import { type Evaluated, seenFrom } from "../../values/evaluated.js";
import type { Image } from "../../model/image.js";
import type { LaunchParameters } from "../../model/launch-parameters.js";
import type { Origin } from "../../values/origin.js";
import { and } from "../../values/ternary.js";
import { undecided, unset, type Unset, type Value } from "../../values/value.js";
import type { Resource } from "../resource.js";
import { typeByRequirements } from "./instance-requirements.js";
import { type NormalizeContext } from "./launch-resource-kind.js";
import { type ParameterPaths, readLaunchParameters } from "./launch-parameters.js";
import { launchResourceOf } from "./launch-resource.js";
import { asText, itemsOf, type Property, type PropertyName, readPart } from "./read-property.js";

/** One of the launches that a resource makes, such as one override of a group. */
export interface Launch {
  /** The mapping or block that it is written in, where each launch has one. */
  readonly written?: () => Evaluated;
  readonly template: () => LaunchTemplateUse | undefined;
  /** Its own types; none where the template says. */
  readonly instanceTypes: () => readonly Value<string>[];
  /** Its own options, where it can have any. */
  readonly declared?: () => DeclaredOptions;
  /** Its own image; unset where the template says. */
  readonly image?: () => Value<Image>;
  /** Whether the service launches it by itself, through no template that anybody can name. */
  readonly isManaged?: () => boolean;
}

/** What all launches of one resource have in common. */
export interface LaunchesOf extends Pick<
  LaunchSpecificationParts,
  | "kind"
  | "takes"
  | "defaults"
  | "service"
  | "place"
  | "spelling"
  | "optionsPath"
  | "optionsArgument"
  | "parameters"
  | "buildsContainers"
  | "runsTasks"
  | "leavesOut"
> {
  readonly kind: LaunchKind;
  /** How many there are in the scenario of the moment; asked before templates are known. */
  readonly count: () => number;
  /** The one at `index`, where there are more than that. */
  readonly launch: (index: number) => Launch;
  /** What one is launched with, where each says so itself. */
  readonly parametersOf?: (launch: Launch) => LaunchParameters;
}

/** A launch specification for each launch that a resource makes in one scenario or another. */
export function readLaunches(
  resource: Resource,
  context: NormalizeContext,
  { count, launch, parametersOf, ...parts }: LaunchesOf,
): readonly LaunchSpecification[] {
  const { scenarios, templates, accountDefaults } = context;
  const most = Math.max(0, ...scenarios.explore(count).map(({ result }) => result));
  return Array.from({ length: most }, (_, index) => {
    const own = launch(index);
    const declared =
      own.declared ?? (() => nothingDeclared({ location: resource.location, step: "written" }));
    const specification = new LaunchSpecification(
      {
        ...parts,
        ...(parametersOf === undefined ? {} : { parameters: parametersOf(own) }),
        ...(own.image === undefined ? {} : { image: own.image }),
        ...(own.isManaged === undefined ? {} : { isManaged: own.isManaged }),
        resource: launchResourceOf(resource),
        exists: () => and(resource.exists(), index < count() ? "yes" : "no"),
        accountDefaults: () => accountDefaults.of(resource),
        declared,
        launchTemplate: own.template,
        instanceTypes: () => typesOf(own),
      },
      scenarios,
    );
    templates.addLauncher(specification);
    return specification;
  });
}

/** Reads what launches say of themselves, by names within what they are written in. */
export function parametersWithin(
  resource: Resource,
  context: NormalizeContext,
  paths: ParameterPaths,
): (launch: Launch) => LaunchParameters {
  return ({ written = () => nothingIn(resource) }) =>
    readLaunchParameters({ ...resource, properties: written }, context, paths);
}

/** What stands where a resource says nothing. */
export function nothingIn({ location }: Pick<Resource, "location">): Unset {
  return unset({ location, step: "written" });
}

/** Launches that are listed one by one, such as the overrides of a fleet. */
export function listed(
  resource: Resource,
  list: () => readonly Launch[],
): Pick<LaunchesOf, "count" | "launch"> {
  return {
    count: () => list().length,
    launch: (index) => ({
      written: () => list()[index]?.written?.() ?? nothingIn(resource),
      template: () => list()[index]?.template(),
      instanceTypes: () => list()[index]?.instanceTypes() ?? [],
      image: () => list()[index]?.image?.() ?? nothingIn(resource),
      isManaged: () => list()[index]?.isManaged?.() === true,
    }),
  };
}

/** What stands for the template of a launch that is not known itself. */
export function useIfOpen(value: Evaluated): LaunchTemplateUse | undefined {
  if (value.state !== "unknown") return undefined;
  const { reason, origin } = value;
  return { origin, template: undecided(reason, origin), version: unset(origin) };
}

/** The launch's own types, else those of its template. */
function typesOf({ instanceTypes, template }: Launch): readonly Value<string>[] {
  const own = instanceTypes();
  const use = own.length > 0 ? undefined : template();
  if (use === undefined) return own;
  if (use.template.state === "unknown") return [undecided(use.template.reason, use.origin)];
  if (use.template.state !== "known") return [];
  return use.template.value.instanceTypes.map((type) => seenFrom(type, use.origin));
}

/** The items of a list property, each with the place of its first key. */
export function listOf({ value, place }: Property): readonly Property[] {
  return itemsOf(value).map((item) => ({
    value: item,
    place: item.state === "map" ? item.origin.location : place,
  }));
}

const overrideNames = {
  type: { cloudformation: "InstanceType", terraform: "instance_type" },
  requirements: { cloudformation: "InstanceRequirements", terraform: "instance_requirements" },
  image: { cloudformation: "ImageId", terraform: "image_id" },
} as const satisfies Record<string, PropertyName>;

/** The type that an override names, or what its requirements admit; none where it says nothing of it. */
export function typesOfOverride(
  override: Property | undefined,
  resource: Resource,
): readonly Value<string>[] {
  if (override === undefined) return [];
  const part = (name: PropertyName) => readPart(resource, override, name);
  const own = asText(part(overrideNames.type).value);
  if (own.state !== "unset") return [own];
  const requirements = part(overrideNames.requirements);
  return requirements.value.state === "unset"
    ? []
    : [typeByRequirements(requirements, resource.dialect)];
}

/** The image that an override names. */
export function imageOfOverride(
  override: Property | undefined,
  resource: Resource,
  { images }: Pick<NormalizeContext, "images">,
): Value<Image> {
  return override === undefined
    ? nothingIn(resource)
    : images.find(readPart(resource, override, overrideNames.image).value);
}

/** The types in a list of names. */
export function typesInList({ value }: Property): readonly Value<string>[] {
  return itemsOf(value).map(asText);
}

/** A resource without options of its own. */
function nothingDeclared(origin: Origin): DeclaredOptions {
  const nothing = () => unset(origin);
  const options = lazyOptions({
    httpTokens: nothing,
    httpEndpoint: nothing,
    httpPutResponseHopLimit: nothing,
    httpProtocolIpv6: nothing,
    instanceMetadataTags: nothing,
  });
  return { options, sent: options, written: () => [] };
}
