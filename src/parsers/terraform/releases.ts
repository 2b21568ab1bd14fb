import type { Location } from "../../source/text-range.js";
import { and, type Ternary } from "../../values/ternary.js";
import { metadataOptionNames, optionDefinitions } from "../../model/metadata-options.js";
import {
  entryValue,
  type Evaluated,
  type EvaluatedEntry,
  unknown,
} from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Resource } from "../resource.js";
import { lazyEntry } from "../../values/lazy-entry.js";

/** What one of several releases of a module makes, of which one will be installed. */
export interface Release {
  /** `5.0.0 to 5.7.1`. */
  readonly versions: string;
  readonly resources: readonly Resource[];
}

/**
 * What a module makes when it is not said which of several releases it is: what all have in common
 * is certain, anything else unknown. `module` is how a message names it.
 */
export function joinReleases(releases: readonly Release[], module: string): readonly Resource[] {
  const [only] = releases;
  if (only !== undefined && releases.length === 1) return only.resources;
  const addresses = new Set(
    releases.flatMap(({ resources }) => resources.map(({ address }) => address)),
  );
  return [...addresses].map((address) => {
    const variants = releases.map(({ versions, resources }) => ({
      versions,
      resource: resources.find((resource) => resource.address === address),
    }));
    return joinVariants(variants, module);
  });
}

interface Variant {
  readonly versions: string;
  /** Undefined where the release makes no such resource. */
  readonly resource: Resource | undefined;
}

function joinVariants(variants: readonly Variant[], module: string): Resource {
  const [first] = variants.flatMap(({ resource }) => resource ?? []);
  if (first === undefined) throw new Error("an address that no release has");
  return {
    ...first,
    exists: () => existsIn(variants),
    properties: () => joinProperties(variants, module),
  };
}

function existsIn(variants: readonly Variant[]): Ternary {
  const answers = variants.map(({ resource }) => resource?.exists() ?? "no");
  if (answers.every((answer) => answer === "no")) return "no";
  return answers.includes("no") ? "unknown" : and(...answers);
}

/** Whether a release makes the resource may differ from scenario to scenario. */
function joinProperties(variants: readonly Variant[], module: string): Evaluated {
  const isMade = variants.map(
    ({ resource }) => resource !== undefined && resource.exists() !== "no",
  );
  const values = variants.flatMap(({ versions, resource }, index) =>
    resource === undefined || isMade[index] === false
      ? []
      : [{ versions, value: resource.properties() }],
  );
  const [first] = values;
  const [anyResource] = variants.flatMap(({ resource }) => resource ?? []);
  if (first === undefined) return anyResource?.properties() ?? nowhere;
  if (values.length === variants.length) return joinValues(values, module);
  const all = variants.map(({ versions }) => ({
    versions,
    value: values.find((value) => value.versions === versions)?.value,
  }));
  return openOptions(all, module, first.value.origin);
}

/** Of a resource that some releases do not make nothing is certain, least of all its options. */
function openOptions(
  values: readonly { readonly versions: string; readonly value: Evaluated | undefined }[],
  module: string,
  origin: Origin,
): Evaluated {
  const { location } = origin;
  const options = metadataOptionNames.map((option) => {
    const name = optionDefinitions[option].terraform;
    const texts = values.map(({ versions, value }) => ({
      versions,
      text: value === undefined ? "not made" : textOf(optionOf(value, name), name),
    }));
    return [name, { key: location, value: differing(texts, module, location) }] as const;
  });
  const block: Evaluated = { state: "map", entries: new Map(options), origin };
  const blocks: Evaluated = { state: "list", collection: "list", items: [block], origin };
  const entries = new Map([["metadata_options", { key: location, value: blocks }]]);
  return { state: "map", entries, origin };
}

function optionOf(properties: Evaluated, name: string): Evaluated {
  const blocks =
    properties.state === "map" ? entryValue(properties, "metadata_options") : undefined;
  const [block] = blocks?.state === "list" ? blocks.items : [];
  if (blocks?.state === "unknown") return blocks;
  const option = block?.state === "map" ? entryValue(block, name) : block;
  return option ?? nothing(properties.origin.location);
}

interface VariantValue {
  readonly versions: string;
  readonly value: Evaluated;
}

function joinValues(values: readonly VariantValue[], module: string, name?: string): Evaluated {
  const [first] = values;
  if (first === undefined) return nowhere;
  const states = new Set(values.map(({ value }) => value.state));
  const [state] = states;
  if (states.size === 1 && state === "map") return joinMaps(values, first.value, module);
  if ([...states].every((one) => one === "list" || one === "unset") && states.has("list")) {
    const blocks = joinBlocks(values, module);
    if (blocks !== undefined) return blocks;
  }
  const texts = values.map(({ versions, value }) => ({ versions, text: textOf(value, name) }));
  const isOne = texts.every(({ text }) => text === texts[0]?.text);
  if (isOne && state !== "list" && state !== "map") return first.value;
  return differing(texts, module, first.value.origin.location);
}

/** Entries stay apart, so that releases may differ in one and not in another. */
function joinMaps(values: readonly VariantValue[], first: Evaluated, module: string): Evaluated {
  const entries = new Map<string, EvaluatedEntry>();
  for (const { value } of values) {
    if (value.state !== "map") continue;
    for (const [name, { key }] of value.entries) {
      if (entries.has(name)) continue;
      const read = () => {
        const own = values.map(({ versions, value: map }) => ({
          versions,
          value: (map.state === "map" ? map.entries.get(name)?.value : undefined) ?? nothing(key),
        }));
        return (
          (name === "http_tokens" ? optionalTokens(own) : undefined) ?? joinValues(own, module)
        );
      };
      entries.set(name, lazyEntry(key, read));
    }
  }
  return { state: "map", entries, origin: first.origin };
}

/** Tokens that one release leaves unset and another makes optional are optional in both. */
function optionalTokens(values: readonly VariantValue[]): Evaluated | undefined {
  const isOptional = values.every(
    ({ value }) =>
      value.state === "unset" || (value.state === "known" && value.value === "optional"),
  );
  return isOptional ? values.find(({ value }) => value.state === "known")?.value : undefined;
}

/** Blocks of one type, of which a release may have none: that is as good as one that says nothing. */
function joinBlocks(values: readonly VariantValue[], module: string): Evaluated | undefined {
  const lists = values.flatMap(({ value }) => (value.state === "list" ? [value] : []));
  const [list] = lists;
  const isBlock = lists.every(
    ({ items }) => items.length <= 1 && items.every(({ state }) => state === "map"),
  );
  if (list === undefined || !isBlock) return undefined;
  const empty: Evaluated = { state: "map", entries: new Map(), origin: list.origin };
  const blocks = values.map(({ versions, value }) => ({
    versions,
    value: (value.state === "list" ? value.items[0] : undefined) ?? empty,
  }));
  return { ...list, items: [joinValues(blocks, module)] };
}

function nothing(location: Location): Evaluated {
  return { state: "unset", origin: { location, step: "written" } };
}

/** What evaluating never comes to, as every address is some release's. */
const nowhere = unknown(
  { kind: "invalid" },
  { location: { path: "", range: { start: 0, end: 0 } }, step: "module-default" },
);

/** An unknown that tells which releases come to what. Neighbours that agree are named together. */
function differing(
  texts: readonly { readonly versions: string; readonly text: string }[],
  module: string,
  location: Location,
): Evaluated {
  const runs: { readonly text: string; readonly first: string; last: string }[] = [];
  for (const { versions, text } of texts) {
    const [first = "", last = first] = versions.split(" to ");
    const before = runs.at(-1);
    if (before?.text === text) before.last = last;
    else runs.push({ text, first, last });
  }
  const clauses = runs.map(({ text, first, last }) =>
    first === last ? `${first} (${text})` : `${first} to ${last} (${text})`,
  );
  const what = `${module} can be version ${clauses.join(" or ")}`;
  const name = "the call admits versions of the module that differ";
  return unknown({ kind: "open-version", what }, { location, step: "module-default", name });
}

/** How a message names a value. */
function textOf(value: Evaluated, name?: string): string {
  switch (value.state) {
    case "known":
      return String(value.value);
    case "unset":
      return name === "http_tokens" ? "optional" : "unset";
    case "unknown":
      return value.state;
    case "list":
    case "map":
      return "set";
  }
}
