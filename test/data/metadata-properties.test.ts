import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { coverageExceptions } from "../../scripts/coverage-exceptions.js";
import { optionDefinitions } from "../../src/model/metadata-options.js";
import { propertiesOfType } from "../../src/data/resource-types.js";
import { launchResourceTypes } from "../../src/parsers/resources/normalize-deployment.js";

const path = "../../fixtures/metadata-properties/specification.json";
const specification = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as {
  readonly properties: readonly string[];
};

/** The names that the readers of resources know: of options, of what holds them, of switches for IMDSv1. */
const readNames: ReadonlySet<string> = new Set([
  ...Object.values(optionDefinitions).map(({ cloudformation }) => cloudformation),
  "MetadataOptions",
  "InstanceMetadataOptions",
  "InstanceMetadataServiceConfiguration",
  "MinimumInstanceMetadataServiceVersion",
  "DisableIMDSV1",
]);

function isRead(property: string): boolean {
  const [type = "", name = ""] = property.split(" ");
  const isKnown = launchResourceTypes.has(type) && propertiesOfType(type) !== undefined;
  return isKnown && readNames.has(name.slice(name.lastIndexOf(".") + 1));
}

test("every property of AWS's specification that is named after the metadata service is read or left out for a reason", () => {
  const unread = specification.properties.filter((property) => !isRead(property));
  expect(unread).toEqual(Object.keys(coverageExceptions).sort());
  expect(specification.properties.length).toBeGreaterThan(30);
});

test("a type or a name that is new is noticed", () => {
  expect(isRead("AWS::EC2::Instance MetadataOptions.HttpTokens")).toBe(true);
  expect(isRead("AWS::EC2::Instance MetadataOptions.HttpTokensEnforced")).toBe(false);
  expect(isRead("AWS::EKS::AccessEntry MetadataOptions.HttpTokens")).toBe(false);
});
