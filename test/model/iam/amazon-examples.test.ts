import { describe, expect, test } from "vitest";
import { hopAbsentFaults } from "../../../src/model/iam/judge-launches.js";
import { policyFaults } from "../../../src/model/iam/judge-policy.js";
import { documentIn } from "../../../src/parsers/json-document.js";
import { policyStatements } from "../../../src/parsers/resources/policy-statements.js";
import { known } from "../../../src/values/value.js";

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition: Conditions;
}

const origin = {
  location: { path: "/policy.json", range: { start: 0, end: 0 } },
  step: "written",
} as const;

function read(statements: readonly Statement[]) {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return policyStatements(documentIn(known(text, origin)));
}

function isReported(statements: readonly Statement[]): boolean {
  return policyFaults(read(statements)).length > 0;
}

const tokens = "ec2:MetadataHttpTokens";
const hops = "ec2:MetadataHttpPutResponseHopLimit";
const newTokens = "ec2:Attribute/HttpTokens";
const delivery = "ec2:RoleDelivery";
const INSTANCES = "arn:aws:ec2:*:*:instance/*";

function statement(
  Effect: string,
  Action: unknown,
  Resource: unknown,
  Condition: Conditions,
): Statement {
  return { Effect, Action, Resource, Condition };
}

/**
 * What AWS's documents and samples say policies should be like, in our words: a name, and the statements.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
 * https://github.com/aws-samples/aws-iam-permissions-guardrails
 */
const examples: readonly (readonly [name: string, statements: readonly Statement[]])[] = [
  [
    "require tokens at launch",
    [
      statement("Deny", "ec2:RunInstances", INSTANCES, {
        StringNotEquals: { [tokens]: "required" },
      }),
    ],
  ],
  [
    "no opt-out",
    [
      statement("Deny", "ec2:ModifyInstanceMetadataOptions", INSTANCES, {
        StringNotEquals: { [newTokens]: "required" },
        Null: { [newTokens]: false },
      }),
    ],
  ],
  [
    "no opt-out, by attribute",
    [
      statement("Deny", "ec2:ModifyInstanceMetadataOptions", INSTANCES, {
        StringEquals: { "ec2:Attribute": "HttpTokens" },
        StringNotEquals: { [newTokens]: "required" },
      }),
    ],
  ],
  [
    "hop limit",
    [statement("Deny", "ec2:RunInstances", INSTANCES, { NumericGreaterThan: { [hops]: "3" } })],
  ],
  [
    "credentials of version 2 only",
    [statement("Deny", "*", "*", { NumericLessThan: { [delivery]: "2.0" } })],
  ],
  [
    "tokens required at launch but by some",
    [
      statement("Deny", "ec2:RunInstances", [INSTANCES], {
        StringNotEquals: { [tokens]: ["required"] },
        ArnNotLike: { "aws:PrincipalARN": "arn:aws:iam::*:role/legacy" },
      }),
    ],
  ],
  [
    "credentials of version 2 only, but for services",
    [
      statement("Deny", "*", "*", {
        NumericLessThan: { [delivery]: "2.0" },
        Bool: { "aws:ViaAWSService": "false" },
      }),
    ],
  ],
];

test.each(examples)("AWS's example is silent: %s", (_, statements) => {
  expect(isReported(statements)).toBe(false);
});

test("of AWS's examples, the one on hop limits alone lets launches pass that name none", () => {
  const noted = examples.filter(([, each]) => hopAbsentFaults(read(each).statements).length > 0);
  expect(noted.map(([name]) => name)).toEqual(["hop limit"]);
});

const operators = `
StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike NumericEquals
NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals Bool Null
DateLessThan IpAddress ArnLike ArnNotEquals StringIsNot
`
  .trim()
  .split(/\s+/)
  .flatMap((name) => [
    name,
    ...(name === "Null" ? [] : [`${name}IfExists`]),
    `ForAnyValue:${name}`,
    `ForAllValues:${name}`,
  ]);

const values: Readonly<Record<string, readonly unknown[]>> = {
  [tokens]: ["optional", "Required", "required ", "v2", "req*", "true", true, 2, ""],
  [newTokens]: ["optional", "Required", "v2", "*", ""],
  [hops]: ["0", "64", "65", "two", ""],
  [delivery]: ["1.0", "1", "3.0", "v2", ""],
};

const keys = [
  tokens,
  hops,
  newTokens,
  delivery,
  "ec2:MetadataHttpEndpoint",
  "ec2:MetadataHttpToken",
  "ec2:HttpTokens",
  "ec2:MetadataOptions/HttpTokens",
  "ec2:Attribute/HttpToken",
  "ec2:MetadataHttpPutResponseHoplimits",
  "ec2:RoleDeliveryVersion",
];

const actions = [
  "ec2:RunInstance",
  "ec2:CreateLaunchTemplate",
  "ec2:CreateFleet",
  "autoscaling:CreateAutoScalingGroup",
  "ec2:ModifyInstanceAttribute",
  "ec2:ModifyInstanceMetadataOption",
  "s3:*",
];

const resources = [
  "*",
  "arn:aws:ec2:*:*:launch-template/*",
  "arn:aws:ec2:*:*:volume/*",
  "arn:aws:ec2:*::image/*",
  "arn:aws:ec2:*:*:instances/*",
  "arn:aws:ec2:*:*:instance",
  "arn:aws:ec2:*:instance/*",
  "arn:aws:autoscaling:*:*:instance/*",
];

interface Mutant {
  readonly name: string;
  readonly mutated: Statement;
}

/** The condition that the statement is for: the last on a key of instance metadata. */
function subject({ Condition }: Statement): readonly [operator: string, key: string] {
  for (const [operator, conditions] of Object.entries(Condition)) {
    const key = Object.keys(conditions).find((each) => each in values);
    if (key !== undefined && operator !== "Null") return [operator, key];
  }
  throw new Error("no condition on instance metadata");
}

/** The statement with another condition in place of the one that it is for. */
function withCondition(
  original: Statement,
  change: { readonly operator?: string; readonly key?: string; readonly value?: unknown },
): Statement {
  const [operator, key] = subject(original);
  const { [operator]: own = {}, ...others } = original.Condition;
  const { [key]: value, ...rest } = own;
  const [newOperator, newKey] = [change.operator ?? operator, change.key ?? key];
  const written = "value" in change ? change.value : value;
  const Condition: Conditions = {
    ...others,
    ...(Object.keys(rest).length === 0 ? {} : { [operator]: rest }),
    [newOperator]: { ...others[newOperator], [newKey]: written },
  };
  return { ...original, Condition };
}

function mutantsOf(original: Statement): readonly Mutant[] {
  const [operator, key] = subject(original);
  return [
    ...operators
      .filter((each) => each !== operator)
      .map((each) => ({ name: each, mutated: withCondition(original, { operator: each }) })),
    ...(values[key] ?? []).map((value) => ({
      name: `value ${JSON.stringify(value)}`,
      mutated: withCondition(original, { value }),
    })),
    ...keys
      .filter((each) => each !== key)
      .map((each) => ({ name: `key ${each}`, mutated: withCondition(original, { key: each }) })),
    ...actions.map((Action) => ({ name: `action ${Action}`, mutated: { ...original, Action } })),
    ...resources
      .filter((each) => each !== original.Resource)
      .map((Resource) => ({ name: `resource ${Resource}`, mutated: { ...original, Resource } })),
    { name: "effect", mutated: { ...original, Effect: "Allow" } },
  ];
}

/** A negated operator holds where the key is absent, with and without IfExists, and for all of no values. */
const negated = [
  "StringNotEqualsIfExists",
  "ForAllValues:StringNotEquals",
  "StringNotEqualsIgnoreCase",
  "StringNotEqualsIgnoreCaseIfExists",
  "ForAllValues:StringNotEqualsIgnoreCase",
  "StringNotLike",
  "StringNotLikeIfExists",
  "ForAllValues:StringNotLike",
];

/** For a key that is there, one value that must not be met is any or all of them. */
const negatedOfPresent = negated.flatMap((name) => {
  const [quantifier, operator] = name.split(":");
  return operator === undefined
    ? [name]
    : [`ForAnyValue:${operator}`, `${quantifier ?? ""}:${operator}`];
});

/** A `*` that ends a part of an ARN goes on beyond the colon. */
const acrossColon = "resource arn:aws:ec2:*:instance/*";

/** It is about instances as they are, which have the key there too. */
const instancesAsTheyAre = "action ec2:ModifyInstanceAttribute";

const atLaunch = [...negated, instancesAsTheyAre, acrossColon];

const limits = [
  "NumericNotEquals",
  "NumericNotEqualsIfExists",
  "ForAnyValue:NumericNotEquals",
  "ForAllValues:NumericNotEquals",
  "NumericGreaterThanIfExists",
  "ForAnyValue:NumericGreaterThan",
  "ForAllValues:NumericGreaterThan",
  "NumericGreaterThanEquals",
  "NumericGreaterThanEqualsIfExists",
  "ForAnyValue:NumericGreaterThanEquals",
  "ForAllValues:NumericGreaterThanEquals",
];

/** For fewer requests than all, which is for its author to say; any of one value is that value. */
const deliveries = [
  "ForAnyValue:NumericNotEquals",
  "ForAnyValue:NumericLessThan",
  ...actions.map((action) => `action ${action}`),
  ...resources.filter((resource) => resource !== "*").map((resource) => `resource ${resource}`),
];

/** Mutants that do what the example does, or a part of it on purpose, by example; all others must be reported. */
const equivalent: Readonly<Record<string, readonly string[]>> = {
  "require tokens at launch": atLaunch,
  "tokens required at launch but by some": atLaunch,
  // What `ec2:MetadataHttpTokens` is of a modification AWS does not say.
  "no opt-out": [...negatedOfPresent, "key ec2:MetadataHttpTokens", "resource *", acrossColon],
  // Without a condition on the new value it stops any change of the attribute.
  "no opt-out, by attribute": [
    ...negatedOfPresent,
    "key ec2:MetadataHttpTokens",
    "key ec2:MetadataHttpPutResponseHopLimit",
    "key ec2:MetadataHttpEndpoint",
    "resource *",
    acrossColon,
  ],
  // Only the instance has the key, so that all resources are as good.
  "hop limit": [...limits, instancesAsTheyAre, "resource *", acrossColon],
  "credentials of version 2 only": deliveries,
  "credentials of version 2 only, but for services": deliveries,
};

describe.each(examples)("changed in one place: %s", (name, [original]) => {
  test("is reported, unless it still does what it is for", () => {
    if (original === undefined) throw new Error("no statement");
    const silent = mutantsOf(original).filter(({ mutated }) => !isReported([mutated]));
    const expected = equivalent[name] ?? [];
    expect(silent.map((mutant) => mutant.name).sort()).toEqual([...expected].sort());
  });
});
