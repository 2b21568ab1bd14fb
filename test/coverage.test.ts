import { describe, expect, test } from "vitest";
import { FixtureEvidence } from "../scripts/coverage/fixture-evidence.js";
import { probeSurface } from "../scripts/coverage/launch-facts.js";
import { applicabilityOf } from "../scripts/coverage/rule-applicability.js";
import { launchRules } from "../scripts/generate-coverage.js";
import { launchingTypes } from "../src/parsers/resources/normalize-deployment.js";

const evidence = FixtureEvidence.collect();
const surfaces = [...launchingTypes].sort().map(probeSurface);
const cells = surfaces.flatMap((surface) =>
  launchRules.map((rule) => ({
    type: surface.type,
    kind: surface.kind,
    ruleId: rule.id,
    subject: rule.subject,
    applicability: applicabilityOf(rule, surface).kind,
    shown: evidence.of(rule.id, surface.type),
  })),
);

describe("coverage", () => {
  test.each(surfaces.map(({ type }) => type))(
    "fixtures show require-imdsv2 fail and pass on %s, or open where nobody can say anything",
    (type) => {
      const cell = cells.find((each) => each.type === type && each.ruleId === "require-imdsv2");
      const expected = cell?.applicability === "open" ? ["open"] : ["fail", "pass"];
      expect([...(cell?.shown ?? [])]).toEqual(expect.arrayContaining(expected));
    },
  );

  test("no fixture has a finding of a rule where the code says that it does not apply", () => {
    const wrong = cells.filter(
      ({ applicability, shown }) =>
        applicability === "does-not-apply" && (shown.has("fail") || shown.has("open")),
    );
    expect(wrong.map(({ ruleId, type }) => `${ruleId} ${type}`)).toEqual([]);
  });

  test("each rule on launches says what it needs to know of them", () => {
    expect(launchRules.filter(({ needs }) => needs === undefined).map(({ id }) => id)).toEqual([]);
    expect(launchRules.length).toBeGreaterThan(20);
  });

  test("fixtures show each rule fail on each kind of resource that it judges by what that says itself", () => {
    // The options of a spot instance request reach nobody; what its rules can say comes from the account.
    const judged = cells.filter(
      ({ applicability, subject, kind }) =>
        applicability === "judged" &&
        subject === "launch-specification" &&
        kind !== "spot-instance-request",
    );
    const shown = new Set(
      judged
        .filter((cell) => cell.shown.has("fail"))
        .map(({ kind, ruleId }) => `${ruleId} ${kind}`),
    );
    const missing = new Set(
      judged.map(({ kind, ruleId }) => `${ruleId} ${kind}`).filter((each) => !shown.has(each)),
    );
    expect([...missing].sort()).toEqual([]);
  });
});
