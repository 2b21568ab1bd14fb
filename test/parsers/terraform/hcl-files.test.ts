import { describe, expect, test } from "vitest";
import { HclFiles } from "../../../src/parsers/terraform/hcl-files.js";
import { MemoryFileSystem } from "../../../src/source/memory-file-system.js";

const json = '{"locals": {"a": 1}}';

describe("the name of a file tells its syntax", () => {
  test.each([
    ["/m/main.tf", "locals {}", "block"],
    ["/m/main.tofu", "locals {}", "block"],
    ["/m/.terraform.lock.hcl", "locals {}", "block"],
    ["/m/terraform.tfvars", "locals = {}", "argument"],
    ["/m/main.tf.json", json, "block"],
    ["/m/main.tofu.json", json, "block"],
    ["/m/terraform.tfvars.json", json, "argument"],
    // Given by hand, a file of values may have any name.
    ["/m/production.json", json, "argument"],
  ])("%s", (path, text, expected) => {
    const parsed = new HclFiles(new MemoryFileSystem({ [path]: text })).parse(path);
    if (!("body" in parsed)) throw new Error("the file must be read");
    expect(parsed.errors).toEqual([]);
    const { attributes, blocks } = parsed.body;
    expect({ attributes: attributes.length, blocks: blocks.length }).toEqual(
      expected === "block" ? { attributes: 0, blocks: 1 } : { attributes: 1, blocks: 0 },
    );
  });
});

test("errors have the path and the place", () => {
  const files = new HclFiles(new MemoryFileSystem({ "/m/main.tf.json": '{"locals": 1}' }));
  expect(files.parse("/m/main.tf.json")).toMatchObject({
    errors: [
      {
        code: "invalid-structure",
        location: { path: "/m/main.tf.json", range: { start: 11, end: 12 } },
      },
    ],
  });
});
