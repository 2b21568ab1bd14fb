import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/findings/report.js";
import { type Format, formats } from "../../src/reporters/format-names.js";
import { writeReport } from "../../src/reporters/formats.js";
import { textReporter } from "../../src/reporters/text-reporter.js";
import { problemsOfJson } from "./consumers/json-formats.js";
import { commandsIn } from "./consumers/log-commands.js";
import { readXml, type XmlElement } from "./consumers/read-xml.js";
import { problemsOfXml } from "./consumers/xml-formats.js";
import { context, finding, report, resource, SampleFile } from "./sample-files.js";

/** What a terminal, a CI system or a page would obey, or what would end a quotation. */
const HOSTILE = [
  "::error::x",
  "::set-output name=a::b",
  "##[add-mask]x",
  "##vso[task.complete result=Succeeded;]x",
  "##teamcity[buildStop comment='x']",
  "\u001b[2J",
  "\u001b]8;;https://example.com\u0007",
  "\u009b31m",
  "\u202e",
  "\u2066",
  "\u200b",
  "\ufeff",
  "\u2028",
  "\ud800",
  "\u0000",
  "\r",
  "\n",
  "\r\n",
  "]]>",
  "<!--",
  "-->",
  "</failure>",
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "&amp;",
  "&#10;",
  '"',
  "'",
  "|",
  "|n",
  "\\",
  "`",
  "```",
  "%0A",
  "%",
  "@someone",
  "www.example.com",
  "${A}${B}",
  "https://github.com/a/b/issues/1",
  "[a](javascript:x)",
  "😀",
  "é",
  "\t",
  " ",
  "x".repeat(3000),
];

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 3 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => pieces.join(""));

/** A report in which everything that a template decides is the text. */
function reportSaying(text: string): Report {
  const file = new SampleFile(`infra/${text.replaceAll("/", "_")}.tf`, `${text} = end\n`);
  const end = file.at("= end");
  const web = resource(text, "aws_instance", end);
  const spoken = {
    message: `web: ${text}`,
    advice: text,
    when: text,
    location: end,
    resource: web,
  };
  return report([file], {
    findings: [
      finding({
        ruleId: "require-imdsv2",
        severity: "error",
        ...spoken,
        resources: [web, resource(`${text}2`, "aws_instance", end)],
        chain: [{ step: "written", message: text, location: end }],
        related: [{ message: text, location: end }],
      }),
      finding({ ruleId: "tokens-need-endpoint", severity: "note", ...spoken }),
      finding({ ruleId: "require-imdsv2", severity: "error", kind: "open", ...spoken }),
    ],
    errors: [{ code: "syntax", message: `web: ${text}`, path: file.path, location: end }],
    coverage: { skipped: [{ kind: "not-supported", message: text, location: end }] },
  });
}

function write(format: Format, text: string): string {
  const all = { ...context, showOpen: true, width: 80 };
  const saying = reportSaying(text);
  return format === "text" ? textReporter(saying, all) : writeReport(format, saying, all);
}

/** The commands that a format consists of. */
const OWN_COMMANDS: Partial<Record<Format, RegExp>> = {
  github: /^(?:error|notice)$/,
  azure: /^task\.logissue$/,
  teamcity: /^inspection(?:Type)?$/,
};

function elementsOf(page: string): ReadonlySet<string> {
  const body = page
    .replace("<!doctype html>\n", "")
    .replace(/<script>[^]*?<\/script>/, "")
    .replace(/<(meta|input)\b([^>]*?)( checked)?>/g, "<$1$2/>")
    .replaceAll(" hidden>", ">");
  const namesIn = ({ name, children }: XmlElement): readonly string[] => [
    name,
    ...children.flatMap(namesIn),
  ];
  return new Set(namesIn(readXml(body)));
}

function holdsForAll(check: (text: string) => void): void {
  fc.assert(fc.property(hostileText, check), { numRuns: 60 });
}

describe("whatever templates say", () => {
  it.each(Object.keys(formats) as readonly Format[])(
    "%s obeys none of it, and hides nothing",
    (format) => {
      holdsForAll((text) => {
        const written = write(format, text);
        const foreign = commandsIn(written).filter(
          ({ name }) => OWN_COMMANDS[format]?.test(name) !== true,
        );
        expect(foreign).toEqual([]);
        const lines = written.split("\n");
        expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line))).toEqual([]);
      });
    },
  );

  it.each(["gitlab", "gitlab-sast", "sonar", "rdjson"] as const)(
    "%s stays what its consumer takes",
    (format) => {
      holdsForAll((text) => {
        expect(problemsOfJson(format, write(format, text))).toEqual([]);
      });
    },
  );

  it.each(["junit", "checkstyle"] as const)("%s stays what its consumer takes", (format) => {
    holdsForAll((text) => {
      expect(problemsOfXml(format, readXml(write(format, text)))).toEqual([]);
    });
  });

  it.each(["unix", "github", "azure", "teamcity"] as const)(
    "%s has as many lines as it has findings",
    (format) => {
      const lines = write(format, "x").split("\n").length;
      holdsForAll((text) => {
        expect(write(format, text).split("\n").length).toBe(lines);
      });
    },
  );

  it("teamcity is given no value that is longer than it takes", () => {
    const [found] = commandsIn(write("teamcity", "😀".repeat(5_000))).filter(
      ({ name }) => name === "inspection",
    );
    for (const value of Object.values(found?.properties ?? {})) {
      expect(value.length).toBeLessThanOrEqual(4_000);
      expect(value).not.toMatch(/\p{Surrogate}/u);
    }
    expect(found?.properties["message"]).toMatch(/😀…$/u);
  });

  it("html gets no element from it", () => {
    const elements = elementsOf(write("html", "x"));
    holdsForAll((text) => {
      const foreign = [...elementsOf(write("html", text))].filter((name) => !elements.has(name));
      expect(foreign).toEqual([]);
    });
  });

  it("markdown gets no column and no element from it", () => {
    holdsForAll((text) => {
      const rows = write("markdown", text)
        .split("\n")
        .filter((line) => line.startsWith("| "));
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) {
        // These are ours: they take apart what would be a mention, a reference, a link or a formula.
        const marks = row.replace(/\\./gu, "").replace(/<!-- -->|<span>\$<\/span>/g, " ");
        expect(marks.split("|").length).toBe(5);
        expect(marks.replace(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "")).not.toMatch(
          /<[a-z!/]|@someone|www\.|\$/i,
        );
      }
    });
  });
});
