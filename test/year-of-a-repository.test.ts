import type { Log, Result } from "sarif";
import { describe, expect, test } from "vitest";
import { baselineText, readBaseline } from "../src/config/baseline/baseline-file.js";
import { applyBaseline, baselineEntry } from "../src/engine/apply-baseline.js";
import type { Report } from "../src/findings/report.js";
import { sarifReporter } from "../src/reporters/sarif-reporter.js";
import { rules } from "../src/rules/index.js";
import { SourceFile } from "../src/source/source-file.js";
import { lintTexts } from "./lint-files.js";

const ROOT = "/shop";

/** A repository over time, with what code scanning and the gate of a pull request make of it. */
class Repository {
  #texts: Record<string, string> = {};
  #today = "2026-01-15";
  #baseline = baselineText([]);
  #alerts = new Map<string, string>();

  /** Writes and removes files, and lets a day come. Gives what opened and closed, by rule and resource. */
  commit(texts: Readonly<Record<string, string | undefined>>, today = this.#today) {
    this.#today = today;
    const all = Object.entries({ ...this.#texts, ...prefixed(texts) });
    this.#texts = Object.fromEntries(
      all.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])),
    );
    const before = this.#alerts;
    this.#alerts = new Map(this.#results().map((result) => [identityOf(result), nameOf(result)]));
    return {
      opened: namesNotIn(this.#alerts, before),
      closed: namesNotIn(before, this.#alerts),
      gate: namesOf(this.#gate().report),
      unneeded: this.#gate().unneeded.map(({ resource }) => resource),
    };
  }

  text(path: string): string {
    return this.#texts[`${ROOT}/${path}`] ?? "";
  }

  writeBaseline(): void {
    const { findings } = this.#lint();
    this.#baseline = baselineText(findings.map((finding) => baselineEntry(finding, ROOT)));
  }

  pruneBaseline(): void {
    this.#baseline = baselineText(this.#gate().current);
  }

  /** The files that the baseline names. */
  get baselineFiles(): readonly string[] {
    return this.#entries().map(({ file }) => file);
  }

  #entries() {
    const read = readBaseline(new SourceFile("/baseline.json", this.#baseline));
    if ("fault" in read) throw new Error(read.fault);
    return read.entries;
  }

  #lint(): Report {
    return lintTexts(this.#texts, { rootDirectory: ROOT, suppressions: { today: this.#today } });
  }

  #gate() {
    return applyBaseline(this.#lint(), this.#entries(), {
      rootDirectory: ROOT,
      isRun: () => true,
      isJudged: (path) => path in this.#texts,
      exists: (path) => path in this.#texts,
    });
  }

  #results(): readonly Result[] {
    const text = sarifReporter(this.#lint(), {
      rules,
      version: "0.0.0",
      workingDirectory: ROOT,
      rootDirectory: ROOT,
      color: false,
      showOpen: false,
      elapsedMilliseconds: 0,
      finishedAt: new Date(0),
      outcome: 0,
    });
    const [run] = (JSON.parse(text) as Log).runs;
    return run?.results ?? [];
  }
}

function prefixed(texts: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [`${ROOT}/${path}`, text]));
}

/** What GitHub knows an alert by. */
function identityOf({ ruleId, partialFingerprints }: Result): string {
  return `${ruleId} ${partialFingerprints?.["primaryLocationLineHash"]}`;
}

function nameOf({ ruleId, locations }: Result): string {
  return `${ruleId} ${locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName}`;
}

function namesNotIn(alerts: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) {
  return [...alerts].flatMap(([identity, name]) => (others.has(identity) ? [] : [name])).sort();
}

function namesOf({ findings }: Report): readonly string[] {
  return findings.map(({ ruleId, resource }) => `${ruleId} ${resource.address}`).sort();
}

const nothing = { opened: [], closed: [], gate: [], unneeded: [] };

const instance = (name: string, tokens = "optional", above = "") => `  ${name}:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      InstanceType: t3.micro
      Tags: [{Key: Name, Value: "${name} of the shop, which has been here for years"}]
      MetadataOptions:
        HttpEndpoint: enabled
${above}        HttpTokens: ${tokens}
      SubnetId: "subnet-of-${name}-in-the-network-that-all-of-them-share-since-the-beginning"
`;

const template = (...instances: readonly string[]) => `Resources:\n${instances.join("")}`;

const asg = (name: string, expansion: string) => `
resource "aws_instance" "${name}" {
  ${expansion}
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = var.tokens
  }
}
`;

describe("a year of one repository", () => {
  const shop = new Repository();

  test("January: what is wrong becomes alerts", () => {
    expect(shop.commit({ "web.yaml": template(instance("Web"), instance("Worker")) })).toEqual({
      ...nothing,
      opened: ["require-imdsv2 Web", "require-imdsv2 Worker"],
      gate: ["require-imdsv2 Web", "require-imdsv2 Worker"],
    });
  });

  test("February: a baseline lets everything through that is there", () => {
    shop.writeBaseline();
    expect(shop.commit({})).toEqual(nothing);
  });

  test("March: edits above, between and below, and another order, change nothing", () => {
    const edited = `# The shop\nParameters:\n  Size: {Type: String, Default: a}\n${template(
      instance("Safe", "required"),
      instance("Worker"),
      instance("Web"),
    )}Outputs:\n  Size: {Value: !Ref Size}\n`;
    expect(shop.commit({ "web.yaml": edited })).toEqual(nothing);
    expect(shop.commit({ "web.yaml": edited.replaceAll("\n", "\r\n") })).toEqual(nothing);
    expect(shop.commit({ "web.yaml": edited })).toEqual(nothing);
  });

  test("April: the same mistake elsewhere is new, in the same file and in another", () => {
    const web = shop.text("web.yaml");
    expect(
      shop.commit({ "web.yaml": web.replace("Outputs:", `${instance("Cache")}Outputs:`) }),
    ).toEqual({
      ...nothing,
      opened: ["require-imdsv2 Cache"],
      gate: ["require-imdsv2 Cache"],
    });
    const copy = template(instance("Web").replace("in-the-network", "of-the-copy"));
    expect(shop.commit({ "web.yaml": web, "copy.yaml": copy })).toEqual({
      ...nothing,
      opened: ["require-imdsv2 Web"],
      closed: ["require-imdsv2 Cache"],
      gate: ["require-imdsv2 Web"],
    });
  });

  test("May: a suppression closes that alert and no other", () => {
    const comment =
      "        # imdslint-ignore-next-line require-imdsv2 until 2026-09-30 -- waits for version 5\n";
    const copy = template(
      instance("Web", "optional", comment).replace("in-the-network", "of-the-copy"),
    );
    expect(shop.commit({ "copy.yaml": copy }, "2026-05-15")).toEqual({
      ...nothing,
      closed: ["require-imdsv2 Web"],
    });
  });

  test("June: what is fixed closes, and is no longer needed in the baseline", () => {
    const fixed = shop.text("web.yaml").replace(instance("Worker"), instance("Worker", "required"));
    expect(shop.commit({ "web.yaml": fixed })).toEqual({
      ...nothing,
      closed: ["require-imdsv2 Worker"],
      unneeded: ["Worker"],
    });
    shop.pruneBaseline();
    expect(shop.commit({})).toEqual(nothing);
    expect(shop.baselineFiles).toEqual(["web.yaml"]);
  });

  test("July: what was fixed and comes back is new", () => {
    const fixed = shop.text("web.yaml");
    const again = fixed.replace(instance("Worker", "required"), instance("Worker"));
    expect(shop.commit({ "web.yaml": again })).toEqual({
      ...nothing,
      opened: ["require-imdsv2 Worker"],
      gate: ["require-imdsv2 Worker"],
    });
    expect(shop.commit({ "web.yaml": fixed })).toMatchObject({ closed: ["require-imdsv2 Worker"] });
  });

  test("August: a file that is moved takes its alerts and its entries along", () => {
    const web = shop.text("web.yaml");
    expect(shop.commit({ "web.yaml": undefined, "stacks/web.yaml": web })).toEqual(nothing);
    shop.pruneBaseline();
    expect(shop.baselineFiles).toEqual(["stacks/web.yaml"]);
    expect(shop.commit({})).toEqual(nothing);
  });

  test("September: a copy beside the original is no move", () => {
    const web = shop.text("stacks/web.yaml");
    expect(shop.commit({ "stacks/eu.yaml": web })).toMatchObject({ gate: ["require-imdsv2 Web"] });
    shop.commit({ "stacks/eu.yaml": undefined });
  });

  test("October: an expired suppression brings the alert back, and says that it is over", () => {
    expect(shop.commit({}, "2026-10-01")).toEqual({
      ...nothing,
      opened: ["require-imdsv2 Web", "unused-suppression Web"],
      gate: ["require-imdsv2 Web", "unused-suppression Web"],
    });
    expect(shop.commit({ "copy.yaml": undefined })).toEqual({
      ...nothing,
      closed: ["require-imdsv2 Web", "unused-suppression Web"],
    });
  });

  test("November: an open result that is known becomes a failure, which is new", () => {
    shop.commit({ "main.tf": asg("app", ""), "variables.tf": 'variable "tokens" {}\n' });
    shop.writeBaseline();
    expect(shop.commit({})).toEqual(nothing);
    expect(
      shop.commit({ "variables.tf": 'variable "tokens" {\n  default = "optional"\n}\n' }),
    ).toEqual({
      ...nothing,
      opened: ["require-imdsv2 aws_instance.app"],
      gate: ["require-imdsv2 aws_instance.app"],
      unneeded: ["aws_instance.app"],
    });
  });

  test("December: count, for_each, and another resource at the same place are no new alert", () => {
    shop.writeBaseline();
    expect(shop.commit({ "main.tf": asg("app", "count = 2") })).toEqual(nothing);
    expect(shop.commit({ "main.tf": asg("app", 'for_each = toset(["a", "b"])') })).toEqual(nothing);
    expect(shop.commit({ "main.tf": asg("app", "") + asg("worker", "") })).toEqual(nothing);
  });
});
