import { expect, test } from "vitest";
import type { ModuleCatalogue } from "../../../src/data/module-catalogue.js";
import { findInCatalogue } from "../../../src/parsers/terraform/catalogue.js";
import { parseRemoteSource } from "../../../src/parsers/terraform/remote-source.js";

const catalogue: ModuleCatalogue = {
  "new/web/aws": {
    repository: "new/terraform-aws-web",
    formerOwner: "old",
    versions: "1.0.0 1.1.0 1.2.0 2.0.0 2.1.0",
    commits: "a000000000 b000000000 c000000000 d000000000 e000000000",
    directories: {
      "": {
        ranges: [
          { from: 0, to: 1, commit: "b", files: { "": "first" } },
          { from: 2, to: 2, commit: "c", files: {} },
          { from: 3, to: 4, commit: "e", files: { "": "second" } },
        ],
        inputs: { name: "0-4", legacy: "0-1", fresh: "3-4" },
        required: { legacy: "0-0" },
      },
      "modules/inner": {
        ranges: [{ from: 4, to: 4, commit: "e", files: { "": "inner" } }],
        inputs: {},
        required: {},
      },
    },
  },
};

function find(source: string, version?: string, inputs: readonly string[] = []) {
  const parsed = parseRemoteSource(source);
  if (parsed === undefined) throw new Error(`no source: ${source}`);
  const answer = findInCatalogue({ source: parsed, version, inputs }, catalogue);
  if (answer === undefined || "unknown" in answer) return answer?.unknown;
  return answer.matches.map(({ versions, files }) => `${versions}: ${files[""] ?? ""}`);
}

test("a constraint that admits one range", () => {
  expect(find("new/web/aws", "~> 2.0")).toEqual(["2.0.0 to 2.1.0: second"]);
  expect(find("new/web/aws", "2.0.0")).toEqual(["2.0.0: second"]);
});

test("a constraint that admits several", () => {
  expect(find("new/web/aws", "!= 1.2.0")).toEqual(["1.1.0: first", "2.0.0 to 2.1.0: second"]);
});

test("releases that do not have an input that is given are not meant", () => {
  expect(find("new/web/aws", undefined, ["fresh"])).toEqual(["2.0.0 to 2.1.0: second"]);
  expect(find("new/web/aws", undefined, ["legacy"])).toEqual(["1.0.0 to 1.1.0: first"]);
});

test("releases that insist on an input that is not given are not meant", () => {
  expect(find("new/web/aws", "< 1.2")).toEqual(["1.1.0: first"]);
});

test("a call that no admitted release accepts is left to Terraform", () => {
  expect(find("new/web/aws", "~> 2.0", ["misspelt"])).toEqual(["2.0.0 to 2.1.0: second"]);
});

test("what could not be found out makes the whole call unknown", () => {
  expect(find("new/web/aws", "1.2.0")).toBe(
    "whose version 1.2.0 is too intricate to know it by heart",
  );
  expect(find("new/web/aws")).toBe("whose version 1.2.0 is too intricate to know it by heart");
});

test("releases newer than the catalogue are unknown, even of a known major version", () => {
  const known = "of which imdslint knows the versions 1.0.0 to 2.1.0";
  expect(find("new/web/aws", "~> 2.2")).toBe(known);
  expect(find("new/web/aws", "~> 3.0")).toBe(known);
  expect(find("new/web/aws", "latest")).toBe(known);
});

test("a repository by tag, by commit and by nothing", () => {
  const repository = "git::https://github.com/new/terraform-aws-web.git";
  expect(find(`${repository}?ref=v2.1.0`)).toEqual(["2.1.0: second"]);
  expect(find(`${repository}?ref=tags/1.1.0`)).toEqual(["1.1.0: first"]);
  expect(find(`${repository}?ref=e000000000${"0".repeat(30)}`)).toEqual(["2.1.0: second"]);
  expect(find(repository, undefined, ["fresh"])).toEqual(["2.0.0 to 2.1.0: second"]);
  expect(find(`${repository}?ref=main`, undefined, ["fresh"])).toEqual(["2.0.0 to 2.1.0: second"]);
  const known = "of which imdslint knows the versions 1.0.0 to 2.1.0";
  expect(find(`${repository}?ref=my-branch`)).toBe(known);
  expect(find(`${repository}?ref=e111111111${"0".repeat(30)}`)).toBe(known);
});

test("submodules", () => {
  expect(find("new/web/aws//modules/inner", ">= 1")).toEqual(["2.1.0: inner"]);
  expect(find("new/web/aws//modules/other")).toBeUndefined();
  expect(find("github.com/new/terraform-aws-web//modules/inner?ref=v2.1.0")).toEqual([
    "2.1.0: inner",
  ]);
});

test("a former owner", () => {
  expect(find("old/web/aws", "2.0.0")).toEqual(["2.0.0: second"]);
  expect(find("github.com/old/terraform-aws-web?ref=v2.0.0")).toEqual(["2.0.0: second"]);
});

test("other modules", () => {
  expect(find("other/web/aws")).toBeUndefined();
  expect(find("github.com/other/terraform-aws-web")).toBeUndefined();
});
