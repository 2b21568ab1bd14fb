import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { schemaErrors } from "../../src/config/schema-errors.js";
import { formats } from "../../src/reporters/format-names.js";
import { rules } from "../../src/rules/index.js";

interface ConfigSchema {
  readonly definitions: { readonly rules: { readonly properties: object } };
}

const schema = JSON.parse(
  readFileSync(new URL("../../docs/config.schema.json", import.meta.url), "utf8"),
) as ConfigSchema;
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(schema);

const cases = new URL("../../fixtures/cli/", import.meta.url).pathname;
const files = readdirSync(cases)
  .map((name) => `${cases}${name}/imdslint.config.yaml`)
  .filter((path) => existsSync(path));

describe("the schema of configurations", () => {
  test("knows every rule", () => {
    expect(Object.keys(schema.definitions.rules.properties)).toEqual(rules.map(({ id }) => id));
  });

  test.each(files.map((path) => [path.slice(cases.length), path]))(
    "finds in %s what the compiled one finds",
    (_, path) => {
      let value: unknown;
      try {
        value = parse(readFileSync(path, "utf8")) ?? {};
      } catch {
        return;
      }
      validate(value);
      const paths = (errors: readonly { instancePath: string; keyword: string }[]) =>
        errors.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`).sort();
      expect(paths(schemaErrors(value))).toEqual(paths(validate.errors ?? []));
    },
  );

  test.each(Object.keys(formats))("takes the format %s, with a file and without", (name) => {
    expect(validate({ format: [name, `${name}=out`] })).toBe(true);
    expect(validate({ format: `${name}=` })).toBe(false);
  });

  test.each([
    { $schema: "./node_modules/imdslint/docs/config.schema.json" },
    { rules: { "require-imdsv2": { severity: "off" } } },
    { extends: "a.yaml", presets: ["strict", "all"] },
    { overrides: [{ files: "a", rules: {} }] },
    { variables: { a: [1, { b: true }], c: "x" }, parameters: { A: 1, B: true, C: "x" } },
  ])("takes %j", (value) => {
    expect(validate(value)).toBe(true);
  });
});
