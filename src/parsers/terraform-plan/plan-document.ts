import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import type { JsonOutline } from "../json/json-outline.js";
import type { ProviderConstraint } from "../terraform/module.js";
import { ModuleConfiguration } from "./configuration.js";

/** A managed resource that is there once the plan is applied. */
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
}

/** What a plan says, as far as it matters here. */
export interface PlanDocument {
  readonly file: SourceFile;
  /** By address, in the plan's order. */
  readonly resources: ReadonlyMap<string, PlannedResource>;
  /** Data sources that were read while planning, by address: all they say is known. */
  readonly dataSources: ReadonlySet<string>;
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
    dataSources: readDataSources(root),
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
  const pending: JsonOutline[] = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const module = next.member("address")?.string() ?? "";
    for (const resource of next.member("resources")?.items() ?? []) {
      const parts = resource.pick(...identityKeys, "values", "sensitive_values");
      const read = readResource(file, parts, module);
      if (read === undefined) continue;
      const { values, sensitive_values: sensitive } = parts;
      found.push({ ...read, values, sensitive, unknown: undefined });
    }
    pending.push(...[...(next.member("child_modules")?.items() ?? [])].reverse());
  }
  return found;
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

type Identity = Omit<PlannedResource, "values" | "unknown" | "sensitive">;

const identityKeys = ["address", "mode", "type", "name", "index"] as const;

type IdentityParts = Readonly<Partial<Record<(typeof identityKeys)[number], JsonOutline>>>;

function readResource(
  { path }: SourceFile,
  { address: addressed, mode, type, name, index }: IdentityParts,
  module: string,
): Identity | undefined {
  const address = addressed?.string();
  const typeName = type?.string();
  if (addressed === undefined || address === undefined || typeName === undefined) return undefined;
  if (mode?.string() === "data") return undefined;
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

function readDataSources(root: JsonOutline): ReadonlySet<string> {
  const found = new Set<string>();
  const prior = root.member("prior_state")?.member("values")?.member("root_module");
  const pending = prior === undefined ? [] : [prior];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const item of next.member("resources")?.items() ?? []) {
      const address = item.member("address")?.string();
      const isData = item.member("mode")?.string() === "data";
      if (isData && address !== undefined) found.add(address);
    }
    pending.push(...(next.member("child_modules")?.items() ?? []));
  }
  return found;
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
