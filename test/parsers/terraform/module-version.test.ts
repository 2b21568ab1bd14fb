import { expect, test } from "vitest";
import { admits } from "../../../src/parsers/terraform/module-version.js";

// What a real Terraform says of `required_version`, which reads constraints as module calls do.
test.each([
  ["~> 5", "5.8.0", true],
  ["~> 5", "6.0.0", true],
  ["~> 5", "4.9.9", false],
  ["~> 5.0", "5.8.0", true],
  ["~> 5.0", "6.0.0", false],
  ["~> 5.7.0", "5.7.1", true],
  ["~> 5.7.0", "5.8.0", false],
  ["5.6.1", "5.6.1", true],
  ["= 5.6.1", "5.6.0", false],
  ["v5.6.1", "5.6.1", true],
  ["5.6", "5.6.0", true],
  ["5.6", "5.6.1", false],
  [">= 5, < 6", "5.8.0", true],
  [">= 5, < 6", "6.0.0", false],
  [">=5.0.0,!=5.8.0", "5.8.0", false],
  ["> 5.8", "5.8.0", false],
  ["<= 5.8", "5.8.0", true],
  ["> 5.8.0-rc1", "5.8.0", true],
  ["<= 5.8.0-rc1", "5.8.0", false],
  ["5.8.0-rc1", "5.8.0", false],
])("%s and %s: %s", (constraint, release, expected) => {
  expect(admits(constraint, release)).toBe(expected);
});

test.each(["", "latest", "=> 5", "5.x", ">= 5 < 6"])("%j is no constraint", (constraint) => {
  expect(admits(constraint, "5.8.0")).toBeUndefined();
});
