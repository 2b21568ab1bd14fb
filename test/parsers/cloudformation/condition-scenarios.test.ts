import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateText } from "./evaluate-text.js";

/** What scripts/record-condition-scenarios.py has recorded of one template. */
interface Recorded {
  /** Why cfn-lint may find others. */
  readonly differs?: string;
  readonly template: {
    readonly Parameters: Readonly<Record<string, { readonly AllowedValues?: readonly string[] }>>;
  };
  /** The combinations of its conditions, such as TFT, by trying all values. */
  readonly reachable: readonly string[];
  readonly cfnLint: readonly string[];
}

const recorded = JSON.parse(
  readFileSync(
    new URL("../../../fixtures/oracle/condition-scenarios.json", import.meta.url),
    "utf8",
  ),
) as readonly Recorded[];

/** The combinations in which the resources, one for each condition, exist. */
function combinationsOf(template: Recorded["template"]): readonly string[] {
  const { scenarios, resources, skipped } = evaluateText(JSON.stringify(template));
  const outcomes = scenarios.explore(() => resources.map((resource) => resource.exists()));
  expect(outcomes.some(({ isMerged }) => isMerged === true)).toBe(false);
  const spelled = outcomes.map(({ result }) =>
    result.map((exists) => ({ yes: "T", no: "F", unknown: "?" })[exists]).join(""),
  );
  // Where nothing satisfies the Rules, there is none, and nothing exists.
  if (!skipped.some(({ kind }) => kind === "unsatisfiable-rules")) return sorted(spelled);
  expect(sorted(spelled)).toEqual(["F".repeat(resources.length)]);
  return [];
}

function sorted(spelled: readonly string[]): readonly string[] {
  return [...new Set(spelled)].sort();
}

/** Whether two parameters that may have any value are compared, of which scenarios only know equal or not. */
function comparesAnyValues({ template }: Recorded): boolean {
  const open = Object.entries(template.Parameters).flatMap(([name, { AllowedValues }]) =>
    AllowedValues === undefined ? [`{"Ref":"${name}"}`] : [],
  );
  const text = JSON.stringify(template);
  return open.some((left) => open.some((right) => text.includes(`[${left},${right}]`)));
}

describe("scenarios", () => {
  test.each(recorded.map((one, index) => ({ index, one })))(
    "of template $index are those that some values lead to, and those of cfn-lint",
    ({ one }) => {
      const found = combinationsOf(one.template);
      if (comparesAnyValues(one)) expect(found).toEqual(expect.arrayContaining([...one.reachable]));
      else expect(found).toEqual(one.reachable);
      if (one.differs === undefined) expect(found).toEqual(one.cfnLint);
    },
  );

  test("are recorded of templates of all kinds", () => {
    const withRules = recorded.filter(({ template }) => "Rules" in template);
    const differing = recorded.filter(
      ({ reachable, cfnLint }) => reachable.join() !== cfnLint.join(),
    );
    expect(withRules.length).toBeGreaterThan(20);
    expect(recorded.filter(({ differs }) => differs === undefined).length).toBeGreaterThan(50);
    // Every reason is one of which there is an example.
    const reasons = (cases: readonly Recorded[]) =>
      new Set(cases.flatMap(({ differs }) => differs ?? []));
    expect(reasons(differing)).toEqual(reasons(recorded));
    expect(differing.every(({ differs }) => differs !== undefined)).toBe(true);
  });
});
