import { describe, expect, test } from "vitest";
import type { Report } from "../../src/findings/report.js";
import { lintTexts } from "../lint-files.js";

const RULE = "require-imdsv2";

/** The addresses that a rule of ours is found and suppressed on, and what is said of suppressions. */
function outcome({ findings, suppressed }: Report) {
  const addresses = (list: Report["findings"]) =>
    list
      .filter(({ ruleId }) => ruleId === RULE)
      .flatMap(({ resources }) => resources.map(({ address }) => address))
      .sort();
  return {
    found: addresses(findings),
    suppressed: addresses(suppressed),
    unused: findings
      .filter(({ ruleId }) => ruleId === "unused-suppression")
      .map(({ messageId }) => messageId),
  };
}

const instance = (name: string, above = "", within = "") => `
${above}
resource "aws_instance" "${name}" {
${within}
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = var.tokens
  }
}
`;

const variable = (above = "") => `
variable "tokens" {
${above}
  default = "optional"
}
`;

const comment = (keyword: string) => `# imdslint-${keyword} ${RULE} -- because`;

describe("what a suppression covers", () => {
  test("the resource it stands in or above, and no other that shares the deciding place", () => {
    for (const [above, within] of [
      [comment("ignore-resource"), ""],
      ["", comment("ignore-resource")],
      [`/* imdslint-ignore-resource ${RULE}\n  -- what follows is no part of it */`, ""],
      [`// imdslint-ignore-resource ${RULE} -- because\n\n# of this`, ""],
    ] as const) {
      const text = instance("a", above, within) + instance("b") + variable();
      const report = lintTexts({ "/case/main.tf": text });
      if (above.startsWith("/*")) {
        expect(outcome(report)).toMatchObject({ unused: ["no-reason"] });
      } else {
        expect(outcome(report)).toEqual({
          found: ["aws_instance.b"],
          suppressed: ["aws_instance.a"],
          unused: [],
        });
      }
    }
  });

  test("silencing one resource leaves the other's finding the same", () => {
    const [before] = lintTexts({
      "/case/main.tf": instance("a") + instance("b") + variable(),
    }).findings;
    const after = lintTexts({
      "/case/main.tf": instance("a", comment("ignore-resource")) + instance("b") + variable(),
    });
    expect(before?.resources).toHaveLength(2);
    expect(after.findings.map(({ fingerprint }) => fingerprint)).toEqual([before?.fingerprint]);
    expect(after.suppressed.map(({ fingerprint }) => fingerprint)).toEqual([before?.fingerprint]);
  });

  test("no fix changes what somebody accepted", () => {
    const lint = (above: string) =>
      lintTexts(
        { "/case/main.tf": instance("a", above) + instance("b") + variable() },
        { withFixes: true },
      ).findings.map(({ fix }) => fix?.title);
    expect(lint("")).toEqual([expect.any(String)]);
    expect(lint(comment("ignore-resource"))).toEqual([undefined]);
  });

  test("the line that decides, for all that hangs on it", () => {
    const text = instance("a") + instance("b") + variable(comment("ignore-next-line"));
    expect(outcome(lintTexts({ "/case/main.tf": text }))).toEqual({
      found: [],
      suppressed: ["aws_instance.a", "aws_instance.b"],
      unused: [],
    });
  });

  test("a line that the value passes through, for what passes there", () => {
    const marked = instance("a").replace(
      /(?=\n.*http_tokens)/,
      `\n    ${comment("ignore-next-line")}`,
    );
    expect(outcome(lintTexts({ "/case/main.tf": marked + instance("b") + variable() }))).toEqual({
      found: ["aws_instance.b"],
      suppressed: ["aws_instance.a"],
      unused: [],
    });
  });

  test("the next line is never the comment's own, and lies below other comments", () => {
    const inline = `    /* imdslint-ignore-next-line ${RULE} -- because */ http_tokens = var.tokens`;
    const text = instance("a").replace(/.*http_tokens.*/, inline) + variable();
    expect(outcome(lintTexts({ "/case/main.tf": text }))).toMatchObject({
      found: ["aws_instance.a"],
      unused: ["unused"],
    });
    const last = `Resources:\n  Web: {Type: AWS::EC2::Instance} ${comment("ignore-next-line")}`;
    expect(outcome(lintTexts({ "/case/t.yaml": last })).found).toEqual(["Web"]);
    const stacked = `${comment("ignore-next-line")}\n\n  # why\n  /* more\n   */`;
    expect(outcome(lintTexts({ "/case/main.tf": instance("a") + variable(stacked) }))).toEqual({
      found: [],
      suppressed: ["aws_instance.a"],
      unused: [],
    });
  });

  test("no other line of the resource", () => {
    const text = instance("a", comment("ignore-next-line")) + variable();
    expect(outcome(lintTexts({ "/case/main.tf": text }))).toEqual({
      found: ["aws_instance.a"],
      suppressed: [],
      unused: ["unused"],
    });
  });

  test("the file of the resource, and the file that decides", () => {
    const head = `${comment("ignore-file")}\n`;
    for (const texts of [
      { "/case/main.tf": head + instance("a"), "/case/variables.tf": variable() },
      { "/case/main.tf": instance("a"), "/case/variables.tf": head + variable() },
    ]) {
      expect(outcome(lintTexts(texts))).toEqual({
        found: [],
        suppressed: ["aws_instance.a"],
        unused: [],
      });
    }
  });

  test("everything that a module call creates, and nothing of another call", () => {
    const call = (name: string, within = "") =>
      `module "${name}" {\n${within}\n  source = "./web"\n}\n`;
    const report = lintTexts({
      "/case/main.tf": call("a", comment("ignore-resource")) + call("b"),
      "/case/web/main.tf": instance("this") + variable(),
    });
    expect(outcome(report)).toEqual({
      found: ["module.b.aws_instance.this"],
      suppressed: ["module.a.aws_instance.this"],
      unused: [],
    });
  });

  test("everything that a nested stack creates, and nothing of another stack of the template", () => {
    const stack = (name: string, ignore = "") =>
      `  ${name}:\n    Type: AWS::CloudFormation::Stack\n${ignore}    Properties: {TemplateURL: web.yaml}\n`;
    const report = lintTexts({
      "/case/main.yaml": `Resources:\n${stack("A", `    ${comment("ignore-resource")}\n`)}${stack("B")}`,
      "/case/web.yaml": "Resources:\n  Web: {Type: AWS::EC2::Instance}\n",
    });
    expect(outcome(report)).toEqual({ found: ["B/Web"], suppressed: ["A/Web"], unused: [] });
    const text = JSON.stringify({ Resources: { Web: { Type: "AWS::EC2::Instance" } } });
    const deployed = lintTexts({
      "/case/main.tf": `resource "aws_cloudformation_stack" "s" {\n  ${comment("ignore-resource")}\n  template_body = jsonencode(${text})\n}\n`,
    });
    expect(outcome(deployed)).toMatchObject({ found: [], unused: [] });
    expect(outcome(deployed).suppressed).toHaveLength(1);
  });

  test("what launches through a template, above the template", () => {
    const report = lintTexts({
      "/case/main.tf": `
# imdslint-ignore-resource ${RULE} -- because
resource "aws_launch_template" "t" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
}
resource "aws_autoscaling_group" "g" {
  min_size = 1
  max_size = 1
  launch_template {
    id      = aws_launch_template.t.id
    version = aws_launch_template.t.latest_version
  }
}
`,
    });
    expect(outcome(report)).toEqual({
      found: [],
      suppressed: ["aws_autoscaling_group.g", "aws_launch_template.t"],
      unused: [],
    });
  });

  test("open results too", () => {
    const open = lintTexts({
      "/case/main.tf": `${instance("a", comment("ignore-resource"))}\nvariable "tokens" {}\n`,
    });
    expect(open.findings.filter(({ decides }) => decides.includes(RULE))).toEqual([]);
    expect(open.suppressed.map(({ kind, ruleId }) => [kind, ruleId])).toContainEqual([
      "open",
      RULE,
    ]);
  });
});

describe("comments are found where the language has them", () => {
  const resource = (text: string) => `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions: {HttpEndpoint: enabled, HttpTokens: optional}
      UserData: ${text}
`;

  test.each([
    `|\n        #!/bin/sh\n        ${comment("ignore-file")}`,
    `>-\n        a\n\n        ${comment("ignore-file")}`,
    `"a ${comment("ignore-file")}"`,
    `'a ${comment("ignore-file")}'`,
    `a${comment("ignore-file")}`,
    `"a\n        ${comment("ignore-file")}"`,
  ])("what stands in a scalar of YAML is text: %j", (scalar) => {
    const report = lintTexts({ "/case/template.yaml": resource(scalar) });
    expect(report.errors).toEqual([]);
    expect(outcome(report)).toEqual({ found: ["Web"], suppressed: [], unused: [] });
  });

  test.each([
    `a ${comment("ignore-file")}`,
    `| ${comment("ignore-file")}\n        a`,
    `"a" ${comment("ignore-file")}`,
    `a\n${comment("ignore-file")}`,
    `!Sub\n        ${comment("ignore-file")}\n        a`,
  ])("what stands beside one is a comment: %j", (scalar) => {
    const report = lintTexts({ "/case/template.yaml": resource(scalar) });
    expect(report.errors).toEqual([]);
    expect(outcome(report)).toEqual({ found: [], suppressed: ["Web"], unused: [] });
  });

  test("also in a template with aliases, and in a broken one", () => {
    const aliases = `Resources:
  A: &a
    Type: AWS::EC2::Instance
    Properties: &p {UserData: "#"}
  # imdslint-ignore-resource ${RULE} -- because
  B: *a
  C: {Type: "AWS::EC2::Instance", Properties: *p}
`;
    expect(outcome(lintTexts({ "/case/template.yaml": aliases }))).toMatchObject({
      found: ["A", "C"],
      suppressed: ["B"],
    });
    const broken = `${comment("ignore-file")}\n${resource("a")}  Broken: [\n`;
    expect(outcome(lintTexts({ "/case/template.yaml": broken }))).toMatchObject({
      suppressed: ["Web"],
    });
  });

  test("what stands in a heredoc or string of HCL is text", () => {
    for (const value of [
      `<<EOT\n${comment("ignore-file")}\nEOT`,
      `"${comment("ignore-file")}"`,
      `"/* imdslint-ignore-file ${RULE} -- because */"`,
    ]) {
      const text = instance("a", "", `  user_data = ${value}`) + variable();
      expect(outcome(lintTexts({ "/case/main.tf": text }))).toEqual({
        found: ["aws_instance.a"],
        suppressed: [],
        unused: [],
      });
    }
  });

  test("indentation tells which resource a comment behind the last line belongs to", () => {
    const template = (indent: string) => `Resources:
  A:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-1}
${indent}${comment("ignore-resource")}
  B:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-1}
`;
    expect(outcome(lintTexts({ "/case/t.yaml": template("    ") })).suppressed).toEqual(["A"]);
    expect(outcome(lintTexts({ "/case/t.yaml": template("  ") })).suppressed).toEqual(["B"]);
  });

  test("behind the end of a resource it is that one's, not the next one's", () => {
    const main = (first: string) => `${first} ${comment("ignore-resource")}
resource "aws_instance" "b" {}
`;
    const silencedBy = (first: string) => outcome(lintTexts({ "/case/main.tf": main(first) }));
    const isFirst = { found: ["aws_instance.b"], suppressed: ["aws_instance.a"], unused: [] };
    expect(silencedBy('resource "aws_instance" "a" {}')).toEqual(isFirst);
    expect(silencedBy('resource "aws_instance" "a" {\n}')).toEqual(isFirst);
    const template = `Resources:
  A: {Type: AWS::EC2::Instance} ${comment("ignore-resource")}
  B: {Type: AWS::EC2::Instance}
`;
    expect(outcome(lintTexts({ "/case/t.yaml": template }))).toMatchObject({
      found: ["B"],
      suppressed: ["A"],
    });
  });

  test("Terraform's JSON syntax has properties named // for them", () => {
    const web = { user_data: "#" };
    const text = (own: object, root: object) =>
      JSON.stringify({ ...root, resource: { aws_instance: { a: { ...web, ...own }, b: web } } });
    const said = (keyword: string) => ({ "//": `imdslint-${keyword} ${RULE} -- because` });
    expect(outcome(lintTexts({ "/case/main.tf.json": text(said("ignore-resource"), {}) }))).toEqual(
      {
        found: ["aws_instance.b"],
        suppressed: ["aws_instance.a"],
        unused: [],
      },
    );
    expect(outcome(lintTexts({ "/case/main.tf.json": text({}, said("ignore-file")) }))).toEqual({
      found: [],
      suppressed: ["aws_instance.a", "aws_instance.b"],
      unused: [],
    });
    const list = { "//": ["an old one", `imdslint-ignore-resource ${RULE} -- because`] };
    expect(outcome(lintTexts({ "/case/main.tf.json": text(list, {}) })).suppressed).toEqual([
      "aws_instance.a",
    ]);
  });

  test("metadata of JSON templates", () => {
    const ignore = { imdslint: { ignore: [{ rule: RULE, reason: "because" }] } };
    const web = { Type: "AWS::EC2::Instance", Properties: { ImageId: "ami-1" } };
    const resource = { Resources: { A: { ...web, Metadata: ignore }, B: web } };
    expect(outcome(lintTexts({ "/case/t.json": JSON.stringify(resource) }))).toEqual({
      found: ["B"],
      suppressed: ["A"],
      unused: [],
    });
    const template = { Metadata: ignore, Resources: { A: web, B: web } };
    expect(outcome(lintTexts({ "/case/t.json": JSON.stringify(template) })).suppressed).toEqual([
      "A",
      "B",
    ]);
  });

  test("CRLF and characters of two code units move nothing", () => {
    const text = (comment("ignore-next-line").replace("because", "🙂") + "\n  default = 1")
      .split("\n")
      .join("\r\n");
    const report = lintTexts({
      "/case/main.tf": `# 🙂\r\nvariable "tokens" {\r\n${text}\r\n}\r\n`,
    });
    const [finding] = report.findings;
    expect(finding?.messageId).toBe("unused");
    expect(report.files.get("/case/main.tf")?.position(finding?.location.range.start ?? 0)).toEqual(
      {
        line: 2,
        column: 28,
      },
    );
  });
});

describe("the grammar", () => {
  const said = (text: string, suppressions = {}) =>
    outcome(
      lintTexts(
        { "/case/main.tf": `# ${text}\n${instance("a")}${variable()}` },
        { suppressions: { today: "2026-07-01", ...suppressions } },
      ),
    );

  test.each([
    [`imdslint-ignore-file ${RULE} -- because`, []],
    [`imdslint-ignore-file ${RULE} until 2026-07-01 -- because`, []],
    [`imdslint-ignore-file ${RULE} -- because until 2026-07-01`, []],
    [`imdslint-ignore-file ${RULE} until 2026-06-30 -- because`, ["expired"]],
    [`imdslint-ignore-file ${RULE} -- because until 2026-06-30`, ["expired"]],
    [`imdslint-ignore-file ${RULE} until June -- because`, ["unreadable"]],
    [`imdslint-ignore-file ${RULE} until 2026-02-30 -- because`, ["unreadable"]],
    [`imdslint-ignore-file ${RULE} until`, ["unreadable"]],
    [`imdslint-ignore-file ${RULE}`, ["no-reason"]],
    [`imdslint-ignore-file ${RULE} --`, ["no-reason"]],
    [`imdslint-ignore-file -- because`, ["unreadable"]],
    [`imdslint-ignore-file`, ["unreadable"]],
    [`imdslint-ignore-file ${RULE}s -- because`, ["unknown-rule"]],
    [`imdslint-ignore-file: ${RULE} -- because`, []],
    [`imdslint-ignore-file ${RULE} because it is old`, ["unreadable"]],
    [`imdslint-ignore-file ${RULE} — because it is old`, ["unreadable"]],
    [`imdslint-ignore-file ${RULE}, because, it -- is old`, ["unknown-rule", "unknown-rule"]],
    [`imdslint-ignore-file ${RULE} ipv6-needs-nitr`, ["no-reason", "unknown-rule"]],
    [`imdslint-ignore-file ${RULE}, *`, ["no-reason", "unknown-rule"]],
    [`imdslint-ignore-nextline ${RULE} -- because`, ["unreadable"]],
    [`imdslint-disable ${RULE} -- because`, ["unreadable"]],
    [`imdslint-fix is what the hook is called`, []],
    [`see imdslint-ignore-file ${RULE}`, []],
    [`imdslint-ignore-resource ${RULE} -- because`, []],
  ])("%s", (text, unused) => {
    expect(said(text).unused).toEqual(unused);
  });

  test("several rules share a reason, and each is judged", () => {
    expect(said(`imdslint-ignore-file ${RULE}, ipv6-needs-nitro no-such-rule -- because`)).toEqual({
      found: [],
      suppressed: ["aws_instance.a"],
      unused: ["unused", "unknown-rule"],
    });
  });

  test("the reason can be left out where the settings allow it", () => {
    expect(said(`imdslint-ignore-file ${RULE}`, { requireReason: false }).unused).toEqual([]);
    expect(
      said(`imdslint-ignore-file ${RULE} because it is old`, { requireReason: false }).unused,
    ).toEqual(["unreadable"]);
  });

  test("nothing counts where suppressions are off", () => {
    expect(said(`imdslint-ignore-file ${RULE} -- because`, { inline: false })).toEqual({
      found: ["aws_instance.a"],
      suppressed: [],
      unused: [],
    });
  });

  test("what is said of suppressions can be suppressed", () => {
    const both = `imdslint-ignore-file ipv6-needs-nitro, unused-suppression -- for other settings`;
    expect(said(both).unused).toEqual([]);
  });

  test("nothing is said of rules that are off, nor of what was not evaluated in full", () => {
    const rules = new Map();
    const text = `# imdslint-ignore-file ${RULE} -- because\n${instance("a")}${variable()}`;
    expect(lintTexts({ "/case/main.tf": text }, { rules }).findings).toEqual([]);
    const broken = `# imdslint-ignore-file ipv6-needs-nitro -- because\nresource "aws_instance" {\n`;
    expect(outcome(lintTexts({ "/case/main.tf": broken })).unused).toEqual([]);
  });
});
