import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { registryModules } from "../../../src/data/registry-modules.generated.js";
import { judgeLaunches, type RecordedCalls, rootModuleOf } from "./module-verdicts.js";

const directory = new URL("../../../fixtures/oracle/registry-modules/", import.meta.url);

describe.each(readdirSync(directory))("%s", (name) => {
  const { module, calls } = JSON.parse(
    readFileSync(new URL(name, directory), "utf8"),
  ) as RecordedCalls;

  test("the catalogue judges calls as if the module were installed", () => {
    const found = calls.map((call) => {
      const texts = { "/root/main.tf": rootModuleOf(module, call) };
      const verdicts = judgeLaunches(texts, () => registryModules);
      // What Terraform rejects, nobody deploys.
      const kept = Object.entries(verdicts).filter(
        ([address]) => call.verdicts[address] !== "rejected",
      );
      return { ...call, verdicts: Object.fromEntries(kept) };
    });
    const expected = calls.map((call) => {
      const kept = Object.entries(call.verdicts).filter(([, verdict]) => verdict !== "rejected");
      return { ...call, verdicts: Object.fromEntries(kept) };
    });
    expect(found).toEqual(expected);
  });
});
