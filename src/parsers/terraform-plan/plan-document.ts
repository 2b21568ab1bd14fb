import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import type { JsonOutline } from "../json/json-outline.js";
import type { ProviderConstraint } from "../terraform/module.js";
import { launchTemplateType } from "../terraform/data-sources/launch-template.js";
import { ModuleConfiguration } from "./configuration.js";

/** A resource that is there once the plan is applied. */
export interface PlannedResource {
  readonly address: string;
  /** The address of its module instance, empty for the root module. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  /** Of one with `count` or `for_each`. */
  readonly key: string | number | undefined;
  /** Where the plan gives its address. */
  readonly location: Location;
  /** What is known of it; where a value is missing or null, `unknown` tells why. */
  readonly values: JsonOutline | undefined;
  /** Shaped like `values`, with `true` for what is known only after apply. */
  readonly unknown: JsonOutline | undefined;
  /** Shaped like `values`, with `true` for what is sensitive. */
  readonly sensitive: JsonOutline | undefined;
  /** It is managed elsewhere; a data source found it. */
  readonly isFound?: true;
}

/** What a plan says, as far as it matters here. */
export interface PlanDocument {
  readonly file: SourceFile;
  /** By address, in the plan's order. */
  readonly resources: ReadonlyMap<string, PlannedResource>;
  /** Data sources that were read while planning, by address: all they say is known. */
  readonly dataSources: ReadonlySet<string>;
  /** Launch templates that such data sources found, as they are: none that the plan itself manages. */
  readonly foundTemplates: readonly PlannedResource[];
  /** The root module's variables, each the value it has. */
  readonly variables: ReadonlyMap<string, JsonOutline>;
  readonly configuration: ModuleConfiguration;
  readonly awsConstraints: readonly ProviderConstraint[];
  /** Planning failed or put resources off, so that not all of them are here. */
  readonly isIncomplete: boolean;
}

/**
 * Reads the parts of `terraform show -json` for a plan. What the plan only destroys, forgets or has
 * left over from a replacement (`deposed`) is not among the resources.
 * https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export function readPlanDocument(file: SourceFile, root: JsonOutline): PlanDocument {
  const changes = readChanges(file, root);
  const resources = new Map<string, PlannedResource>();
  const planned = root.member("planned_values")?.member("root_module");
  if (planned !== undefined) {
    for (const resource of readModules(file, planned)) {
      const change = changes.get(resource.address);
      const sensitive = resource.sensitive ?? change?.sensitive;
      resources.set(resource.address, { ...resource, sensitive, unknown: change?.unknown });
    }
  }
  // Some tools keep only the changes.
  for (const [address, change] of changes) {
    if (planned === undefined) resources.set(address, change);
  }
  const configuration = root.member("configuration");
  return {
    file,
    resources,
    ...readDataSources(file, root, resources),
    variables: readVariables(root),
    configuration: new ModuleConfiguration(configuration?.member("root_module")),
    awsConstraints: readAwsConstraints(file, configuration),
    isIncomplete: root.member("errored")?.scalar() === true || hasDeferred(root),
  };
}

function hasDeferred(root: JsonOutline): boolean {
  return (root.member("deferred_changes")?.items() ?? []).length > 0;
}

/** The resources of a module of `planned_values` and of those it calls. */
function readModules(file: SourceFile, root: JsonOutline): readonly PlannedResource[] {
  const found: PlannedResource[] = [];
  for (const [resource, module] of resourcesWithin(root)) {
    const parts = resource.pick(...identityKeys, "values", "sensitive_values");
    const read = readResource(file, parts, module);
    if (read === undefined) continue;
    const { values, sensitive_values: sensitive } = parts;
    found.push({ ...read, values, sensitive, unknown: undefined });
  }
  return found;
}

/** What a module of a state and those it calls have, with the address of the module instance. */
function* resourcesWithin(root: JsonOutline): Generator<readonly [JsonOutline, string]> {
  const pending: JsonOutline[] = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const module = next.member("address")?.string() ?? "";
    for (const resource of next.member("resources")?.items() ?? []) yield [resource, module];
    pending.push(...[...(next.member("child_modules")?.items() ?? [])].reverse());
  }
}

/** By address, what `resource_changes` says of resources that are there afterwards. */
function readChanges(file: SourceFile, root: JsonOutline): ReadonlyMap<string, PlannedResource> {
  const changes = new Map<string, PlannedResource>();
  for (const item of root.member("resource_changes")?.items() ?? []) {
    const parts = item.pick(...identityKeys, "module_address", "deposed", "change");
    if (parts.deposed !== undefined) continue;
    const change = parts.change?.pick("after", "after_unknown", "after_sensitive");
    if (change?.after?.kind !== "object") continue;
    const read = readResource(file, parts, parts.module_address?.string() ?? "");
    if (read === undefined) continue;
    const { after: values, after_unknown: unknown, after_sensitive: sensitive } = change;
    changes.set(read.address, { ...read, values, unknown, sensitive });
  }
  return changes;
}

type Identity = Omit<PlannedResource, "values" | "unknown" | "sensitive" | "isFound">;

const identityKeys = ["address", "mode", "type", "name", "index"] as const;

type IdentityParts = Readonly<Partial<Record<(typeof identityKeys)[number], JsonOutline>>>;

function readResource(
  file: SourceFile,
  parts: IdentityParts,
  module: string,
): Identity | undefined {
  return parts.mode?.string() === "data" ? undefined : readIdentity(file, parts, module);
}

function readIdentity(
  { path }: SourceFile,
  { address: addressed, type, name, index }: IdentityParts,
  module: string,
): Identity | undefined {
  const address = addressed?.string();
  const typeName = type?.string();
  if (addressed === undefined || address === undefined || typeName === undefined) return undefined;
  const key = index?.scalar();
  return {
    address,
    module,
    type: typeName,
    name: name?.string() ?? "",
    key: typeof key === "string" || typeof key === "number" ? key : undefined,
    location: { path, range: addressed.range },
  };
}

/** What was read while planning, above all the launch templates; those of one id are one. */
function readDataSources(
  file: SourceFile,
  root: JsonOutline,
  managed: ReadonlyMap<string, PlannedResource>,
): Pick<PlanDocument, "dataSources" | "foundTemplates"> {
  const dataSources = new Set<string>();
  const templates = new Map<string | undefined, PlannedResource>();
  const ids = new Set([...managed.values()].filter(isLaunchTemplate).map(idOf));
  const prior = root.member("prior_state")?.member("values")?.member("root_module");
  for (const [item, module] of prior === undefined ? [] : resourcesWithin(prior)) {
    const address = item.member("address")?.string();
    if (item.member("mode")?.string() !== "data" || address === undefined) continue;
    dataSources.add(address);
    if (item.member("type")?.string() !== launchTemplateType) continue;
    const parts = item.pick(...identityKeys, "values", "sensitive_values");
    const identity = readIdentity(file, parts, module);
    if (identity === undefined) continue;
    const { values, sensitive_values: sensitive } = parts;
    const template = { ...identity, values, sensitive, unknown: undefined, isFound: true } as const;
    const id = idOf(template);
    if (!ids.has(id) && !templates.has(id)) templates.set(id, template);
  }
  return { dataSources, foundTemplates: [...templates.values()] };
}

function isLaunchTemplate({ type }: PlannedResource): boolean {
  return type === launchTemplateType;
}

function idOf({ values }: PlannedResource): string | undefined {
  return values?.member("id")?.string();
}

function readVariables(root: JsonOutline): ReadonlyMap<string, JsonOutline> {
  const variables = new Map<string, JsonOutline>();
  for (const [name, { value }] of root.member("variables")?.members() ?? []) {
    const given = value.member("value");
    if (given !== undefined) variables.set(name, given);
  }
  return variables;
}

function readAwsConstraints(
  file: SourceFile,
  configuration: JsonOutline | undefined,
): readonly ProviderConstraint[] {
  const constraints: ProviderConstraint[] = [];
  for (const { value } of configuration?.member("provider_config")?.members().values() ?? []) {
    const isAws = value.member("full_name")?.string()?.endsWith("/hashicorp/aws") ?? false;
    const constraint = value.member("version_constraint");
    const text = constraint?.string();
    if (!isAws || constraint === undefined || text === undefined) continue;
    constraints.push({ text, location: { path: file.path, range: constraint.range } });
  }
  return constraints;
}
