import type { AccountDefaults } from "../../model/account-defaults.js";
import { optionDefinitions, optionsOf } from "../../model/metadata-options.js";
import type { Ternary } from "../../values/ternary.js";
import { undecided, unset } from "../../values/value.js";
import type { SourceOf } from "../composed-text.js";
import { documentIn } from "../json-document.js";
import type { Resource } from "../resource.js";
import { accountDefaultsType } from "./account-defaults.js";
import { launchResourceOf } from "./launch-resource.js";
import {
  isDeclarativePolicy,
  organizationsContent,
  organizationsTypes,
  policyFileTypes,
} from "./policy-kinds.js";
import { readMetadataOptions } from "./read-metadata-options.js";
import { asText, type Property, readChild } from "./read-property.js";

/** What the documents say in place of `no-preference`, with an underscore. */
const NO_PREFERENCE = new Set(["no_preference", "-1"]);

/** How a declarative policy sets a value for whoever inherits it. */
const ASSIGN = "@@assign";

/**
 * What the declarative policies of a deployment set for instances that say nothing. They count for none of
 * its instances, since they may be attached to other accounts.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
 */
export function declarativePolicies(
  resources: readonly Resource[],
  sourceOf: SourceOf,
): readonly AccountDefaults[] {
  return resources
    .filter(({ type }) => organizationsTypes.includes(type) || type === policyFileTypes.declarative)
    .map((resource) => readPolicy(resource, sourceOf));
}

function readPolicy(resource: Resource, sourceOf: SourceOf): AccountDefaults {
  const section = (): Property => {
    const place = resource.location;
    const [content = unset({ location: place, step: "written" })] = organizationsContent(resource);
    const document = { value: documentIn(content, sourceOf), place };
    const attributes = readChild(document, "ec2_attributes", place);
    return readChild(attributes, "instance_metadata_defaults", place);
  };
  const read = () => readAssigned(section());
  return {
    kind: "declarative-policy",
    resource: launchResourceOf(resource),
    exists: () => existence(resource, section),
    options: optionsOf(read),
    tokensEnforced: () => {
      const text = asText(assigned(section(), "http_tokens_enforced").value);
      if (text.state === "unset") return text;
      if (text.state === "unknown") return undecided(text.reason, text.origin);
      const { value, origin } = text;
      if (value === "enabled" || value === "disabled") return { state: "known", value, origin };
      return undecided({ kind: "invalid" }, origin);
    },
    tokensName: "http_tokens",
  };
}

/** A policy of another type, or one that has nothing on instance metadata, sets no defaults. */
function existence(resource: Resource, section: () => Property): Ternary {
  if (!isDeclarativePolicy(resource)) return "no";
  return section().value.state === "map" ? resource.exists() : "no";
}

function readAssigned(section: Property) {
  const entries = Object.values(optionDefinitions).flatMap(({ terraform: name }) => {
    const { value, place } = assigned(section, name);
    const text = asText(value);
    const isNone = text.state === "known" && NO_PREFERENCE.has(text.value);
    return isNone || value.state === "unset" ? [] : [[name, { key: place, value }] as const];
  });
  const { location } = section.value.origin;
  const { place } = section;
  const origin = { location, step: "written" } as const;
  const value = { state: "map", entries: new Map(entries), origin } as const;
  return readMetadataOptions({ value, place }, accountDefaultsType).options;
}

/** The value that a setting is given; one without an operator is not valid. */
function assigned(section: Property, name: string): Property {
  return readChild(readChild(section, name, section.place), ASSIGN, section.place);
}
