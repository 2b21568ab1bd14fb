import type { LaunchParameters, Presence } from "../../model/launch-parameters.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Resource } from "../resource.js";
import {
  itemsOf,
  type Property,
  type PropertyPath,
  readChild,
  readProperty,
  nameFor,
  namesFor,
} from "./read-property.js";
import { initScripts } from "./init-metadata.js";
import type { SourceOf } from "../composed-text.js";
import { scriptsIn } from "./script.js";
import { presenceOf } from "./presence.js";
import type { Subnets } from "./subnets.js";
import type { TagList } from "./tag-keys.js";

/** Where one kind of resource has what its instances are launched with. */
export interface ParameterPaths {
  /** The first that is given counts. */
  readonly userData?: readonly PropertyPath[];
  readonly keyPair?: PropertyPath;
  readonly instanceProfile?: PropertyPath;
  /** Subnets that stand there as one ID or a list of IDs. */
  readonly subnets?: PropertyPath;
  /** Network interfaces, which name a subnet each. */
  readonly networkInterfaces?: PropertyPath;
  readonly tags?: readonly TagList[];
}

const subnetOfInterface = { cloudformation: "SubnetId", terraform: "subnet_id" };

/** Where instances have user data; Terraform takes it in Base64 under another name. */
export const userDataPaths: readonly PropertyPath[] = [
  { cloudformation: ["UserData"], terraform: ["user_data"] },
  { cloudformation: ["UserData"], terraform: ["user_data_base64"] },
];

/** What reading them may look at beside the resource. */
export interface ParameterContext {
  readonly subnets: Subnets;
  readonly sourceOf: SourceOf;
}

/** Reads what instances of a resource are launched with. */
export function readLaunchParameters(
  resource: Resource,
  { subnets, sourceOf }: ParameterContext,
  paths: ParameterPaths,
): LaunchParameters {
  const presence = (path: PropertyPath | undefined) =>
    hasPath(resource, path) ? presenceOf(readProperty(resource, path)) : nowhere(resource);
  return {
    userData: () =>
      (paths.userData ?? []).reduce<Presence>((found, path) => {
        const next = presence(path);
        return found.isGiven === "no" ? next : found;
      }, nowhere(resource)),
    userDataScripts: () => {
      const given = (paths.userData ?? [])
        .filter((path) => hasPath(resource, path))
        .map((path) => readProperty(resource, path))
        .find((property) => presenceOf(property).isGiven !== "no");
      return given === undefined ? [] : scriptsIn(given.value, "user data", sourceOf);
    },
    otherScripts: () => initScripts(resource, sourceOf),
    keyPair: () => presence(paths.keyPair),
    instanceProfile: () => presence(paths.instanceProfile),
    subnets: () =>
      subnetReferences(resource, paths)
        .filter(({ state }) => state !== "unset")
        .map((reference) => subnets.find(reference)),
    tagKeys: () => (paths.tags ?? []).flatMap((read) => read(resource)),
  };
}

/** Whether the property exists in the spelling of the resource's type. */
function hasPath(resource: Resource, path: PropertyPath | undefined): path is PropertyPath {
  return path !== undefined && namesFor(resource, path).length > 0;
}

function nowhere(resource: Resource): Presence {
  return { isGiven: "no", origin: { location: resource.location, step: "written" } };
}

function subnetReferences(
  resource: Resource,
  { subnets, networkInterfaces }: ParameterPaths,
): readonly Evaluated[] {
  const direct = hasPath(resource, subnets) ? itemsOf(readProperty(resource, subnets).value) : [];
  if (!hasPath(resource, networkInterfaces)) return direct;
  const interfaces = readProperty(resource, networkInterfaces);
  if (interfaces.value.state === "unknown") return [...direct, interfaces.value];
  const ofInterfaces = itemsOf(interfaces.value).map((item) => {
    const whole: Property = { value: item, place: interfaces.place };
    return readChild(whole, nameFor(resource, subnetOfInterface), interfaces.place).value;
  });
  return [...direct, ...ofInterfaces];
}
