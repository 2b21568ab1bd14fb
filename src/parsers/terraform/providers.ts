import type { Evaluated } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { mapValue, undecided, unset, type Value } from "../../values/value.js";
import type { Expression } from "../hcl/syntax-tree.js";
import type { DeployedTo } from "../resource.js";
import type { Argument, Declaration } from "./module.js";
import { plainText } from "./read-declarations.js";
import type { Scope } from "./scope.js";

/** A provider configuration: a name for it in the whole deployment, and the Region it deploys to. */
export interface ProviderConfiguration {
  readonly name: string;
  readonly region: () => Evaluated;
}

/** Gives the provider configuration that a module knows by a name: `aws`, `aws.west`. */
export type FindProvider = (localName: string) => ProviderConfiguration;

/**
 * The `provider` blocks of a module by their names.
 * https://developer.hashicorp.com/terraform/language/providers/configuration
 */
export function readProviders(
  declarations: readonly Declaration[],
): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const declaration of declarations) {
    const [name] = declaration.labels;
    if (declaration.type !== "provider" || name === undefined) continue;
    const alias = declaration.arguments.get("alias");
    const text = alias === undefined ? undefined : plainText(alias.value);
    const key = text === undefined ? name : `${name}.${text}`;
    if (!found.has(key)) found.set(key, declaration);
  }
  return found;
}

/** A configuration that a module writes itself; `path` is the module instance's, empty for the root. */
export function ownProvider(
  localName: string,
  declaration: Declaration,
  scope: Scope,
  path: string,
): ProviderConfiguration {
  const region = declaration.arguments.get("region");
  return {
    name: path === "" ? localName : `${path}.${localName}`,
    region: () =>
      region === undefined
        ? unset({ location: declaration.header, step: "written", name: "region" })
        : scope.at({ file: region.file, step: "written", name: "region" }).valueOf(region.value),
  };
}

/** A configuration that is written nowhere: the environment decides all of it. */
export function unwrittenProvider(name: string, place: Origin): ProviderConfiguration {
  return { name, region: () => unset(place) };
}

/**
 * The configurations that a module call hands on. Without `providers` those without an alias are
 * inherited under their names; with it, only what is listed.
 * https://developer.hashicorp.com/terraform/language/modules/develop/providers
 */
export function passedProviders(
  argument: Argument | undefined,
  caller: FindProvider,
  path: string,
  place: Origin,
): FindProvider {
  const passed = new Map<string, string>();
  if (argument?.value.kind === "object") {
    for (const { key, value } of argument.value.items) {
      const [name, given] = [providerName(key), providerName(value)];
      if (name !== undefined && given !== undefined) passed.set(name, given);
    }
  }
  return (localName) => {
    const given = passed.get(localName);
    if (given !== undefined) return caller(given);
    const isInherited = argument === undefined && !localName.includes(".");
    return isInherited ? caller(localName) : unwrittenProvider(`${path}.${localName}`, place);
  };
}

/** `aws` or `aws.west`, which Terraform 0.11 wrote as a string. */
function providerName(expression: Expression): string | undefined {
  if (expression.kind === "variable") return expression.name;
  if (expression.kind === "attribute" && expression.target.kind === "variable") {
    return `${expression.target.name}.${expression.name.name}`;
  }
  return plainText(expression);
}

/**
 * Where a resource is deployed: its own `region`, which provider version 6 brought, else its
 * provider's. What is not one plain name is a provider of its own.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
export function deployedTo(
  { labels: [type = ""], arguments: own }: Declaration,
  region: Evaluated | undefined,
  find: FindProvider,
): DeployedTo {
  const argument = own.get("provider");
  const written = argument === undefined ? undefined : providerName(argument.value);
  const isOpen = argument !== undefined && written === undefined;
  const [prefix = ""] = type.split("_");
  const { name, region: byProvider } =
    written === undefined && prefix === "awscc" ? sideBySide(find) : find(written ?? prefix);
  const isOwn = region !== undefined && region.state !== "unset";
  if (!isOpen) return { provider: name, region: asRegion(isOwn ? region : byProvider()) };
  const { file, value } = argument;
  const origin = { location: file.location(value.range), step: "written" } as const;
  const open = undecided({ kind: "not-supported", what: "a choice of providers" }, origin);
  return { provider: `${name} or another`, region: isOwn ? asRegion(region) : open };
}

/** The two providers for AWS find the same account where nobody says otherwise; a Region each can have. */
function sideBySide(find: FindProvider): ProviderConfiguration {
  const [aws, awscc] = [find("aws"), find("awscc")];
  const region = () => {
    const own = awscc.region();
    return own.state === "unset" ? aws.region() : own;
  };
  return { name: aws.name, region };
}

function asRegion(value: Evaluated): Value<string> {
  if (value.state !== "list" && value.state !== "map") return mapValue(value, String);
  return undecided({ kind: "invalid" }, value.origin);
}
