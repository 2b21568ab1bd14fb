import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../src/findings/finding.js";
import type { Report } from "../../../src/findings/report.js";
import { isPlan, lintIn, substance } from "./lint-plan.js";

/**
 * Configurations with the plans that Terraform 1.11 made of them, with a provider that has the schema
 * of hashicorp/aws 5 for the four types of resources that matter here.
 */
const fixtures = new URL("../../../fixtures/plans/", import.meta.url).pathname;

function textsOf(name: string): Readonly<Record<string, string>> {
  const directory = `${fixtures}${name}`;
  const files = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = `${entry.parentPath}/${entry.name}`;
        return [`/infra${path.slice(directory.length)}`, readFileSync(path, "utf8")];
      }),
  );
}

/** Findings as `file:line kind rule message resources`. */
function lines({ findings, files }: Report): readonly string[] {
  return findings.map((finding) => {
    const { path, range } = finding.location;
    const line = (files.get(path)?.position(range.start).line ?? -1) + 1;
    return `${path.slice("/infra/".length)}:${line} ${substance(finding)}`;
  });
}

/** All but the places in the plan. */
function everything({ related, resources, ...finding }: Finding) {
  return {
    ...finding,
    resource: finding.resource.address,
    resources: resources.map(({ address }) => address).sort(),
    related: related.filter(({ location }) => !isPlan(location.path)),
  };
}

describe.each(["options", "links", "existing", "undecided", "json-syntax"])(
  "the plan of %s",
  (name) => {
    const texts = textsOf(name);

    test("gives the findings of its source, at the same places and with the same fingerprints", () => {
      const ofSource = lintIn(texts, (path) => !isPlan(path));
      const ofPlan = lintIn(texts, isPlan);
      expect(ofSource.errors).toEqual([]);
      expect(ofPlan.errors).toEqual([]);
      expect(ofSource.findings.length).toBeGreaterThan(1);
      expect(ofPlan.findings.map(everything)).toEqual(ofSource.findings.map(everything));
    });

    test("adds nothing to its source but its places", () => {
      const ofSource = lintIn(texts, (path) => !isPlan(path));
      const ofBoth = lintIn(texts, () => true);
      expect(ofBoth.findings.map(everything)).toEqual(ofSource.findings.map(everything));
      expect(ofBoth.coverage.terraformPlans).toBe(1);
    });

    test("says where it has the resource of each finding", () => {
      const { findings, files } = lintIn(texts, isPlan);
      const plan = files.get("/infra/plan.json")?.text ?? "";
      for (const { resource, location, related } of findings) {
        expect(isPlan(location.path)).toBe(false);
        const places = related.filter((place) => isPlan(place.location.path));
        expect(places.map(({ location: { range } }) => plan.slice(range.start, range.end))).toEqual(
          [JSON.stringify(resource.address)],
        );
      }
    });
  },
);

/** What a plan without its source cannot tell, and what it tells instead. */
const differences: Readonly<
  Record<string, { readonly onlySource: readonly string[]; readonly onlyPlan: readonly string[] }>
> = {
  options: {
    onlySource: ["fail require-imdsv2 missing aws_instance.dynamic"],
    onlyPlan: ["open require-imdsv2 undecided aws_instance.dynamic"],
  },
  // Locals are not part of a plan.
  links: {
    onlySource: [
      "fail require-imdsv2 optional aws_instance.by_id aws_instance.by_local aws_launch_template.open",
    ],
    onlyPlan: [
      "fail require-imdsv2 optional aws_instance.by_id aws_launch_template.open",
      "open require-imdsv2 undecided aws_instance.by_local",
    ],
  },
  existing: { onlySource: [], onlyPlan: [] },
  // One variable decides two resources, which the plan has at two places.
  "json-syntax": {
    onlySource: ["fail require-imdsv2 optional aws_instance.dynamic aws_instance.object"],
    onlyPlan: [
      "fail require-imdsv2 optional aws_instance.dynamic",
      "fail require-imdsv2 optional aws_instance.object",
    ],
  },
  // A plan has no conditions.
  undecided: {
    onlySource: ["fail require-imdsv2 optional aws_instance.unknown_tokens"],
    onlyPlan: ["open require-imdsv2 undecided aws_instance.unknown_tokens"],
  },
};

describe.each(Object.entries(differences))(
  "the plan of %s alone",
  (name, { onlySource, onlyPlan }) => {
    const texts = textsOf(name);

    test("gives the findings of its source, but for what it cannot tell", () => {
      const ofSource = lintIn(texts, (path) => !isPlan(path)).findings.map(substance);
      const { findings, errors } = lintIn(
        { "/infra/plan.json": texts["/infra/plan.json"] ?? "" },
        isPlan,
      );
      const ofPlan = findings.map(substance);
      expect(errors).toEqual([]);
      expect(ofSource.filter((finding) => !ofPlan.includes(finding)).sort()).toEqual(onlySource);
      expect(ofPlan.filter((finding) => !ofSource.includes(finding)).sort()).toEqual(onlyPlan);
    });

    test("points at what it speaks of", () => {
      const { findings, files } = lintIn(
        { "/infra/plan.json": texts["/infra/plan.json"] ?? "" },
        isPlan,
      );
      const plan = files.get("/infra/plan.json")?.text ?? "";
      for (const { location, resource } of findings) {
        const { start, end } = location.range;
        expect(plan.slice(start, end)).toMatch(/^(?:true|"[^"]+")$/);
        // The place lies behind the resource's address and before that of the next one.
        const before = plan.slice(0, start);
        const address = before.slice(before.lastIndexOf('"address":') + 10);
        const isAtResource = address.startsWith(JSON.stringify(resource.address));
        expect(isAtResource || plan.slice(start, end) === JSON.stringify(resource.address)).toBe(
          true,
        );
      }
    });
  },
);

describe("a plan that knows more than its source", () => {
  const texts = textsOf("decided");

  test("decides the branch, the number of instances and the variables", () => {
    const report = lintIn(texts, isPlan);
    expect(report.errors).toEqual([]);
    expect(
      report.findings.filter(({ kind, when }) => kind === "open" || when !== undefined),
    ).toEqual([]);
    const group = 'module.fleet["open"].module.group[0]';
    expect(lines(report)).toEqual([
      `main.tf:19 fail require-imdsv2 optional ${group}.aws_autoscaling_group.this ${group}.aws_launch_template.this`,
      "main.tf:29 fail require-imdsv2 optional aws_instance.secret",
      "main.tf:53 fail require-imdsv2 optional aws_instance.branch",
      "main.tf:80 fail require-imdsv2 optional aws_instance.many[2]",
      "main.tf:100 fail require-imdsv2 optional aws_instance.named aws_instance.numbered aws_launch_template.by_environment",
      'main.tf:111 fail require-imdsv2 optional aws_autoscaling_group.each["b"] aws_launch_template.each["b"]',
      "main.tf:134 fail require-imdsv2 optional aws_instance.same[0] aws_instance.same[1] aws_launch_template.same[0] aws_launch_template.same[1]",
      "main.tf:151 fail launch-template-version-pinned default aws_instance.named",
      "main.tf:158 fail launch-template-version-pinned number aws_instance.numbered",
    ]);
  });

  test("keeps what is sensitive out of the chain", () => {
    const { findings } = lintIn(texts, isPlan);
    const secret = findings.find(({ resource }) => resource.address === "aws_instance.secret");
    expect(secret?.chain.at(-1)?.message).toBe(
      "variable secret_tokens is set to (sensitive value) by the plan",
    );
  });

  test("alone cannot tell which of several templates with different options is meant", () => {
    const report = lintIn({ "/infra/plan.json": texts["/infra/plan.json"] ?? "" }, isPlan);
    const open = report.findings.filter(({ kind }) => kind === "open").map(substance);
    expect(open).toEqual([
      'open require-imdsv2 undecided aws_autoscaling_group.each["a"]',
      'open require-imdsv2 undecided aws_autoscaling_group.each["b"]',
    ]);
  });
});

describe("a plan of modules that are not installed", () => {
  test("is located at the calls, and links reach into the modules", () => {
    const report = lintIn(textsOf("uninstalled"), isPlan);
    expect(lines(report)).toEqual([
      "main.tf:9 fail require-imdsv2 missing module.default.aws_autoscaling_group.this module.default.aws_launch_template.this",
      "main.tf:15 fail require-imdsv2 optional aws_instance.inherits module.open.aws_autoscaling_group.this module.open.aws_launch_template.this",
    ]);
    const [, open] = report.findings;
    expect(open?.chain.map(({ message }) => message)).toEqual([
      'the plan says http_tokens is "optional"',
    ]);
    expect(report.coverage.skipped).toEqual([]);
  });
});

describe("the source of a plan", () => {
  const { "/infra/plan.json": plan = "", "/infra/main.tf": main = "" } = textsOf("options");
  const placesOf = (report: Report) => [
    ...new Set(report.findings.map(({ location }) => location.path)),
  ];

  test("is looked for beside the plan", () => {
    const texts = { "/infra/a/plan.json": plan, "/infra/a/main.tf": main };
    expect(placesOf(lintIn(texts, isPlan))).toEqual(["/infra/a/main.tf"]);
  });

  test("is looked for in the working directory", () => {
    const texts = { "/infra/out/plan.json": plan, "/infra/a/main.tf": main };
    const options = { workingDirectory: "/infra/a" };
    expect(placesOf(lintIn(texts, isPlan, options))).toEqual(["/infra/a/main.tf"]);
    expect(placesOf(lintIn(texts, isPlan))).toEqual(["/infra/out/plan.json"]);
  });

  test("is where somebody says", () => {
    const texts = { "/infra/plan.json": plan, "/infra/a/main.tf": main, "/infra/main.tf": main };
    const report = lintIn(texts, isPlan, { sourceRoot: "/infra/a" });
    expect(placesOf(report)).toEqual(["/infra/a/main.tf"]);
  });

  test.each([
    ["declares more", `${main}\nresource "aws_instance" "later" {}\n`],
    ["declares less", main.replace('"aws_instance" "bare"', '"aws_instance" "naked"')],
    ["calls another module", `${main}\nmodule "more" {\n  source = "./more"\n}\n`],
    ["cannot be read in full", `${main}\nresource "aws_instance" {`],
  ])("is not what %s", (_, changed) => {
    const texts = { "/infra/plan.json": plan, "/infra/main.tf": changed };
    const unasked = lintIn(texts, isPlan);
    expect(placesOf(unasked)).toEqual(["/infra/plan.json"]);
    expect(unasked.errors).toEqual([]);
  });

  test("is complained of where somebody names another one", () => {
    const texts = { "/infra/plan.json": plan, "/infra/a/main.tf": 'resource "aws_vpc" "a" {}' };
    const elsewhere = lintIn(texts, isPlan, { sourceRoot: "/infra/a" });
    expect(elsewhere.errors.map(({ message }) => message)).toEqual([
      "this is no plan of the Terraform files in a: aws_instance.bare is declared in the plan alone",
    ]);
    const nowhere = lintIn(texts, isPlan, { sourceRoot: "/infra/b" });
    expect(nowhere.errors.map(({ message }) => message)).toEqual([
      "there are no Terraform files in b",
    ]);
    expect(placesOf(nowhere)).toEqual(["/infra/plan.json"]);
  });
});
