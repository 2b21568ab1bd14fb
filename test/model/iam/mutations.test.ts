import { describe, expect, test } from "vitest";
import { policyStatements } from "../../../src/parsers/resources/policy-statements.js";
import { documentIn } from "../../../src/parsers/json-document.js";
import { policyFaults } from "../../../src/model/iam/judge-policy.js";
import { known } from "../../../src/values/value.js";

/** One statement as AWS's guide has it. */
interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[] | undefined;
  readonly NotAction?: string | readonly string[] | undefined;
  readonly Resource?: string | readonly string[] | undefined;
  readonly NotResource?: string | readonly string[] | undefined;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const origin = {
  location: { path: "/policy.json", range: { start: 0, end: 0 } },
  step: "written",
} as const;

/** What is wrong with a document of these statements, as `kind: cause`. */
function faultsOf(...statements: readonly Statement[]): readonly string[] {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return policyFaults(policyStatements(documentIn(known(text, origin)))).map((fault) =>
    fault.kind === "lets-through" || fault.kind === "refuses"
      ? `${fault.kind} ${fault.request}: ${fault.cause}`
      : fault.kind,
  );
}

const INSTANCES = "arn:aws:ec2:*:*:instance/*";

/**
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata
 */
const requireAtLaunch: Statement = {
  Effect: "Deny",
  Action: "ec2:RunInstances",
  Resource: INSTANCES,
  Condition: { StringNotEquals: { "ec2:MetadataHttpTokens": "required" } },
};
const noOptOut: Statement = {
  Effect: "Deny",
  Action: "ec2:ModifyInstanceMetadataOptions",
  Resource: INSTANCES,
  Condition: {
    StringNotEquals: { "ec2:Attribute/HttpTokens": "required" },
    Null: { "ec2:Attribute/HttpTokens": false },
  },
};
const noOptOutByAttribute: Statement = {
  ...noOptOut,
  Condition: {
    StringEquals: { "ec2:Attribute": "HttpTokens" },
    StringNotEquals: { "ec2:Attribute/HttpTokens": "required" },
  },
};
const hopLimit: Statement = {
  Effect: "Deny",
  Action: "ec2:RunInstances",
  Resource: INSTANCES,
  Condition: { NumericGreaterThan: { "ec2:MetadataHttpPutResponseHopLimit": "3" } },
};
const whoMayModify: Statement = {
  Effect: "Deny",
  Action: "ec2:ModifyInstanceMetadataOptions",
  Resource: "*",
  Condition: {
    StringNotLike: { "aws:PrincipalARN": "arn:aws:iam::*:role/ec2-imds-admins" },
  },
};
const version2Only: Statement = {
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { NumericLessThan: { "ec2:RoleDelivery": "2.0" } },
};

const condition = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});

test.each([
  ["tokens required at launch", requireAtLaunch],
  ["no opt-out", noOptOut],
  ["no opt-out, by attribute", noOptOutByAttribute],
  ["hop limit", hopLimit],
  ["who may modify", whoMayModify],
  ["credentials of version 2 only", version2Only],
])("AWS's example is silent: %s", (_, statement) => {
  expect(faultsOf(statement)).toEqual([]);
});

test("all of AWS's examples together are silent", () => {
  expect(faultsOf(requireAtLaunch, noOptOut, hopLimit, whoMayModify, version2Only)).toEqual([]);
});

const tokens = "ec2:MetadataHttpTokens";
const hops = "ec2:MetadataHttpPutResponseHopLimit";
const newTokens = "ec2:Attribute/HttpTokens";
const delivery = "ec2:RoleDelivery";

describe("a change in one place of the launch statement is reported", () => {
  test.each<[string, Partial<Statement>, RegExp]>([
    ["operator", condition("StringEquals", tokens, "required"), /^lets-through .* optional: /],
    [
      "operator for numbers",
      condition("NumericNotEquals", tokens, "required"),
      /^refuses every launch/,
    ],
    [
      "operator ignored by absent keys",
      condition("StringEquals", tokens, "optional"),
      /leaves HttpTokens out/,
    ],
    [
      "positive with IfExists",
      condition("StringEqualsIfExists", tokens, "required"),
      /^lets-through/,
    ],
    [
      "operator that does not exist",
      condition("StringIsNot", tokens, "required"),
      /^unknown-operator$/,
    ],
    [
      "any of no values",
      condition("ForAnyValue:StringNotEquals", tokens, "required"),
      /leaves HttpTokens out/,
    ],
    ["Null alone", condition("Null", tokens, "true"), /^lets-through .*HttpTokens optional/],
    [
      "value",
      condition("StringNotEquals", tokens, "optional"),
      /^lets-through .*HttpTokens optional/,
    ],
    [
      "case of the value",
      condition("StringNotEquals", tokens, "Required"),
      /^refuses every launch/,
    ],
    ["wildcard where none counts", condition("StringNotEquals", tokens, "req*"), /^refuses/],
    ["wildcard that is all", condition("StringNotLike", tokens, "*"), /^lets-through/],
    ["second value", condition("StringNotEquals", tokens, ["required", "optional"]), /optional/],
    ["no value", condition("StringNotEquals", tokens, []), /^refuses/],
    ["resource", { Resource: "*" }, /^refuses every launch.*the image of a launch never has/],
    [
      "launch templates",
      { Resource: "arn:aws:ec2:*:*:launch-template/*" },
      /Resource does not cover/,
    ],
    [
      "volumes",
      { Resource: "arn:aws:ec2:*:*:volume/*" },
      /^refuses every launch with a volume, even one with HttpTokens required.*the volume of a launch never has/,
    ],
    [
      "volumes too",
      { Resource: [INSTANCES, "arn:aws:ec2:*:*:volume/*"] },
      /^refuses every launch with a volume/,
    ],
    ["no Region, no account", { Resource: "arn:aws:ec2:::instance/*" }, /Resource does not cover/],
    ["no account", { Resource: "arn:aws:ec2:us-east-1::instance/*" }, /Resource does not cover/],
    ["another service", { Resource: "arn:aws:autoscaling:*:*:instance/*" }, /^lets-through/],
    ["the opposite of the resource", { Resource: undefined, NotResource: INSTANCES }, /^refuses/],
    ["action", { Action: "ec2:CreateLaunchTemplate" }, /^other-actions$/],
    ["action that does not exist", { Action: "ec2:RunInstance" }, /^other-actions$/],
    ["key", condition("StringNotEquals", "ec2:MetadataHttpEndpoint", "required"), /^refuses/],
    [
      "misspelt key",
      condition("StringNotEquals", "ec2:MetadataHttpToken", "required"),
      /^unknown-key$/,
    ],
    [
      "key without its first word",
      condition("StringNotEquals", "ec2:HttpTokens", "required"),
      /^unknown-key$/,
    ],
    ["effect", { Effect: "Allow" }, /^lets-through/],
    [
      "a second condition that must hold too",
      {
        Condition: {
          StringNotEquals: { [tokens]: "required" },
          NumericGreaterThan: { [hops]: "1" },
        },
      },
      /^lets-through/,
    ],
    [
      "endpoint enabled, which leaving it out is too",
      {
        Condition: {
          StringNotEquals: { [tokens]: "required" },
          StringEquals: { "ec2:MetadataHttpEndpoint": "enabled" },
        },
      },
      /^lets-through .*leaves HttpEndpoint out/,
    ],
  ])("%s", (_, change, expected) => {
    expect(faultsOf({ ...requireAtLaunch, ...change }).join("\n")).toMatch(expected);
  });
});

describe("a change that leaves the launch statement good is silent", () => {
  test.each<[string, Partial<Statement>]>([
    // An absent key meets a negated operator with and without IfExists.
    ["IfExists", condition("StringNotEqualsIfExists", tokens, "required")],
    ["names in other case", condition("stringnotequals", "EC2:metadatahttptokens", "required")],
    ["action in other case", { Action: "EC2:runinstances" }],
    ["action by pattern", { Action: "ec2:Run*" }],
    ["actions", { Action: ["ec2:RunInstances", "ec2:StartInstances"] }],
    ["StringNotLike", condition("StringNotLike", tokens, "required")],
    ["ignoring case", condition("StringNotEqualsIgnoreCase", tokens, "Required")],
    ["all of no values", condition("ForAllValues:StringNotEquals", tokens, "required")],
    ["both values that are bad", condition("StringEqualsIfExists", tokens, "optional")],
    ["one Region", { Resource: "arn:aws:ec2:eu-west-1:*:instance/*" }],
    ["one account", { Resource: "arn:aws:ec2:*:123456789012:instance/*" }],
    ["another partition", { Resource: "arn:aws-us-gov:ec2:*:*:instance/*" }],
    ["instances among others", { Resource: [INSTANCES, "arn:aws:s3:::bucket"] }],
    [
      "only for some",
      {
        Condition: {
          StringNotEquals: { [tokens]: "required" },
          ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/legacy" },
        },
      },
    ],
    // On another action it is about instances as they are.
    ["instances that start", { Action: "ec2:StartInstances" }],
    ["all actions but the one", { Action: undefined, NotAction: "ec2:Run*" }],
    // All resources, of those that have an instance type: the instance alone.
    [
      "all resources, narrowed by a key that only the instance has",
      {
        Resource: "*",
        Condition: {
          StringNotEquals: { [tokens]: "required" },
          StringLike: { "ec2:InstanceType": "*" },
        },
      },
    ],
  ])("%s", (_, change) => {
    expect(faultsOf({ ...requireAtLaunch, ...change })).toEqual([]);
  });

  test("two statements, one for each of the two bad launches", () => {
    expect(
      faultsOf(
        { ...requireAtLaunch, ...condition("StringEquals", tokens, "optional") },
        { ...requireAtLaunch, ...condition("Null", tokens, "true") },
      ),
    ).toEqual([]);
  });
});

describe("statements that allow", () => {
  const allow: Statement = {
    Effect: "Allow",
    Action: "ec2:RunInstances",
    Resource: INSTANCES,
    Condition: { StringEquals: { [tokens]: "required" } },
  };
  const others: Statement = {
    Effect: "Allow",
    Action: "ec2:RunInstances",
    Resource: ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*::image/*"],
  };

  test("a launch with tokens required alone is silent", () => {
    expect(faultsOf(allow)).toEqual([]);
    expect(faultsOf(allow, others)).toEqual([]);
  });

  test.each<[string, readonly Statement[], RegExp]>([
    [
      "IfExists",
      [{ ...allow, ...condition("StringEqualsIfExists", tokens, "required") }],
      /leaves HttpTokens out/,
    ],
    [
      "negated",
      [{ ...allow, ...condition("StringNotEquals", tokens, "optional") }],
      /leaves HttpTokens out/,
    ],
    [
      "wrong value",
      [{ ...allow, ...condition("StringEquals", tokens, "v2") }],
      /^refuses every launch/,
    ],
    [
      "another that allows all",
      [allow, { Effect: "Allow", Action: "ec2:*", Resource: "*" }],
      /^lets-through/,
    ],
    ["all resources", [{ ...allow, Resource: "*" }], /^refuses every launch.*the image/],
  ])("%s is reported", (_, statements, expected) => {
    expect(faultsOf(...statements).join("\n")).toMatch(expected);
  });

  test("another that allows all to some only is silent", () => {
    const admins = { StringEquals: { "aws:PrincipalTag/team": "admin" } };
    const all = { Effect: "Allow", Action: "ec2:*", Resource: "*", Condition: admins };
    expect(faultsOf(allow, all)).toEqual([]);
  });

  test("a Deny counts more than an Allow of all", () => {
    expect(faultsOf(requireAtLaunch, { Effect: "Allow", Action: "*", Resource: "*" })).toEqual([]);
  });
});

describe("the statement on changes", () => {
  test.each<[string, Partial<Statement>, RegExp]>([
    ["operator", condition("StringEquals", newTokens, "required"), /^lets-through/],
    ["value", condition("StringNotEquals", newTokens, "optional"), /^lets-through/],
    ["action", { Action: "ec2:ModifyInstanceAttribute" }, /^other-actions$/],
    ["launches", { Action: "ec2:RunInstances" }, /^other-actions$/],
    ["resource", { Resource: "arn:aws:ec2:*:*:volume/*" }, /^lets-through/],
    ["effect", { Effect: "Allow" }, /^lets-through/],
    ["key", condition("StringNotEquals", "ec2:Attribute/HttpToken", "required"), /^unknown-key$/],
    [
      "guard the other way round",
      {
        Condition: {
          StringNotEquals: { [newTokens]: "required" },
          Null: { [newTokens]: true },
        },
      },
      /^lets-through/,
    ],
    [
      "another attribute",
      {
        Condition: {
          StringEquals: { "ec2:Attribute": "HttpEndpoint" },
          StringNotEquals: { [newTokens]: "required" },
        },
      },
      /^lets-through/,
    ],
    [
      "launches too, which never have the key",
      {
        Action: ["ec2:RunInstances", "ec2:ModifyInstanceMetadataOptions"],
        ...condition("StringNotEquals", newTokens, "required"),
      },
      /^refuses every launch/,
    ],
  ])("%s is reported", (_, change, expected) => {
    expect(faultsOf({ ...noOptOut, ...change }).join("\n")).toMatch(expected);
  });

  test.each<[string, Partial<Statement>]>([
    ["all resources", { Resource: "*" }],
    ["no guard: it stops other changes too", condition("StringNotEquals", newTokens, "required")],
    ["what is bad by name", condition("StringEquals", newTokens, "optional")],
    ["the account's defaults", { Action: "ec2:ModifyInstanceMetadataDefaults", Resource: "*" }],
  ])("%s is silent", (_, change) => {
    expect(faultsOf({ ...noOptOut, ...change })).toEqual([]);
  });
});

describe("the statement on hop limits", () => {
  test.each<[string, Partial<Statement>, RegExp]>([
    ["operator", condition("NumericLessThan", hops, "3"), /^lets-through/],
    ["equality", condition("NumericEquals", hops, "3"), /^lets-through/],
    ["operator for texts", condition("StringEquals", hops, "3"), /^lets-through/],
    ["value", condition("NumericGreaterThan", hops, "64"), /^lets-through/],
    ["value that is no number", condition("NumericGreaterThan", hops, "two"), /^lets-through/],
    ["value below all", condition("NumericGreaterThan", hops, "0"), /^refuses every launch/],
    ["resource", { Resource: "arn:aws:ec2:*:*:launch-template/*" }, /^lets-through/],
    [
      "all resources, absent keys",
      { Resource: "*", ...condition("NumericGreaterThanIfExists", hops, 3) },
      /^refuses/,
    ],
    ["action", { Action: "ec2:CreateFleet" }, /^other-actions$/],
    ["key", condition("NumericGreaterThan", "ec2:HttpPutResponseHopLimit", "3"), /^unknown-key$/],
    ["effect", { Effect: "Allow" }, /^lets-through/],
  ])("%s is reported", (_, change, expected) => {
    expect(faultsOf({ ...hopLimit, ...change }).join("\n")).toMatch(expected);
  });

  test.each<[string, Partial<Statement>]>([
    [
      "IfExists: launches that name none are refused too",
      condition("NumericGreaterThanIfExists", hops, 3),
    ],
    ["a number", condition("NumericGreaterThan", hops, 3)],
    ["all resources, of which only the instance has the key", { Resource: "*" }],
    ["not one", condition("NumericNotEquals", hops, "1")],
  ])("%s is silent", (_, change) => {
    expect(faultsOf({ ...hopLimit, ...change })).toEqual([]);
  });
});

describe("the statement on delivery", () => {
  test.each<[string, Partial<Statement>, RegExp]>([
    ["operator", condition("NumericGreaterThan", delivery, "2.0"), /^lets-through/],
    ["equality", condition("NumericEquals", delivery, "2.0"), /^lets-through/],
    [
      "including version 2",
      condition("NumericLessThanEquals", delivery, "2.0"),
      /^refuses .*IMDSv2/,
    ],
    ["IfExists", condition("NumericLessThanIfExists", delivery, "2.0"), /^refuses every request/],
    ["negated", condition("NumericNotEquals", delivery, "2.0"), /^refuses every request/],
    ["operator for texts", condition("StringNotEquals", delivery, "2.0"), /^refuses every request/],
    ["value", condition("NumericLessThan", delivery, "1.0"), /^lets-through/],
    ["key", condition("NumericLessThan", "ec2:MetadataRoleDelivery", "2.0"), /^unknown-key$/],
    ["effect", { Effect: "Allow" }, /^lets-through/],
  ])("%s is reported", (_, change, expected) => {
    expect(faultsOf({ ...version2Only, ...change }).join("\n")).toMatch(expected);
  });

  test.each<[string, Partial<Statement>]>([
    // It does the same for fewer requests, which is its author's affair.
    ["one action", { Action: "s3:*" }],
    ["one resource", { Resource: "arn:aws:s3:::bucket/*" }],
    ["a number", condition("NumericLessThan", delivery, 2)],
    ["the one version", condition("NumericEquals", delivery, 1)],
  ])("%s is silent", (_, change) => {
    expect(faultsOf({ ...version2Only, ...change })).toEqual([]);
  });
});

describe("conditions on the endpoint", () => {
  const key = "ec2:MetadataHttpEndpoint";
  test.each<[string, Partial<Statement>, RegExp]>([
    ["enabled by name", condition("StringEquals", key, "enabled"), /leaves HttpEndpoint out/],
    ["a value that none has", condition("StringEquals", key, "on"), /^lets-through/],
    ["anything but a value that none has", condition("StringNotEquals", key, "on"), /^refuses/],
  ])("%s is reported", (_, change, expected) => {
    expect(faultsOf({ ...requireAtLaunch, ...change }).join("\n")).toMatch(expected);
  });

  test.each<[string, Partial<Statement>]>([
    ["nothing but disabled", condition("StringNotEquals", key, "disabled")],
    ["not disabled", condition("StringEquals", key, "disabled")],
  ])("%s is silent", (_, change) => {
    expect(faultsOf({ ...requireAtLaunch, ...change })).toEqual([]);
  });
});
