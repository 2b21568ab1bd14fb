import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isPlan, lintIn, substance } from "./lint-plan.js";

/** A configuration with data sources for launch templates, and the plan that Terraform 1.11 made of it. */
const directory = new URL("../../../fixtures/plans/found/", import.meta.url).pathname;
const source = readFileSync(`${directory}main.tf`, "utf8");
const plan = readFileSync(`${directory}plan.json`, "utf8");

const aboutImdsv1 = [
  "fail require-imdsv2 optional aws_autoscaling_group.newest aws_autoscaling_group.numbered",
  "open require-imdsv2 undecided aws_autoscaling_group.default",
  // EKS merges the template with one of its own.
  "open require-imdsv2 undecided aws_eks_node_group.unset",
];

/** What the plan gives for IMDSv1 and versions, without its source. */
function findingsOf(text: string): readonly string[] {
  const { findings, errors } = lintIn({ "/infra/plan.json": text }, isPlan);
  expect(errors).toEqual([]);
  return findings
    .map(substance)
    .filter((finding) => / (?:require-imdsv2|launch-template-version-pinned) /.test(finding))
    .sort();
}

/** The plan's text with another value in the state that it was made from. */
function withPrior(change: (resources: StateResource[]) => void): string {
  const changed = JSON.parse(plan) as Plan;
  change(changed.prior_state.values.root_module.resources);
  return JSON.stringify(changed);
}

interface Plan {
  readonly prior_state: {
    readonly values: { readonly root_module: { readonly resources: StateResource[] } };
  };
}

interface StateResource {
  readonly address: string;
  readonly name: string;
  readonly values: { default_version: number; latest_version: number };
}

describe("launch templates that data sources found", () => {
  test("say what is launched through their newest version, and are not judged themselves", () => {
    expect(findingsOf(plan)).toEqual(aboutImdsv1);
  });

  test("stand at the data source in the plan's source", () => {
    const texts = { "/infra/main.tf": source, "/infra/plan.json": plan };
    const { findings } = lintIn(texts, isPlan);
    const [finding, ...others] = findings.filter((found) =>
      substance(found).startsWith("fail require-imdsv2 "),
    );
    const { path, range } = finding?.location ?? { path: "", range: { start: 0, end: 0 } };
    expect(others).toEqual([]);
    expect(path).toBe("/infra/main.tf");
    expect(source.slice(range.start, range.end)).toBe('"aws_launch_template" "open"');
    expect(finding?.chain.map(({ message }) => message)).toEqual([
      "the launch template is data.aws_launch_template.open.id",
      'the plan says http_tokens is "optional"',
    ]);
  });

  test("say what their default version has where it is the newest one", () => {
    const changed = withPrior(([open]) => {
      if (open !== undefined) open.values.default_version = 3;
    });
    expect(findingsOf(changed)).toEqual([
      "fail require-imdsv2 optional aws_autoscaling_group.default aws_autoscaling_group.newest aws_autoscaling_group.numbered",
      "open require-imdsv2 undecided aws_eks_node_group.unset",
    ]);
  });

  test("say nothing of other versions", () => {
    const changed = withPrior(([open]) => {
      if (open !== undefined) open.values.latest_version = 4;
    });
    expect(findingsOf(changed)).toEqual([
      "fail require-imdsv2 optional aws_autoscaling_group.newest",
      "open require-imdsv2 undecided aws_autoscaling_group.default",
      "open require-imdsv2 undecided aws_autoscaling_group.numbered",
      "open require-imdsv2 undecided aws_eks_node_group.unset",
    ]);
  });

  test("are one where two data sources find the same", () => {
    const changed = withPrior((resources) => {
      const [open] = resources;
      if (open === undefined) throw new Error("the plan has no data source");
      resources.push({ ...open, address: "data.aws_launch_template.again", name: "again" });
    });
    expect(findingsOf(changed)).toEqual(aboutImdsv1);
  });
});
