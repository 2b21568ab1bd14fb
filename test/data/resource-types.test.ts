import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { resourceTypeTexts } from "../../src/data/resource-types.generated.js";
import {
  type ObjectType,
  propertiesOfType,
  type PropertyType,
} from "../../src/data/resource-types.js";

/** A type and everything below it, each definition once. */
function objectsWithin(type: PropertyType, found = new Set<ObjectType>()): ReadonlySet<ObjectType> {
  if (type.kind === "list") return objectsWithin(type.items, found);
  if (type.kind === "map") return objectsWithin(type.values, found);
  if (type.kind !== "object" || found.has(type)) return found;
  found.add(type);
  for (const property of type.properties.values()) objectsWithin(property.type, found);
  return found;
}

function typeAt(resourceType: string, ...path: readonly string[]): PropertyType | undefined {
  return path.reduce<PropertyType | undefined>((type, name) => {
    if (type?.kind === "list") return type.items;
    return type?.kind === "object" ? type.properties.get(name)?.type : undefined;
  }, propertiesOfType(resourceType));
}

test.each(Object.entries(resourceTypeTexts))("%s is read whole", (name, text) => {
  const type = propertiesOfType(name);
  const objects = type === undefined ? [] : [...objectsWithin(type)];
  const properties = objects.flatMap((object) => [...object.properties.keys()]);
  expect(properties.length).toBe(text.trim().split("\n").length);
  // A definition that nobody defines would make every name within it unknown.
  expect(objects.filter((object) => object.properties.size === 0)).toEqual([]);
  expect(properties.filter((property) => !/^\w+$/.test(property))).toEqual([]);
});

test("types are told by notation", () => {
  const fleet = "AWS::EC2::EC2Fleet";
  expect(typeAt(fleet, "Type")).toEqual({
    kind: "string",
    words: ["maintain", "request", "instant"],
  });
  const capacity = ["TargetCapacitySpecification", "TotalTargetCapacity"];
  expect(typeAt(fleet, ...capacity)).toEqual({ kind: "integer" });
  expect(typeAt("AWS::EKS::Nodegroup", "Labels")).toEqual({
    kind: "map",
    values: { kind: "string" },
  });
  expect(typeAt(fleet, "ReplaceUnhealthyInstances")).toEqual({ kind: "boolean" });
  // Another rule's business.
  const overrides = ["LaunchTemplateConfigs", "0", "Overrides", "0"];
  expect(typeAt(fleet, ...overrides, "MetadataOptions")).toEqual({ kind: "any" });
  expect(typeAt("AWS::EC2::Instance", "MetadataOptions")).toEqual({ kind: "any" });
});

test("a definition may contain itself", () => {
  const configuration = typeAt("AWS::EMR::Cluster", "Configurations", "0");
  expect(configuration?.kind).toBe("object");
  expect(typeAt("AWS::EMR::Cluster", "Configurations", "0", "Configurations", "0")).toBe(
    configuration,
  );
});

test("what is required is marked", () => {
  const { properties } = propertiesOfType("AWS::AutoScaling::AutoScalingGroup") ?? {};
  expect(properties?.get("MinSize")?.isRequired).toBe(true);
  expect(properties?.get("DesiredCapacity")?.isRequired).toBe(false);
});

test("other types are not known", () => {
  expect(propertiesOfType("AWS::S3::Bucket")).toBeUndefined();
  expect(propertiesOfType("constructor")).toBeUndefined();
});

test("the table comes from the version that scripts/update-data installs", () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const { dependencies } = JSON.parse(read("scripts/update-data/package.json")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const header = read("src/data/resource-types.generated.ts").slice(0, 200);
  expect(header).toContain(
    `@aws-cdk/aws-service-spec ${dependencies["@aws-cdk/aws-service-spec"]} `,
  );
});
