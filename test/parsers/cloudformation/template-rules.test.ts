import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateTemplate } from "../../../src/parsers/cloudformation/evaluate-template.js";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import { SourceFile } from "../../../src/source/source-file.js";
import { lintTexts } from "../../lint-files.js";
import { readValue } from "./evaluate-text.js";

const choice = "{Type: String, AllowedValues: [required, optional]}";

function templateWith(
  rules: string,
  parameters = `{Tokens: ${choice}}`,
  tokens = "!Ref Tokens",
): string {
  return `Parameters: ${parameters}
Rules: ${rules}
Conditions: {IsX: !Equals [!Ref Tokens, x]}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties: {MetadataOptions: {HttpEndpoint: enabled, HttpTokens: ${tokens}}}
`;
}

function findingsFor(rules: string, parameters?: string, tokens?: string) {
  const text = templateWith(rules, parameters, tokens);
  const { errors, findings } = lintTexts({ "/template.yaml": text });
  expect(errors).toEqual([]);
  return findings.map(({ kind, ruleId, when = "always" }) => `${kind} ${ruleId} ${when}`);
}

const open = ["open require-imdsv2 always"];

describe("the Rules section", () => {
  it.each([
    "{R: {Assertions: [{Assert: !Contains [[required], !Ref Tokens]}]}}",
    "{R: {Assertions: [{Assert: {'Fn::Contains': [[required, x], {Ref: Tokens}]}}]}}",
    "{R: {Assertions: [{Assert: !Equals [!Ref Tokens, required]}]}}",
    "{R: {Assertions: [{Assert: !Not [!Equals [optional, !Ref Tokens]]}]}}",
    "{R: {Assertions: [{Assert: !Or [!Equals [!Ref Tokens, required], !Equals [!Ref Tokens, x]]}]}}",
    "{R: {Assertions: [{Assert: !And [!Equals [a, a], !Equals [!Ref Tokens, required]]}]}}",
    "{R: {Assertions: [{Assert: !EachMemberIn [[!Ref Tokens, required], [required]]}]}}",
    "{R: {Assertions: [{Assert: !EachMemberIn [!RefAll String, [required]]}]}}",
    "{R: {Assertions: [{Assert: !EachMemberEquals [!RefAll String, required]}]}}",
    "{R: {RuleCondition: !Equals [a, a], Assertions: [{Assert: !Equals [!Ref Tokens, required]}]}}",
    "{Q: {Assertions: []}, R: {Assertions: [{Assert: !Equals [!Ref Tokens, required], AssertDescription: x}]}}",
  ])("leaves only what it asserts: %s", (rules) => {
    expect(findingsFor(rules)).toEqual([]);
  });

  it.each([
    "{R: {Assertions: [{Assert: !Contains [[required, optional], !Ref Tokens]}]}}",
    "{R: {Assertions: [{Assert: !EachMemberIn [!RefAll Number, [required]]}]}}",
    "{R: {Assertions: [{Assert: !Equals [!ValueOf [Tokens, Tags.T], required]}]}}",
    "{R: {Assertions: [{Assert: !EachMemberEquals [!ValueOfAll ['AWS::EC2::VPC::Id', Tags.T], required]}]}}",
    "{R: {Assertions: [{Assert: !Contains [!RefAll String, !Ref Tokens]}]}}",
    "{R: {RuleCondition: !Equals [a, b], Assertions: [{Assert: !Equals [!Ref Tokens, required]}]}}",
    "{R: {Assertions: [{AssertDescription: nothing}]}}",
    "{R: {}}",
    "{R: x}",
  ])("leaves open what it does not settle: %s", (rules) => {
    expect(findingsFor(rules)).toEqual(open);
  });

  it("narrows where its condition holds", () => {
    const parameters = `{Env: {Type: String}, Tokens: ${choice}}`;
    const rules =
      "{R: {RuleCondition: !Equals [!Ref Env, prod], Assertions: [{Assert: !Equals [!Ref Tokens, required]}]}}";
    expect(findingsFor(rules, parameters)).toEqual([
      "open require-imdsv2 parameter Env is not prod",
    ]);
  });

  it.each([
    [
      "{R: {Assertions: [{Assert: !Or [!Equals [!Ref Env, prod], !Equals [!Ref Tokens, required]]}]}}",
      ["open require-imdsv2 parameter Env is prod"],
    ],
    [
      "{R: {Assertions: [{Assert: !Not [!And [!Equals [!Ref Env, prod], !Equals [!Ref Tokens, optional]]]}]}}",
      ["open require-imdsv2 parameter Env is not prod"],
    ],
    [
      "{R: {Assertions: [{Assert: !Contains [[prod, required], !Ref Tokens]}]}, Q: {Assertions: [{Assert: !EachMemberIn [[!Ref Env, !Ref Tokens], [prod, optional, required]]}]}}",
      [],
    ],
    // One assertion settles what another asks for.
    [
      "{R: {Assertions: [{Assert: !Or [!Equals [!Ref Env, dev], !Equals [!Ref Tokens, required]]}]}, Q: {Assertions: [{Assert: !Equals [!Ref Env, prod]}]}}",
      [],
    ],
    [
      "{R: {RuleCondition: !Equals [!Ref Env, dev], Assertions: [{Assert: !Equals [!Ref Tokens, required]}]}, Q: {RuleCondition: !Not [!Equals [!Ref Env, dev]], Assertions: [{Assert: !Equals [!Ref Tokens, required]}]}}",
      [],
    ],
  ])("narrows several parameters at once: %s", (rules, expected) => {
    const parameters = `{Env: {Type: String, AllowedValues: [dev, prod]}, Tokens: ${choice}}`;
    expect(findingsFor(rules, parameters)).toEqual(expected);
  });

  it("narrows values that are in no list", () => {
    const rules = "{R: {Assertions: [{Assert: !Contains [[required, x], !Ref Tokens]}]}}";
    expect(
      findingsFor(rules, "{Tokens: {Type: String}}", "!If [IsX, required, !Ref Tokens]"),
    ).toEqual([]);
  });

  it("takes the items of a known list", () => {
    const parameters = `{Accepted: {Type: CommaDelimitedList, Default: 'required, x'}, Tokens: ${choice}}`;
    const rules = "{R: {Assertions: [{Assert: !Contains [!Ref Accepted, !Ref Tokens]}]}}";
    expect(findingsFor(rules, parameters)).toEqual([]);
  });

  it("says the union of what is left where too many conditions would have to be told apart", () => {
    const names = Array.from({ length: 9 }, (_, index) => `P${index}`);
    const parameters = [...names.map((name) => `${name}: {Type: String}`), `Tokens: ${choice}`];
    const assertions = names.map(
      (name) =>
        `{Assert: !Or [!Equals [!Ref ${name}, a], !Equals [!Ref Tokens, required], !Equals [!Ref ${name}, b]]}`,
    );
    const rules = `{R: {Assertions: [${assertions.join(", ")}]}}`;
    expect(findingsFor(rules, `{${parameters.join(", ")}}`)).toEqual(open);
  });

  it("reports assertions that nothing satisfies, and judges nothing", () => {
    const rules =
      "{R: {Assertions: [{Assert: !Contains [[required], !Ref Tokens]}, {Assert: !Equals [!Ref Tokens, optional]}]}}";
    const report = lintTexts({ "/template.yaml": templateWith(rules) });
    expect(report.findings).toEqual([]);
    expect(report.errors).toEqual([]);
    const [{ kind, message, location } = {}, ...more] = report.coverage.skipped;
    expect([kind, message, ...more]).toEqual([
      "unsatisfiable-rules",
      "what the template deploys, since this assertion of its Rules can never hold",
    ]);
    const { start, end } = location?.range ?? { start: 0, end: 0 };
    expect(templateWith(rules).slice(start, end)).toBe("!Equals [!Ref Tokens, optional]");
  });

  it("opens defaults that it does not accept, since others must be given", () => {
    const parameters = "{Tokens: {Type: String, Default: ''}, Name: {Type: String, Default: ''}}";
    const isGiven = (name: string) => `{Assert: !Not [!Equals [!Ref ${name}, '']]}`;
    const rules = `{R: {Assertions: [${isGiven("Name")}, ${isGiven("Tokens")}]}}`;
    expect(findingsFor(rules, parameters)).toEqual(open);
    const accepted = "{R: {Assertions: [{Assert: !Contains [[required], !Ref Tokens]}]}}";
    expect(findingsFor(accepted, parameters)).toEqual([]);
  });

  it("opens the default that contradicts an assertion, and no other", () => {
    const parameters =
      "{Name: {Type: String, Default: ''}, Tokens: {Type: String, Default: optional}}";
    const rules =
      "{R: {Assertions: [{Assert: !Not [!Equals [!Ref Name, '']]}]}, Q: {Assertions: [{Assert: !Contains [[required, optional], !Ref Tokens]}]}}";
    expect(findingsFor(rules, parameters)).toEqual(["fail require-imdsv2 always"]);
  });

  it("narrows what another value than the default can be", () => {
    const parameters = "{Tokens: {Type: String, Default: required}}";
    const note = ["fail parameter-allows-imdsv1 parameter Tokens is optional"];
    expect(findingsFor("{}", parameters)).toEqual(note);
    const rules = "{R: {Assertions: [{Assert: !Contains [[required], !Ref Tokens]}]}}";
    expect(findingsFor(rules, parameters)).toEqual([]);
  });
});

type Names = "A" | "B" | "C";
const domains: Readonly<Record<Names, readonly string[]>> = {
  A: ["x", "y"],
  B: ["x", "y", "z"],
  C: ["y", "z"],
};
type Assignment = Readonly<Record<Names, string>>;

const assignments: readonly Assignment[] = domains.A.flatMap((A) =>
  domains.B.flatMap((B) => domains.C.map((C) => ({ A, B, C }))),
);

/** A condition as text, and what it comes to. */
interface Test {
  readonly text: string;
  readonly holds: (assignment: Assignment) => boolean;
}

const name = fc.constantFrom<Names[]>("A", "B", "C");
const atom: fc.Arbitrary<Test> = fc.oneof(
  fc.tuple(name, fc.constantFrom("x", "y", "z")).map(([parameter, value]) => ({
    text: `!Equals [!Ref ${parameter}, ${value}]`,
    holds: (assignment: Assignment) => assignment[parameter] === value,
  })),
  fc.tuple(name, name).map(([left, right]) => ({
    text: `!Equals [!Ref ${left}, !Ref ${right}]`,
    holds: (assignment: Assignment) => assignment[left] === assignment[right],
  })),
);

const { condition } = fc.letrec<{ condition: Test }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    atom,
    tie("condition").map(({ text, holds }) => ({
      text: `!Not [${text}]`,
      holds: (assignment: Assignment) => !holds(assignment),
    })),
    fc.tuple(tie("condition"), tie("condition"), fc.boolean()).map(([left, right, isAnd]) => ({
      text: `${isAnd ? "!And" : "!Or"} [${left.text}, ${right.text}]`,
      holds: (assignment: Assignment) =>
        isAnd
          ? left.holds(assignment) && right.holds(assignment)
          : left.holds(assignment) || right.holds(assignment),
    })),
  ),
}));

const rule = fc.record({ when: fc.option(condition), assertion: condition });

describe("scenarios", () => {
  it("are those that some deployment comes to, no more and no fewer", () => {
    fc.assert(
      fc.property(condition, condition, fc.array(rule, { maxLength: 3 }), (one, two, rules) => {
        const text = templateOf(one, two, rules);
        const [root] = parseYaml(text).documents;
        if (root === undefined) throw new Error("no template");
        const deployment = evaluateTemplate(new SourceFile("/template.yaml", text), root);
        const outcomes = deployment.scenarios.explore(() =>
          deployment.resources[0]?.exists() === "no" ? undefined : readValue(deployment),
        );
        const found = new Set(
          outcomes.flatMap(({ result, isMerged }) => {
            expect(isMerged).toBeUndefined();
            if (result === undefined) return [];
            if (result.state === "known") return [result.value];
            return result.state === "unknown" && result.possible ? result.possible : ["?"];
          }),
        );
        const isAllowed = (assignment: Assignment) =>
          rules.every(({ when, assertion }) =>
            when === null || when.holds(assignment) ? assertion.holds(assignment) : true,
          );
        const valueOf = (assignment: Assignment) =>
          one.holds(assignment) ? "both" : two.holds(assignment) ? "second" : assignment.A;
        const deployable = new Set(assignments.filter(isAllowed).map(valueOf));
        expect(found).toEqual(deployable);
        const kinds = deployment.skipped.map(({ kind }) => kind);
        expect(kinds).toEqual(deployable.size === 0 ? ["unsatisfiable-rules"] : []);
      }),
      { numRuns: 500 },
    );
  });
});

function templateOf(
  one: Test,
  two: Test,
  rules: readonly { readonly when: Test | null; readonly assertion: Test }[],
): string {
  const parameters = Object.entries(domains).map(
    ([parameter, values]) =>
      `  ${parameter}: {Type: String, AllowedValues: [${values.join(", ")}]}`,
  );
  const ruleTexts = rules.map(({ when, assertion }, index) => {
    const condition = when === null ? "" : `RuleCondition: ${when.text}, `;
    return `  R${index}: {${condition}Assertions: [{Assert: ${assertion.text}}]}`;
  });
  return [
    "Parameters:",
    ...parameters,
    rules.length === 0 ? "Rules: {}" : "Rules:",
    ...ruleTexts,
    "Conditions:",
    `  One: ${one.text}`,
    `  Two: ${two.text}`,
    "Resources:",
    "  Web: {Type: T, Properties: {Value: !If [One, both, !If [Two, second, !Ref A]]}}",
    "",
  ].join("\n");
}
