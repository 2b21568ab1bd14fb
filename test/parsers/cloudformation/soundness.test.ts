import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateTemplate } from "../../../src/parsers/cloudformation/evaluate-template.js";
import type { EvaluatedDeployment } from "../../../src/parsers/resource.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";
import { SourceFile } from "../../../src/source/source-file.js";
import type { Evaluated } from "../../../src/values/evaluated.js";
import type { Decision } from "../../../src/values/scenario-path.js";
import { parse, readValue } from "./evaluate-text.js";

/** The values that the test deploys with; those of `Free` and the region are a sample. */
const domains: Readonly<Record<string, readonly string[]>> = {
  Env: ["dev", "test", "prod"],
  Flag: ["dev", "no"],
  Free: ["dev", "x", "other"],
  "AWS::Region": ["us-east-1", "eu-west-1", "elsewhere"],
};
const names = Object.keys(domains);
type Assignment = Readonly<Record<string, string>>;

const assignments: readonly Assignment[] = names.reduce<readonly Assignment[]>(
  (partial, name) =>
    partial.flatMap((assignment) =>
      (domains[name] ?? []).map((value) => ({ ...assignment, [name]: value })),
    ),
  [{}],
);

const parameters = {
  Env: { Type: "String", AllowedValues: domains["Env"] },
  Flag: { Type: "String", AllowedValues: domains["Flag"] },
  Free: { Type: "String" },
};
const mappings = {
  Envs: {
    dev: { dev: "dev", no: "x", List: ["dev", "x"] },
    test: { dev: "x", no: "x", List: ["dev", "x"] },
    prod: { dev: "prod", no: "other", List: ["prod"] },
  },
  Regions: { "us-east-1": { dev: "x", no: "dev" }, "eu-west-1": { dev: "no", no: "dev" } },
};

type Json = string | number | readonly Json[] | { readonly [key: string]: Json };

const word = fc.constantFrom("dev", "test", "prod", "no", "x", "us-east-1");
const reference = fc.constantFrom(...names).map((name): Json => ({ Ref: name }));
const condition = fc.constantFrom("C0", "C1", "C2");
const nothing: Json = { Ref: "AWS::NoValue" };

/** Keys of lookups: nothing that may find nothing itself, which a lookup can hide. */
const key = fc.oneof(
  word,
  reference,
  fc.tuple(condition, word, reference).map((branches): Json => ({ "Fn::If": branches })),
  fc.constant<Json>({ "Fn::Sub": "${Flag}" }),
  fc.constant<Json>({ "Fn::Join": ["", ["de", { "Fn::If": ["C1", "v", "x"] }]] }),
);

/** Scalars, and lists of them, with everything the evaluator knows to take apart. */
const { scalar, list } = fc.letrec<{ scalar: Json; list: Json }>((tie) => ({
  scalar: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    word,
    reference,
    fc.tuple(condition, tie("scalar"), tie("scalar")).map((branches) => ({ "Fn::If": branches })),
    fc
      .tuple(fc.constantFrom("", "-"), tie("list"))
      .map(([delimiter, items]) => ({ "Fn::Join": [delimiter, items] })),
    fc.tuple(fc.nat(1), tie("list")).map((selection) => ({ "Fn::Select": selection })),
    tie("scalar").map((value) => ({ "Fn::Sub": ["${Value}/${Env}", { Value: value }] })),
    fc
      .tuple(fc.constantFrom("Envs", "Regions"), key, key)
      .map((keys) => ({ "Fn::FindInMap": keys })),
    fc.constant({ "Fn::FindInMap": ["Envs", { Ref: "Env" }, { Ref: "Flag" }] }),
    fc.constant({ "Fn::FindInMap": ["Regions", { Ref: "AWS::Region" }, { Ref: "Flag" }] }),
    fc.constant({ "Fn::Sub": "${Env}${Flag}" }),
    fc.constant({ "Fn::Sub": "${Env}" }),
  ),
  list: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.tuple(tie("scalar"), tie("scalar")),
    fc
      .tuple(condition, tie("scalar"), tie("scalar"))
      .map(([name, item, last]) => [{ "Fn::If": [name, item, nothing] }, last, last]),
    tie("scalar").map((value) => ({ "Fn::Split": ["e", value] })),
    fc.tuple(condition, tie("list"), tie("list")).map((branches) => ({ "Fn::If": branches })),
    fc.constant({ "Fn::FindInMap": ["Envs", { Ref: "Env" }, "List"] }),
  ),
}));

/** What conditions compare: nothing that fails for some parameters, as that would fail the deployment. */
const operand = fc.oneof(
  reference,
  fc.constantFrom<Json>(
    { "Fn::FindInMap": ["Envs", { Ref: "Env" }, { Ref: "Flag" }] },
    { "Fn::FindInMap": ["Envs", { Ref: "Env" }, "no"] },
    { "Fn::Select": [0, { "Fn::Split": ["e", { Ref: "Env" }] }] },
    { "Fn::Join": ["", [{ Ref: "Env" }, { Ref: "Flag" }]] },
    { "Fn::Sub": "${Flag}" },
    { "Fn::Sub": ["${A}", { A: { Ref: "Free" } }] },
    { "Fn::Sub": "${Env}${Env}" },
  ),
);

const equals = fc
  .tuple(operand, fc.oneof(word, operand))
  .map((sides): Json => ({ "Fn::Equals": sides }));

/** A condition that may refer to those before it. */
function conditionArbitrary(earlier: readonly string[]): fc.Arbitrary<Json> {
  const names = earlier.map((name) => fc.constant<Json>({ Condition: name }));
  const leaf = fc.oneof(equals, ...names);
  return fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.tuple(tie("tree")).map((operands) => ({ "Fn::Not": operands })),
      fc.tuple(tie("tree"), tie("tree")).map((operands) => ({ "Fn::And": operands })),
      fc.tuple(tie("tree"), tie("tree"), leaf).map((operands) => ({ "Fn::Or": operands })),
    ),
  })).tree;
}

const conditions = fc.record({
  C0: conditionArbitrary([]),
  C1: conditionArbitrary(["C0"]),
  C2: conditionArbitrary(["C0", "C1"]),
});

const template = fc
  .record({
    conditions,
    value: fc.record({ A: scalar, B: scalar, L: list }),
    exists: condition,
  })
  .map(({ conditions: Conditions, value, exists }) =>
    JSON.stringify({
      Parameters: parameters,
      Mappings: mappings,
      Conditions,
      Resources: {
        Web: { Type: "AWS::EC2::Instance", Condition: exists, Properties: { Value: value } },
      },
    }),
  );

/** A value with everything in it, as it was in one scenario. */
type Snapshot =
  | { readonly text: string }
  | { readonly possible: readonly string[] | undefined; readonly isInvalid: boolean }
  | { readonly items: readonly Snapshot[] }
  | { readonly entries: Readonly<Record<string, Snapshot>> }
  | "unset";

function snapshot(value: Evaluated): Snapshot {
  switch (value.state) {
    case "known":
      return { text: String(value.value) };
    case "unset":
      return "unset";
    case "unknown":
      return { possible: value.possible?.map(String), isInvalid: value.reason.kind === "invalid" };
    case "list":
      return { items: value.items.map(snapshot) };
    case "map": {
      const entries = [...value.entries].map(([name, entry]) => [name, snapshot(entry.value)]);
      return { entries: Object.fromEntries(entries) as Record<string, Snapshot> };
    }
  }
}

/** Whether all parts are certain. */
function isConcrete(value: Snapshot): boolean {
  if (value === "unset" || "text" in value) return true;
  if ("items" in value) return value.items.every(isConcrete);
  return "entries" in value && Object.values(value.entries).every(isConcrete);
}

function allows(claim: Snapshot, concrete: Snapshot): boolean {
  if (claim === "unset" || concrete === "unset") {
    return claim === concrete || (claim !== "unset" && isAnything(claim));
  }
  if (isAnything(claim)) return true;
  if ("possible" in claim)
    return (
      !claim.isInvalid && "text" in concrete && claim.possible?.includes(concrete.text) === true
    );
  if ("text" in claim) return "text" in concrete && concrete.text === claim.text;
  if ("items" in claim) {
    return (
      "items" in concrete &&
      claim.items.length === concrete.items.length &&
      concrete.items.every((item, index) => allows(claim.items[index] ?? "unset", item))
    );
  }
  return (
    "entries" in concrete &&
    Object.entries(concrete.entries).every(([name, entry]) =>
      allows(claim.entries[name] ?? "unset", entry),
    )
  );
}

/** Of what is invalid rules say nothing, so that it must not stand for what can be deployed. */
function isAnything(claim: Snapshot): boolean {
  return (
    claim !== "unset" && "possible" in claim && claim.possible === undefined && !claim.isInvalid
  );
}

/** Whether a decision about a parameter is true of the assignment; undefined for other decisions. */
function holdsIn({ key, holds }: Decision, assignment: Assignment): boolean | undefined {
  const match = /^(?:parameter )?(Env|Flag|Free|AWS::Region) is (.*)$/.exec(key);
  if (match === null) return undefined;
  const [, name = "", values = ""] = match;
  return values.split(" or ").includes(assignment[name] ?? "") === holds;
}

function deploy(root: DataNode, assignment?: Assignment): EvaluatedDeployment {
  const file = new SourceFile("/template.json", "");
  if (assignment === undefined) return evaluateTemplate(file, root);
  const { "AWS::Region": region = "", ...given } = assignment;
  const parameters = new Map(
    Object.entries(given).map(([name, text]) => [name, { kind: "text", text }] as const),
  );
  return evaluateTemplate(file, root, { region, parameters });
}

function readAll(deployment: EvaluatedDeployment): { exists: string; value: Snapshot } {
  const exists = deployment.resources[0]?.exists() ?? "none";
  return { exists, value: snapshot(readValue(deployment)) };
}

describe("evaluating without knowing the parameters", () => {
  it("allows whatever an actual deployment comes to", () => {
    let compared = 0;
    fc.assert(
      fc.property(template, (text) => {
        const root = parse(text);
        const deployment = deploy(root);
        const merged = readAll(deployment);
        const outcomes = deployment.scenarios.explore(() => readAll(deployment));
        // What is reported cannot be deployed.
        fc.pre(deployment.errors.length === 0);
        for (const assignment of assignments) {
          const concrete = readAll(deploy(root, assignment));
          // A key that a mapping lacks, an index that a list lacks: nothing can be deployed.
          if (concrete.exists === "unknown" || !isConcrete(concrete.value)) continue;
          compared += 1;
          const fitting = outcomes.filter(({ decisions }) =>
            decisions.every((decision) => holdsIn(decision, assignment) !== false),
          );
          const isAllowed = fitting.some(
            ({ result: { exists, value } }) =>
              (exists === concrete.exists || exists === "unknown") && allows(value, concrete.value),
          );
          expect(isAllowed, JSON.stringify({ assignment, concrete, outcomes })).toBe(true);
          expect(allows(merged.value, concrete.value)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  it("has exactly one scenario for each choice of the parameters", () => {
    const overParameters = fc
      .tuple(reference, fc.oneof(word, reference))
      .map((sides): Json => ({ "Fn::Equals": sides }));
    const tree = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        overParameters,
        fc.tuple(tie("tree")).map((operands) => ({ "Fn::Not": operands })),
        fc.tuple(tie("tree"), tie("tree")).map((operands) => ({ "Fn::And": operands })),
        fc.tuple(tie("tree"), tie("tree")).map((operands) => ({ "Fn::Or": operands })),
      ),
    })).tree;
    fc.assert(
      fc.property(tree, tree, (first, second) => {
        const template = {
          Parameters: parameters,
          Conditions: { First: first, Second: second },
          Resources: {
            Web: {
              Type: "AWS::EC2::Instance",
              Properties: {
                Value: [{ "Fn::If": ["First", 1, 0] }, { "Fn::If": ["Second", 1, 0] }],
              },
            },
          },
        };
        const deployment = deploy(parse(JSON.stringify(template)));
        const outcomes = deployment.scenarios.explore(() => snapshot(readValue(deployment)));
        const isOpaque = outcomes.some(({ decisions }) =>
          decisions.some((decision) => !decision.named && holdsIn(decision, {}) === undefined),
        );
        fc.pre(!isOpaque && outcomes.every(({ isMerged }) => isMerged !== true));
        for (const assignment of assignments) {
          const fitting = outcomes.filter(({ decisions }) =>
            decisions.every((decision) => holdsIn(decision, assignment) !== false),
          );
          expect(fitting).toHaveLength(1);
          const expected = [first, second].map((condition) => ({
            text: isTrue(condition, assignment) ? "1" : "0",
          }));
          expect(fitting[0]?.result).toEqual({ items: expected });
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** What a condition comes to, worked out from the definition. */
function isTrue(condition: Json, assignment: Assignment): boolean {
  const [[name, operands] = ["", []]] = Object.entries(condition);
  const nested = operands as readonly Json[];
  switch (name) {
    case "Fn::Not":
      return !nested.some((operand) => isTrue(operand, assignment));
    case "Fn::And":
      return nested.every((operand) => isTrue(operand, assignment));
    case "Fn::Or":
      return nested.some((operand) => isTrue(operand, assignment));
    default: {
      const [left, right] = nested.map((side) =>
        typeof side === "string" ? side : assignment[(side as { Ref: string }).Ref],
      );
      return left === right;
    }
  }
}
