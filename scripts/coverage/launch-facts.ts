import type { LaunchFact } from "../../src/model/launch-fact.js";
import type { LaunchKind, LaunchSpecification } from "../../src/model/launch-specification.js";
import {
  type MetadataOption,
  optionDefinitions,
  spellingOf,
} from "../../src/model/metadata-options.js";
import type { EvaluatedDeployment, Resource } from "../../src/parsers/resource.js";
import { normalizeDeployment } from "../../src/parsers/resources/normalize-deployment.js";
import type { Location } from "../../src/source/text-range.js";
import type { EvaluatedEntry, EvaluatedMap } from "../../src/values/evaluated.js";
import { Scenarios } from "../../src/values/scenarios.js";

/** What launches of one type of resource can be told of. */
export interface LaunchSurface {
  readonly type: string;
  readonly kind: LaunchKind;
  /** Who says what options are that nobody sets: `EC2`. */
  readonly service: string;
  /** What the resource says itself. */
  readonly own: ReadonlySet<LaunchFact>;
  /** Whether the rest can come from a launch template that it names. */
  readonly namesTemplate: boolean;
}

const nowhere: Location = { path: "/probe", range: { start: 0, end: 0 } };

/** Facts that a launch has of its own as soon as its resource has a property for them. */
const readings = {
  userData: ({ userData }) => userData,
  keyPair: ({ keyPair }) => keyPair,
  instanceProfile: ({ instanceProfile }) => instanceProfile,
  subnets: ({ subnets }) => subnets,
  tagKeys: ({ tagKeys }) => tagKeys,
  instanceTypes: ({ instanceTypes }) => instanceTypes,
} as const satisfies Partial<Record<LaunchFact, (launch: LaunchSpecification) => unknown>>;

/** Kinds whose scripts are written in other resources or files. */
const scriptsElsewhere: ReadonlySet<LaunchKind> = new Set([
  "image-builder-infrastructure",
  "beanstalk-environment",
]);

/** Kinds whose instances are nodes of a cluster, or are if a capacity provider says so. */
const clusterNodes: ReadonlySet<LaunchKind> = new Set([
  "eks-node-group",
  "batch-compute-environment",
  "auto-scaling-group",
]);

const optionNames: ReadonlySet<string> = new Set(
  Object.values(optionDefinitions).flatMap(({ cloudformation, terraform, awscc }) => [
    cloudformation,
    terraform,
    awscc,
  ]),
);

/**
 * Finds out what a type of resource can say of its launches, by reading one that has every property that is
 * asked for, and watching what is.
 */
export function probeSurface(type: string): LaunchSurface {
  const launch = launchOf(type, everything());
  if (launch === undefined) throw new Error(`${type} launches nothing, whatever it says`);
  const namesTemplate = propertiesRead(type, ({ launchTemplate }) => launchTemplate).some(
    // An instance that is copied is no template.
    (name) => !/^instance_?id$/i.test(name),
  );
  const isTerraform = spellingOf(type) === "terraform";
  const sending = launchOf(
    type,
    everything((name) => optionNames.has(name)),
  )?.sending.kind;
  const isUnsent = isTerraform && sending !== undefined && sending !== "always";
  const { optionsTaken, service, kind, optionsArgument } = launch;
  const own = new Set<LaunchFact>(optionsTaken);
  for (const [fact, read] of Object.entries(readings)) {
    if (readsOfItsOwn(type, read)) own.add(fact as keyof typeof readings);
  }
  const further: readonly (readonly [LaunchFact, boolean])[] = [
    ["anyOption", optionsTaken.length > 0],
    ["scripts", own.has("userData") || scriptsElsewhere.has(kind)],
    ["optionalTemplate", launchOf(type, everything(isTemplateName))?.needsLaunchTemplate === true],
    ["templateVersion", namesTemplate],
    ["unsentOptions", isUnsent || launch.optionsLeftOut.length > 0],
    ["rejectedOptions", isTerraform && sending === "rejected-without-endpoint"],
    ["ignoredChanges", type.startsWith("aws") && optionsArgument !== undefined],
    ["ec2Defaults", service === "EC2" && sending !== "never"],
    ["containerBuilds", kind === "image-builder-infrastructure"],
    ["clusterNodes", clusterNodes.has(kind)],
  ];
  for (const [fact, isThere] of further) if (isThere) own.add(fact);
  return { type, kind, service, own, namesTemplate };
}

/** Whether reading it asks for more properties than the launch template does. */
function readsOfItsOwn(type: string, read: (launch: LaunchSpecification) => unknown): boolean {
  const ofTemplate = new Set(propertiesRead(type, ({ launchTemplate }) => launchTemplate));
  return propertiesRead(type, read).some((name) => !ofTemplate.has(name));
}

/** The names of the properties that are asked for where one thing is read of a launch. */
function propertiesRead(
  type: string,
  read: (launch: LaunchSpecification) => unknown,
): readonly string[] {
  const names: string[] = [];
  const launch = launchOf(type, everything(undefined, names));
  names.length = 0;
  if (launch !== undefined) read(launch);
  return names;
}

function isTemplateName(name: string): boolean {
  return /template|managed/i.test(name);
}

/** The first launch of a resource with those properties, as an old release of Terraform's provider sends it. */
function launchOf(type: string, properties: EvaluatedMap): LaunchSpecification | undefined {
  const dialect = type.includes("::") ? "cloudformation" : "terraform";
  const resource: Resource = {
    dialect,
    type,
    address: "probe",
    location: nowhere,
    exists: () => "yes",
    properties: () => properties,
  };
  const deployment: EvaluatedDeployment = {
    dialect,
    files: new Map(),
    scenarios: new Scenarios(),
    resources: [resource],
    awsProvider: { isBefore: () => true, evidence: { message: "", location: nowhere } },
    errors: [],
    skipped: [],
  };
  return normalizeDeployment(deployment, () => undefined).launchSpecifications[0];
}

/** A map with every property that anybody asks for, each a map of that sort, but for those left out. */
function everything(
  isLeftOut: (name: string) => boolean = () => false,
  names: string[] = [],
): EvaluatedMap {
  const entries = new (class extends Map<string, EvaluatedEntry> {
    override get(name: string): EvaluatedEntry | undefined {
      names.push(name);
      return isLeftOut(name) ? undefined : { key: nowhere, value: everything(isLeftOut, names) };
    }
  })();
  return { state: "map", entries, origin: { location: nowhere, step: "written" } };
}

/** Whether a fact can come from a launch template that is named. */
export function isInherited(fact: LaunchFact): boolean {
  return fact in optionDefinitions || fact in readings || fact === "scripts";
}

/** The options among facts, as CloudFormation writes them. */
export function optionName(fact: LaunchFact): string | undefined {
  return fact in optionDefinitions
    ? optionDefinitions[fact as MetadataOption].cloudformation
    : undefined;
}
