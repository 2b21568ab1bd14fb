import { describe, expect, it } from "vitest";
import { displayWidth } from "../../src/reporters/text/display-width.js";
import { textReporter } from "../../src/reporters/text-reporter.js";
import { expectGolden } from "./golden.js";
import { context, finding, report, resource, SampleFile } from "./sample-files.js";
import {
  brokenReport,
  cleanReport,
  hostileReport,
  mixedReport,
  openReport,
} from "./sample-reports.js";

describe("the text report", () => {
  it.each([
    ["clean", cleanReport],
    ["mixed", mixedReport],
    ["broken", brokenReport],
    ["open", openReport],
    ["hostile", hostileReport],
  ])("prints the %s report", (name, makeReport) => {
    expectGolden(`${name}.txt`, textReporter(makeReport(), context));
  });

  it("shows every open result in full on request", () => {
    const text = textReporter(mixedReport(), { ...context, showOpen: true });
    expectGolden("mixed-show-open.txt", text);
  });

  it("differs only by colours where colours are on", () => {
    const colored = textReporter(mixedReport(), { ...context, color: true });
    expectGolden("mixed-color.txt", colored);
    // eslint-disable-next-line no-control-regex -- what colours are made of
    const plain = colored.replace(/\u001b\[\d+m/g, "");
    expect(plain).toBe(textReporter(mixedReport(), context));
  });

  it("breaks lines where the terminal does, and loses nothing by it", () => {
    const report = mixedReport();
    const narrow = textReporter(report, { ...context, showOpen: true, width: 72 });
    expectGolden("mixed-narrow.txt", narrow);
    const longest = Math.max(...narrow.trimEnd().split("\n").slice(0, -1).map(displayWidth));
    expect(longest).toBeLessThanOrEqual(72);
    const words = (text: string) => text.split(/[\s|=^]+/).sort();
    const wide = textReporter(report, { ...context, showOpen: true });
    expect(words(narrow)).toEqual(words(wide));
  });

  it("prints no invisible character but line feeds", () => {
    const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
    const text = textReporter(hostileReport(), context);
    expect(text.split("\n").filter((line) => invisible.test(line))).toEqual([]);
  });

  it.each([
    [0, "0 ms"],
    [999.4, "999 ms"],
    [1000, "1.0 s"],
    [61_250, "61.3 s"],
  ])("says that %d milliseconds are %s", (elapsedMilliseconds, expected) => {
    const text = textReporter(cleanReport(), { ...context, elapsedMilliseconds });
    expect(text).toContain(`looked at, ${expected}\n`);
  });

  it("says when there was nothing to look at", () => {
    expect(textReporter(report([], {}), context)).toBe(
      "No problems found; no template and no Terraform module to look at, 85 ms\n",
    );
  });

  it("names no other resource twice", () => {
    const file = new SampleFile("infra/main.tf", "http_tokens = var.tokens\n");
    const location = file.at("http_tokens");
    const names = ["web", "worker", "worker", "web"];
    const resources = names.map((name) => resource(name, "aws_instance", location));
    const findings = [
      finding({
        ruleId: "require-imdsv2",
        severity: "error",
        message: "web answers IMDSv1 requests",
        location,
        resource: resource("web", "aws_instance", location),
        resources,
      }),
    ];
    expect(textReporter(report([file], { findings }), context)).toContain("= also: worker\n");
  });
});
