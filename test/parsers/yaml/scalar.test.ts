import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/parsers/json/parse-json.js";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import { typedScalar } from "../../../src/parsers/yaml/scalar.js";
import type { DataNode } from "../../../src/parsers/yaml/syntax-tree.js";

function typed(root: DataNode | undefined): unknown {
  expect(root?.kind).toBe("scalar");
  return root?.kind === "scalar" ? typedScalar(root) : undefined;
}

function typedValueInYaml(value: string): unknown {
  const [root] = parseYaml(`key: ${value}`).documents;
  return typed(root?.kind === "mapping" ? root.entries[0]?.value : undefined);
}

describe("typedScalar", () => {
  it.each<[text: string, value: unknown]>([
    ...["yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
      (text) => [text, true] as [string, unknown],
    ),
    ...["no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
      (text) => [text, false] as [string, unknown],
    ),
    ...["", "~", "null", "Null", "NULL"].map((text) => [text, null] as [string, unknown]),
    ["y", "y"],
    ["N", "N"],
    ["yEs", "yEs"],
    ["0", 0],
    ["-17", -17],
    ["+17", 17],
    ["1_000", 1000],
    ["0300", 192],
    ["-0777", -511],
    ["00", 0],
    ["0o17", "0o17"],
    ["0x1F", 31],
    ["0b101", 5],
    ["0x_", "0x_"],
    ["08", "08"],
    ["012345678901", "012345678901"],
    ["123456789012", 123456789012],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", "9007199254740992"],
    ["0xfffffffffffffffff", "0xfffffffffffffffff"],
    ["1.5", 1.5],
    ["-1.", -1],
    [".5", 0.5],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
    ["1e999", "1e999"],
    [".inf", ".inf"],
    [".nan", ".nan"],
    ["1.2.3", "1.2.3"],
    ["-x", "-x"],
    ["1:30", "1:30"],
    ["2010-09-09", "2010-09-09"],
    ["2024-01-31T10:00:00Z", "2024-01-31T10:00:00Z"],
    ['"true"', "true"],
    ["'1'", "1"],
    ["|-\n  1", "1"],
    ["!!str 1", "1"],
    ["! 1", "1"],
    ["!Ref 1", "1"],
    ["!Ref", ""],
    ['!!int "3"', 3],
    ["!!int three", "three"],
    ["!!float 1", 1],
    ['!!bool "yes"', true],
    ["!!bool 1", "1"],
    ["!!null ''", null],
    ["!!null x", "x"],
  ])("reads %j in YAML as %j", (text, value) => {
    expect(typedValueInYaml(text)).toBe(value);
  });

  it.each(["true", "false", "null", "0", "-0", "1.5e+3", '"1"', '"true"', '""'])(
    "reads %s in JSON as JSON does",
    (text) => {
      expect(typed(parseJson(text).root)).toBe(JSON.parse(text));
    },
  );

  it("reads every number of JSON that JavaScript holds exactly", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger()),
        (number) => {
          fc.pre(!Number.isInteger(number) || Number.isSafeInteger(number));
          const text = JSON.stringify(number);
          expect(typed(parseJson(text).root)).toBe(JSON.parse(text));
        },
      ),
    );
  });
});
