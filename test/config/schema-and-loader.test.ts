import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { formats } from "../../src/reporters/format-names.js";
import { rules } from "../../src/rules/index.js";
import { loadFromTexts } from "./load-from-texts.js";

const schema = JSON.parse(
  readFileSync(new URL("../../docs/config.schema.json", import.meta.url), "utf8"),
) as { readonly properties: Readonly<Record<string, unknown>> };
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** What may stand anywhere, right or wrong. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, -1, 0, 1, 2, 64, 65, 1.5, "", "a", "1", [], {}),
  fc.constantFrom("off", "error", "Error", "warn", "strict", "strickt", "v2.0", "required"),
  fc.constantFrom("123456789012", "12345678901", "us-east-1", "ami-1", "text", "sarif=a", "sarif="),
);
const severity = fc.constantFrom("error", "warning", "note", "off");
const texts = fc.array(fc.constantFrom("a", "b/*.tf", "!c"), { maxLength: 2 });
const orList = <T>(one: fc.Arbitrary<T>) => fc.oneof(one, fc.array(one, { maxLength: 2 }));

/** A mapping with some of the keys, and now and then one that means nothing. */
function mapping(values: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> {
  const spoilt = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: anything }),
    ]),
  );
  return fc
    .tuple(
      fc.record(spoilt, { requiredKeys: [] }),
      fc.oneof(
        { weight: 19, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constant({ unheardOf: 1 }) },
      ),
    )
    .map(([known, unknown]) => ({ ...known, ...unknown }));
}

const ruleSettings = mapping({
  "require-imdsv2": fc.oneof(severity, mapping({ severity })),
  "hop-limit-too-high": mapping({
    severity,
    max: fc.integer({ min: 0, max: 66 }),
    maxOnContainerHosts: fc.integer({ min: 1, max: 64 }),
  }),
  "no-such-rule": severity,
});

const keys: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  $schema: fc.constant("config.schema.json"),
  presets: orList(fc.constantFrom("recommended", "strict", "all")),
  rules: ruleSettings,
  ignore: texts,
  overrides: fc.array(mapping({ files: orList(fc.constant("a/")), rules: ruleSettings }), {
    maxLength: 2,
  }),
  failOn: severity,
  failOnOpen: fc.boolean(),
  failOnSkipped: fc.boolean(),
  maxWarnings: fc.integer({ min: -1, max: 3 }),
  showOpen: fc.boolean(),
  baseline: fc.constant("known.json"),
  variables: fc.dictionary(fc.constantFrom("a", "b"), anything),
  varFiles: texts,
  parameters: fc.dictionary(fc.constantFrom("A", "B"), anything),
  parameterFiles: texts,
  region: fc.constantFrom("us-east-1", "eu-west-1", "nowhere", "US-EAST-1"),
  account: fc.constantFrom("123456789012", "000000000001", "12"),
  suppressions: mapping({
    inline: fc.boolean(),
    foreign: fc.boolean(),
    requireReason: fc.boolean(),
  }),
  assume: mapping({
    accountDefaults: fc.array(
      mapping({
        account: fc.constant("123456789012"),
        region: fc.constant("us-east-1"),
        httpTokens: fc.constantFrom("required", "optional"),
        httpEndpoint: fc.constantFrom("enabled", "disabled"),
        httpPutResponseHopLimit: fc.integer({ min: 0, max: 65 }),
        instanceMetadataTags: fc.constantFrom("enabled", "disabled"),
      }),
      { maxLength: 2 },
    ),
    images: fc.array(
      mapping({
        image: fc.constantFrom("ami-1", "/aws/service/*"),
        imdsSupport: fc.constantFrom("v2.0", "none"),
      }),
      { maxLength: 2 },
    ),
  }),
  format: orList(
    fc
      .tuple(fc.constantFrom(...Object.keys(formats)), fc.constantFrom("=out/report", ""))
      .map((parts) => parts.join("")),
  ),
};

test("the values drawn have every key of the schema but extends", () => {
  expect([...Object.keys(keys), "extends"].sort()).toEqual(Object.keys(schema.properties).sort());
});

/** A few keys, so that most configurations are right but for one. */
const configurations = fc.shuffledSubarray(Object.keys(keys), { maxLength: 3 }).chain((chosen) =>
  mapping(
    Object.fromEntries(
      chosen.flatMap((key) => {
        const value = keys[key];
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  ),
);

test.each([
  ["JSON", "/tree/imdslint.config.json", (value: object) => JSON.stringify(value, null, 2)],
  ["YAML", "/tree/imdslint.config.yaml", (value: object) => stringify(value)],
  ["package.json", "/tree/package.json", (value: object) => JSON.stringify({ imdslint: value })],
])(
  "a configuration in %s is taken exactly where the published schema takes it",
  (_, path, write) => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(configurations, (value) => {
        const isTaken = validate(value);
        seen[isTaken ? "taken" : "refused"] += 1;
        const { errors } = loadFromTexts(path, { [path]: write(value) });
        expect({ isTaken: errors.length === 0, value, errors }).toEqual({ isTaken, value, errors });
        // Every complaint stands at a line and column.
        for (const error of errors) expect(error).toMatch(/^\/tree\/[^:]+:[1-9]\d*:[1-9]\d*: \S/);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(50);
  },
);

test("every rule can be set, and every other name is told with the nearest one", () => {
  for (const { id } of rules) {
    const path = "/tree/imdslint.config.json";
    const load = (name: string) =>
      loadFromTexts(path, { [path]: JSON.stringify({ rules: { [name]: "off" } }) }).errors;
    expect(load(id)).toEqual([]);
    expect(load(`${id}s`)).toEqual([`${path}:1:11: there is no rule ${id}s; did you mean ${id}?`]);
  }
});
