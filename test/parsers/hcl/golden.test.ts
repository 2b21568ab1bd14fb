import { describe, expect, test } from "vitest";
import { parseHcl } from "../../../src/parsers/hcl/parse-hcl.js";
import { dumpBody } from "./dump-tree.js";
import { fixtureNames, readFixture } from "./fixture-files.js";
import { findRangeProblems } from "./syntax-nodes.js";

// The recordings were made with a Go program over HashiCorp's parser, which is not kept here.
describe("trees and ranges are those of HashiCorp's parser", () => {
  test.each(fixtureNames)("%s", (name) => {
    const { body, errors } = parseHcl(readFixture(name));
    expect(errors).toEqual([]);
    expect(findRangeProblems(body)).toEqual([]);
    const recorded = readFixture(`${name}.tree`);
    expect(dumpBody(body)).toBe(recorded.slice(recorded.indexOf("\n") + 1));
  });
});
