import fc from "fast-check";
import { expect, test } from "vitest";
import { conditionHolds, type ContextValue } from "../../../src/model/iam/evaluate-condition.js";
import {
  type AccessRequest,
  isAllowed,
  isDenied,
  statementMatches,
} from "../../../src/model/iam/evaluate-statement.js";
import { instanceRequest, type LaunchCall } from "../../../src/model/iam/imds-requests.js";
import { policyFaults } from "../../../src/model/iam/judge-policy.js";
import type { PolicyCondition, PolicyStatement } from "../../../src/model/iam/policy-document.js";
import { matchesPattern, type PolicyText } from "../../../src/model/iam/policy-text.js";
import { and, not, type Ternary } from "../../../src/values/ternary.js";
import { known } from "../../../src/values/value.js";

const origin = {
  location: { path: "/policy.json", range: { start: 0, end: 0 } },
  step: "written",
} as const;

const text = (whole: string): PolicyText => ({ pieces: [whole], origin });

const operators = [
  "StringEquals",
  "StringNotEquals",
  "StringLike",
  "StringNotLike",
  "StringEqualsIgnoreCase",
  "StringEqualsIfExists",
  "StringNotEqualsIfExists",
  "NumericLessThan",
  "NumericGreaterThan",
  "NumericNotEquals",
  "NumericEqualsIfExists",
  "Bool",
  "Null",
  "ForAnyValue:StringEquals",
  "ForAllValues:StringNotEquals",
] as const;

const keys = [
  "ec2:MetadataHttpTokens",
  "ec2:MetadataHttpEndpoint",
  "ec2:MetadataHttpPutResponseHopLimit",
];

const words = fc.constantFrom(
  "required",
  "optional",
  "enabled",
  "disabled",
  "req*",
  "*",
  "1",
  "64",
);

const conditions: fc.Arbitrary<PolicyCondition> = fc.record({
  operator: fc.constantFrom(...operators),
  key: fc.constantFrom(...keys),
  values: fc.array(words.map(text), { minLength: 1, maxLength: 3 }),
  origin: fc.constant(origin),
});

const element = (name: string, ...choices: readonly string[]) =>
  fc.record({
    name: fc.constant(name),
    isNegated: fc.boolean(),
    texts: fc.array(fc.constantFrom(...choices).map(text), { minLength: 1, maxLength: 2 }),
    origin: fc.constant(origin),
  });

const statements: fc.Arbitrary<PolicyStatement> = fc.record({
  origin: fc.constant(origin),
  effect: fc.constantFrom("Allow", "Deny").map((effect) => known(effect, origin)),
  action: element("Action", "ec2:RunInstances", "ec2:*", "s3:*", "*"),
  resource: element("Resource", "*", "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"),
  conditions: fc.array(conditions, { maxLength: 3 }),
});

const launches: fc.Arbitrary<LaunchCall> = fc.record({
  httpTokens: fc.constantFrom("optional", "required", undefined),
  httpEndpoint: fc.constantFrom("enabled", "disabled", undefined),
  httpPutResponseHopLimit: fc.constantFrom(1, 2, 64, undefined),
});

const requests: fc.Arbitrary<AccessRequest> = launches.map(instanceRequest);

function mayCall(policy: readonly PolicyStatement[], request: AccessRequest): Ternary {
  return and(isAllowed(policy, request), not(isDenied(policy, request)));
}

const rank = { no: 0, unknown: 1, yes: 2 } as const;

test("a statement more that denies never allows more", () => {
  fc.assert(
    fc.property(
      fc.array(statements, { maxLength: 4 }),
      statements,
      requests,
      (policy, added, request) => {
        const deny = { ...added, effect: known("Deny", origin) };
        const [before, after] = [mayCall(policy, request), mayCall([...policy, deny], request)];
        expect(rank[after]).toBeLessThanOrEqual(rank[before]);
      },
    ),
  );
});

test("a statement more that allows never denies more", () => {
  fc.assert(
    fc.property(
      fc.array(statements, { maxLength: 4 }),
      statements,
      requests,
      (policy, added, request) => {
        const allow = { ...added, effect: known("Allow", origin) };
        const [before, after] = [mayCall(policy, request), mayCall([...policy, allow], request)];
        expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
      },
    ),
  );
});

test("a condition more never matches more", () => {
  fc.assert(
    fc.property(statements, conditions, requests, (statement, added, request) => {
      const narrowed = { ...statement, conditions: [...statement.conditions, added] };
      const [before, after] = [statement, narrowed].map((each) => statementMatches(each, request));
      expect(rank[after ?? "yes"]).toBeLessThanOrEqual(rank[before ?? "no"]);
    }),
  );
});

/** Every text of the statement by turns not known, or there might be more of them. */
function withHoles(statement: PolicyStatement, which: number): PolicyStatement {
  const holes = [undefined];
  const { action, resource, conditions: written } = statement;
  const reason = { kind: "decided-at-deployment", expression: "x" } as const;
  switch (which % 6) {
    case 0:
      return { ...statement, action: { ...action, texts: [{ pieces: holes, origin }] } };
    case 1:
      return { ...statement, resource: { ...resource, texts: [{ pieces: holes, origin }] } };
    case 2:
      return { ...statement, effect: { state: "unknown", reason, origin } };
    case 3:
      return {
        ...statement,
        conditions: written.map((each) => ({
          ...each,
          values: [{ pieces: ["re", undefined], origin }],
        })),
      };
    case 4:
      return {
        ...statement,
        conditions: written.map((each) => ({ ...each, values: [], open: { reason, origin } })),
      };
    default:
      return { ...statement, conditions: [], open: { reason, origin } };
  }
}

test("what is certain with a part unknown is so whatever the part is", () => {
  fc.assert(
    fc.property(statements, fc.nat(5), words, requests, (statement, which, word, request) => {
      const open = withHoles(statement, which);
      const whole = which === 3 || which === 4 ? filled(open, word, which) : statement;
      for (const decide of [isAllowed, isDenied]) {
        const answer = decide([open], request);
        if (answer !== "unknown") expect(decide([whole], request)).toBe(answer);
      }
    }),
    { numRuns: 500 },
  );
});

/** What the unknown part may turn out to be. */
function filled(open: PolicyStatement, word: string, which: number): PolicyStatement {
  const value = which === 3 ? `re${word}` : word;
  return {
    ...open,
    conditions: open.conditions.map(({ operator, key }) => ({
      operator,
      key,
      values: [text(value)],
      origin,
    })),
  };
}

test("names of keys and actions count in any case", () => {
  fc.assert(
    fc.property(statements, requests, (statement, request) => {
      const shouted: PolicyStatement = {
        ...statement,
        action: {
          ...statement.action,
          texts: statement.action.texts.map(({ pieces }) => ({
            pieces: pieces.map((piece) => piece?.toUpperCase()),
            origin,
          })),
        },
        conditions: statement.conditions.map((each) => ({ ...each, key: each.key.toUpperCase() })),
      };
      expect(statementMatches(shouted, request)).toBe(statementMatches(statement, request));
    }),
  );
});

test("a negated operator is the opposite where the key is there", () => {
  const contexts: fc.Arbitrary<ContextValue> = words.map((value) => ({
    state: "present",
    values: [value],
  }));
  const pairs = fc.constantFrom(
    ["StringEquals", "StringNotEquals"],
    ["StringLike", "StringNotLike"],
    ["NumericEquals", "NumericNotEquals"],
  );
  fc.assert(
    fc.property(conditions, contexts, pairs, (condition, context, [positive, negative]) => {
      const holds = conditionHolds({ ...condition, operator: positive }, context);
      expect(conditionHolds({ ...condition, operator: negative }, context)).toBe(not(holds));
    }),
  );
});

test("patterns match as regular expressions do", () => {
  const pieces = fc.array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 7 });
  const candidates = fc.array(fc.constantFrom("a", "b"), { maxLength: 7 });
  fc.assert(
    fc.property(pieces, candidates, (pattern, candidate) => {
      const expression = pattern.join("").replaceAll("*", ".*").replaceAll("?", ".");
      const expected = new RegExp(`^${expression}$`, "s").test(candidate.join(""));
      expect(matchesPattern({ pieces: pattern }, candidate.join(""))).toBe(expected ? "yes" : "no");
    }),
    { numRuns: 1000 },
  );
});

test("judging a document never throws, and says nothing of one without such conditions", () => {
  fc.assert(
    fc.property(fc.array(statements, { maxLength: 4 }), (policy) => {
      const faults = policyFaults({ statements: policy });
      if (policy.every((each) => each.conditions.length === 0)) expect(faults).toEqual([]);
    }),
  );
});
