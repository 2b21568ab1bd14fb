import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chooseRules } from "../../../src/rules/choose-rules.js";
import { lintTexts } from "../../lint-files.js";

const fixture = new URL("../../../fixtures/oracle/dependencies/", import.meta.url);

const paths = ["main.tf", "modules/passes/main.tf", "modules/web/main.tf"];

/** What `terraform graph` of Terraform 1.11.4 says of the configuration beside it. */
const graph = readFileSync(new URL("graph.dot", fixture), "utf8");

/** By address without keys, what a resource waits for. */
function waitedFor(address: string): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [address];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [, from, to = ""] of graph.matchAll(/"([^"]+)" -> "([^"]+)"/g)) {
      if (from !== next || found.has(to)) continue;
      found.add(to);
      pending.push(to);
    }
  }
  return found;
}

test("what waits for an account's default is what Terraform's graph says", () => {
  const texts = paths.map(
    (path) => [`/p/${path}`, readFileSync(new URL(path, fixture), "utf8")] as const,
  );
  const rules = chooseRules(new Map([["explicit-tokens", "note"]]));
  const { findings } = lintTexts(Object.fromEntries(texts), { rules });
  const found = findings
    .filter(({ ruleId }) => ruleId === "explicit-tokens")
    .flatMap(({ messageId, resources }) =>
      resources.map(({ address }) => {
        const bare = address.replace(/\[[^\]]*\]/g, "");
        return [bare, messageId === "account" ? "waits" : "may be first"] as const;
      }),
    );
  const expected = found.map(([address]) => {
    const waits = waitedFor(address).has("aws_ec2_instance_metadata_defaults.this");
    return [address, waits ? "waits" : "may be first"] as const;
  });
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  expect(found.filter(([, what]) => what === "waits").length).toBeGreaterThan(10);
  expect(found.filter(([, what]) => what === "may be first").length).toBeGreaterThan(3);
});
