import { describe, expect, it } from "vitest";
import type { Report } from "../../src/findings/report.js";
import { type Format, formats } from "../../src/reporters/format-names.js";
import { writeReport } from "../../src/reporters/formats.js";
import { textReporter } from "../../src/reporters/text-reporter.js";
import { problemsOfJson } from "./consumers/json-formats.js";
import { commandsIn } from "./consumers/log-commands.js";
import { readXml, type XmlElement } from "./consumers/read-xml.js";
import { problemsOfXml } from "./consumers/xml-formats.js";
import { expectGolden } from "./golden.js";
import { context, finding, report, resource, SampleFile } from "./sample-files.js";
import {
  brokenReport,
  cleanReport,
  hostileReport,
  mixedReport,
  openReport,
} from "./sample-reports.js";

const reports = {
  clean: cleanReport,
  mixed: mixedReport,
  broken: brokenReport,
  open: openReport,
  hostile: hostileReport,
  commands: commandsReport,
} as const;

const names = Object.keys(reports) as readonly (keyof typeof reports)[];

const machineFormats = (Object.keys(formats) as readonly Format[]).filter(
  (format): format is Exclude<Format, "text"> => format !== "text",
);

function write(format: Format, report: Report, more: Partial<typeof context> = {}): string {
  const all = { ...context, ...more };
  return format === "text" ? textReporter(report, all) : writeReport(format, report, all);
}

/** Texts that CI systems would obey, or that would end what a format quotes them in. */
const COMMAND = "::add-mask::x ##vso[task.setvariable variable=a]b ##teamcity[buildStop]";
const QUOTES = `]]> </failure> "'|,;:%0A%25 *bold* @someone #12 <b>\u0000\ufffe`;

function commandsReport(): Report {
  const file = new SampleFile(
    "infra/::set-env name=x::,a=1;b]##vso[x]'|.tf",
    `${COMMAND} = "${QUOTES}"\n`,
  );
  const web = resource(COMMAND, "aws_instance", file.at("x"));
  return report([file], {
    findings: [
      finding({
        ruleId: "require-imdsv2",
        severity: "error",
        message: `${COMMAND} answers IMDSv1 requests: ${QUOTES}`,
        advice: COMMAND,
        when: COMMAND,
        location: file.at("= "),
        resource: web,
        resources: [web, resource(`${COMMAND}2`, "aws_instance", file.at("b"))],
        chain: [
          { step: "written", message: COMMAND, location: file.at("a") },
          { step: "local", message: QUOTES, location: file.at("b") },
        ],
        related: [{ message: COMMAND, location: file.at("x") }],
      }),
    ],
    errors: [{ code: "syntax", message: COMMAND, path: file.path, location: file.at("vso") }],
    coverage: {
      skipped: [{ kind: "not-supported", message: COMMAND, location: file.at("teamcity") }],
    },
  });
}

describe("every format", () => {
  describe.each(machineFormats)("%s", (format) => {
    it.each(["clean", "mixed", "broken"] as const)("writes the %s report", (name) => {
      const outcome = name === "clean" ? 0 : name === "mixed" ? 1 : 2;
      if (format === "json" || format === "sarif") return;
      expectGolden(`${name}.${format}`, write(format, reports[name](), { outcome }));
    });
  });

  it.each(["text", ...machineFormats] as const)("%s holds no command but its own", (format) => {
    const own: Partial<Record<Format, string>> = {
      github: "error",
      azure: "task.logissue",
      teamcity: "inspection",
    };
    for (const width of [30, 1000]) {
      const text = write(format, commandsReport(), { showOpen: true, width });
      const foreign = commandsIn(text).filter(
        ({ name }) => !name.startsWith(own[format] ?? "none"),
      );
      expect(foreign).toEqual([]);
    }
  });

  it.each(["text", ...machineFormats] as const)("%s holds no invisible character", (format) => {
    for (const name of names) {
      const lines = write(format, reports[name](), { showOpen: true }).split("\n");
      expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line))).toEqual([]);
    }
  });
});

describe("formats in JSON", () => {
  describe.each(["gitlab", "gitlab-sast", "sonar", "rdjson"] as const)("%s", (format) => {
    it.each(names)("is what its consumer takes, for the %s report", (name) => {
      expect(problemsOfJson(format, write(format, reports[name](), { showOpen: true }))).toEqual(
        [],
      );
    });
  });

  it("gives GitLab fingerprints that differ", () => {
    const entries = JSON.parse(write("gitlab", mixedReport())) as { fingerprint: string }[];
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  });

  it("takes what is no exposure for no vulnerability", () => {
    const { vulnerabilities } = JSON.parse(write("gitlab-sast", mixedReport())) as {
      vulnerabilities: { identifiers: { value: string }[] }[];
    };
    const ids = vulnerabilities.map(({ identifiers: [first] }) => first?.value);
    expect(ids).toEqual(["require-imdsv2", "require-imdsv2"]);
  });

  it("counts columns as each consumer does", () => {
    const file = new SampleFile("infra/a.yaml", "# 😀 é optional\n");
    const web = resource("Web", "AWS::EC2::Instance", file.at("optional"));
    const found = report([file], {
      findings: [
        finding({
          ruleId: "require-imdsv2",
          severity: "error",
          message: "m",
          location: file.at("optional"),
          resource: web,
        }),
      ],
    });
    expect(JSON.parse(write("sonar", found))).toMatchObject({
      issues: [
        {
          primaryLocation: {
            textRange: { startLine: 1, endLine: 1, startColumn: 7, endColumn: 15 },
          },
        },
      ],
    });
    expect(JSON.parse(write("rdjson", found))).toMatchObject({
      diagnostics: [
        { location: { range: { start: { line: 1, column: 11 }, end: { line: 1, column: 19 } } } },
      ],
    });
    expect(write("unix", found)).toBe("a.yaml:1:8: error: m (require-imdsv2)\n");
    const [command] = commandsIn(write("github", found));
    expect(command?.properties).toMatchObject({ line: "1", col: "8", endColumn: "16" });
  });
});

describe("formats in XML", () => {
  it.each(names)("checkstyle is well-formed and complete, for the %s report", (name) => {
    const { findings, errors } = reports[name]();
    const root = readXml(write("checkstyle", reports[name](), { showOpen: true }));
    expect(problemsOfXml("checkstyle", root)).toEqual([]);
    const found = root.children.flatMap(({ children }) => children);
    expect(found.length).toBe(findings.length + errors.length);
    for (const { attributes } of found) {
      expect(attributes["severity"]).toMatch(/^(?:error|warning|info)$/);
      expect(Number(attributes["line"])).toBeGreaterThan(0);
    }
  });

  it.each(names)("junit's counts are those of its cases, for the %s report", (name) => {
    const root = readXml(write("junit", reports[name](), { showOpen: true }));
    expect(problemsOfXml("junit", root)).toEqual([]);
    const suites = root.children;
    const cases = suites.flatMap(({ children }) => children);
    const { tests, failures, errors } = countsOf(cases);
    expect(root.attributes).toMatchObject({ tests, failures, errors });
    for (const { attributes, children } of suites) {
      expect(attributes).toMatchObject(countsOf(children));
    }
    const files = new Set(suites.map(({ attributes }) => attributes["name"]));
    expect(files.size).toBe(suites.length);
  });

  it("keeps what is quoted, down to what XML cannot hold", () => {
    const root = readXml(write("checkstyle", commandsReport()));
    const [, found] = root.children.flatMap(({ children }) => children);
    expect(found?.attributes["message"]).toContain(
      `]]> </failure> "'|,;:%0A%25 *bold* @someone #12 <b>\\u{0}\\u{fffe}`,
    );
  });
});

function countsOf(cases: readonly XmlElement[]) {
  const count = (name: string) =>
    `${cases.filter(({ children }) => children.some((child) => child.name === name)).length}`;
  return {
    tests: `${cases.length}`,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}

describe("formats for logs", () => {
  it("github: properties and message come back whole", () => {
    const commands = commandsIn(write("github", commandsReport()));
    expect(commands.map(({ name }) => name)).toEqual(["error", "error"]);
    const command = commands.find(({ properties }) => properties["title"] === "require-imdsv2");
    expect(command?.properties["file"]).toBe("infra/::set-env name=x::,a=1;b]##vso(x]'|.tf");
    expect(command?.text).toContain("%0A%25");
    expect(command?.text).not.toContain("\n");
  });

  it("azure: properties and message come back whole", () => {
    const commands = commandsIn(write("azure", commandsReport()));
    expect(commands.map(({ name }) => name)).toEqual(["task.logissue", "task.logissue"]);
    const command = commands.find(({ properties }) => properties["code"] === "require-imdsv2");
    expect(command?.properties).toMatchObject({
      sourcepath: "infra/::set-env name=x::,a=1;b]##vso(x]'|.tf",
      linenumber: "1",
    });
    expect(command?.text).toContain("%0A%25");
  });

  it("teamcity: attributes come back whole, and each rule is declared once", () => {
    const messages = commandsIn(write("teamcity", commandsReport()));
    expect(messages.map(({ name }) => name)).toEqual([
      "inspectionType",
      "inspectionType",
      "inspection",
      "inspection",
    ]);
    expect(messages.at(-1)?.properties["file"]).toBe(
      "infra/::set-env name=x::,a=1;b]##vso(x]'|.tf",
    );
    const types = messages.filter(({ name }) => name === "inspectionType");
    expect(types.map(({ properties }) => properties["id"])).toEqual(["require-imdsv2", "syntax"]);
  });

  it("github: the worst come first, since it keeps ten of each kind", () => {
    const commands = commandsIn(write("github", mixedReport(), { showOpen: true }));
    const ranks = commands.map(({ name }) => ["error", "warning", "notice"].indexOf(name));
    expect(ranks).toEqual([...ranks].sort());
    expect(ranks.length).toBe(mixedReport().findings.length);
  });

  describe("atlantis", () => {
    const file = new SampleFile("infra/failover.tf", 'resource "aws_instance" "failover" {}\n');
    const note = finding({
      ruleId: "tokens-need-endpoint",
      severity: "note",
      message: "aws_instance.failover fails to say that the endpoint is enabled",
      location: file.at('"failover"'),
      resource: resource("aws_instance.failover", "aws_instance", file.at('"failover"')),
    });
    const noted = report([file], { findings: [note] });
    const skipped = report([file], {
      coverage: { skipped: [{ kind: "not-supported", message: "m", location: file.at("{}") }] },
    });

    it("says nothing of failing where the run passes", () => {
      for (const passing of [noted, cleanReport(), skipped, openReport()]) {
        expect(write("atlantis", passing, { outcome: 0 })).not.toMatch(/fail/i);
        expect(write("atlantis", passing, { outcome: 0 }).trim()).not.toBe("");
      }
    });

    it.each([
      ["findings", mixedReport(), 1],
      ["bad input", brokenReport(), 2],
      ["notes alone", noted, 1],
      ["what is open alone", openReport(), 1],
      ["what was skipped alone", skipped, 1],
      ["files that could not be written", cleanReport(), 2],
    ] as const)("fails by every version's reading for %s", (_name, failing, outcome) => {
      const text = write("atlantis", failing, { outcome });
      // Before 0.39 and since: https://github.com/runatlantis/atlantis/pull/6019
      expect(text).toMatch(/fail/i);
      expect(text).toMatch(/^FAIL/);
      expect(text).toMatch(/[1-9][0-9]* failure/);
    });
  });

  it("unix: a line for each finding, and nothing where there is none", () => {
    expect(write("unix", cleanReport())).toBe("");
    const lines = write("unix", mixedReport(), { showOpen: true }).trimEnd().split("\n");
    expect(lines.length).toBe(mixedReport().findings.length);
    for (const line of lines) {
      expect(line).toMatch(/^[^:]+:\d+:\d+: (?:error|warning|note): .+ \([a-z0-9-]+\)$/);
    }
  });
});

describe("formats for pages", () => {
  it("markdown: no text of a template is a mark", () => {
    const text = write("markdown", commandsReport());
    expect(text).not.toMatch(/(?<!\\)\*bold/);
    expect(text).not.toMatch(/@someone|#12/);
    expect(text).not.toMatch(/(?<!\\)<b>/);
    for (const row of text.split("\n").filter((line) => line.startsWith("| "))) {
      const cells = row.replace(/\\./g, "").split("|");
      expect(cells.length).toBe(5);
    }
  });

  it("markdown: fits into a comment, and says what it left out", () => {
    const file = new SampleFile("infra/many.tf", "x\n");
    const findings = Array.from({ length: 2000 }, (_, index) =>
      finding({
        ruleId: "require-imdsv2",
        severity: "error",
        message: `aws_instance.web[${index}] answers IMDSv1 requests`,
        location: file.at("x"),
        resource: resource(`aws_instance.web[${index}]`, "aws_instance", file.at("x")),
      }),
    );
    const text = write("markdown", report([file], { findings }));
    expect(text.length).toBeLessThan(65_536);
    const rows = text.split("\n").filter((line) => line.startsWith("| error")).length;
    expect(text).toContain(`And ${2000 - rows} more findings.`);
  });

  it.each(names)("html: every tag is closed and every text is one, for the %s report", (name) => {
    const page = write("html", reports[name](), { showOpen: true });
    const body = page
      .replace("<!doctype html>\n", "")
      .replace(/<script>[^]*?<\/script>/, "")
      .replace(/<(meta|input)\b([^>]*?)( checked)?>/g, "<$1$2/>")
      .replaceAll(" hidden>", ">");
    expect(() => readXml(body)).not.toThrow();
    expect(page).not.toContain("</failure>");
    expect(page).not.toMatch(/(?:src|href)=/);
  });
});
