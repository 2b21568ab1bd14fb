import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { severities } from "../src/findings/severity.js";
import { formats } from "../src/reporters/format-names.js";
import { defaultSetting } from "../src/rules/default-setting.js";
import type { Rule } from "../src/rules/define-rule.js";

type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema of configuration files, for editors and for us: what each rule may be set to included. */
export function configurationSchema(rules: readonly Rule[]): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of imdslint",
    definitions: {
      setting: { enum: [...severities, "off"] },
      rule: ruleSetting({}),
      rules: {
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.id, schemaOf(rule)])),
      },
    },
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string", description: "The address of this schema, for editors." },
      extends: oneOrMore(
        { type: "string" },
        "Configuration files that this one builds on, relative to it. What is said here wins.",
      ),
      presets: oneOrMore(
        { enum: ["recommended", "strict", "all"] },
        "Settings of rules to start from: recommended is what counts without a configuration, strict turns on the rules that are off by default as notes and narrows others, all turns on every rule at its own severity.",
      ),
      rules: shared("rules", "Severities of rules by id."),
      ignore: listOf(
        { type: "string" },
        "Files that are not judged, as in .gitignore; relative to this file. They are still read where others need them.",
      ),
      overrides: {
        type: "array",
        description: "Settings of rules for some files. Later ones win.",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["files", "rules"],
          properties: {
            files: oneOrMore(
              { type: "string" },
              "Which files, as in .gitignore; relative to this file.",
            ),
            rules: shared("rules", "Severities of rules by id."),
          },
        },
      },
      failOn: {
        enum: severities,
        description: "The severity from which on findings make a run fail. Default: warning.",
      },
      failOnOpen: flag("Whether a run fails if something cannot be decided before deployment."),
      failOnSkipped: flag("Whether a run fails if something could not be looked at."),
      showOpen: flag("Whether everything is listed that cannot be decided before deployment."),
      maxWarnings: {
        type: "integer",
        minimum: 0,
        description: "How many warnings a run may have before it fails for their number.",
      },
      baseline: {
        type: "string",
        description:
          "A file of known findings, as imdslint baseline write makes it; relative to this file.",
      },
      variables: {
        type: "object",
        description:
          "Values for variables of Terraform root modules, as with terraform plan -var. Root modules that do not declare one are left alone.",
      },
      varFiles: listOf(
        { type: "string" },
        "Files with values for variables, as with terraform plan -var-file; relative to this file.",
      ),
      parameters: {
        type: "object",
        description: "Values for parameters of CloudFormation templates.",
        additionalProperties: { type: ["string", "number", "boolean"] },
      },
      parameterFiles: listOf(
        { type: "string" },
        "Files with values for parameters of CloudFormation templates, each a deployment; relative to this file.",
      ),
      region: region("The Region that CloudFormation deploys to."),
      account: account("The account that CloudFormation deploys to."),
      assume: {
        type: "object",
        description: "What is true of accounts and images that no file here shows.",
        additionalProperties: false,
        properties: {
          accountDefaults: listOf(
            {
              type: "object",
              additionalProperties: false,
              properties: {
                account: account("The account that sets this. Default: all."),
                region: region("The Region it is set in. Default: all."),
                httpTokens: { enum: ["required", "optional"] },
                httpEndpoint: { enum: ["enabled", "disabled"] },
                httpPutResponseHopLimit: { type: "integer", minimum: 1, maximum: 64 },
                instanceMetadataTags: { enum: ["enabled", "disabled"] },
              },
            },
            "What accounts set for instances that say nothing; what is not there has no preference.",
          ),
          images: listOf(
            {
              type: "object",
              additionalProperties: false,
              required: ["image", "imdsSupport"],
              properties: {
                image: {
                  type: "string",
                  pattern: "^(ami-|/)",
                  examples: ["/aws/service/ami-amazon-linux-latest/al2023-*"],
                  description:
                    "An image's ID, or the path of the parameter in the parameter store that holds it; * stands for anything.",
                },
                imdsSupport: { enum: ["v2.0", "none"] },
              },
            },
            "What images are registered with.",
          ),
        },
      },
      suppressions: {
        type: "object",
        description: "How comments and metadata in the files are read that suppress findings.",
        additionalProperties: false,
        properties: {
          inline: flag("Whether they count at all. Default: true."),
          foreign: flag(
            "Whether those of other tools count where they mean the same. Default: true, but not in the preset strict.",
          ),
          requireReason: flag("Whether ours must say why. Default: true."),
        },
      },
      format: oneOrMore(
        {
          type: "string",
          pattern: `^(${Object.keys(formats).join("|")})(=.+)?$`,
          examples: Object.keys(formats),
        },
        "How to print the report, or with =file write it to a file relative to this one.",
      ),
    },
  };
}

/** The text of a module that checks a value against the schema and needs no compiler of schemas for it. */
export function generateValidator(schema: Schema): string {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    inlineRefs: false,
    allowUnionTypes: true,
    code: { source: true, esm: true },
  });
  const code = (standalone as unknown as (ajv: Ajv, validate: unknown) => string)(
    ajv,
    ajv.compile(withoutDescriptions(schema)),
  );
  return `// Generated by scripts/generate.ts from docs/config.schema.json. Do not edit.
// @ts-nocheck
${code.replace(/export default \w+;/, "")}
`;
}

/** Errors carry the schema they come from, whose words are for editors alone. */
function withoutDescriptions(schema: Schema): Schema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "description" && typeof value === "string" ? undefined : value,
  );
  return JSON.parse(text) as Schema;
}

/** A rule's severity, alone or with its options. */
/** What a rule may be set to; one with options has a schema of its own. */
function schemaOf(rule: Rule): Schema {
  const description = `${rule.summary} Default: ${defaultSetting(rule)}.`;
  const { options } = rule;
  if (options === undefined) return shared("rule", description);
  const properties = Object.entries(options).map(([name, option]) => {
    const { strict, ...schema } = option;
    const inStrict = strict === undefined ? "" : ` In the preset strict: ${String(strict)}.`;
    return [name, { ...schema, description: `${option.description}${inStrict}` }] as const;
  });
  return { description, ...ruleSetting(Object.fromEntries(properties)) };
}

function ruleSetting(options: Schema): Schema {
  const severity = { $ref: "#/definitions/setting" };
  return {
    type: ["string", "object"],
    if: { type: "string" },
    then: severity,
    additionalProperties: false,
    properties: { severity, ...options },
  };
}

/** Beside `$ref` nothing counts in this version of JSON Schema. */
function shared(name: string, description: string): Schema {
  return { description, allOf: [{ $ref: `#/definitions/${name}` }] };
}

/** One value or a list of such values. */
function oneOrMore(item: Schema, description: string): Schema {
  return {
    description,
    type: ["string", "array"],
    if: { type: "string" },
    then: item,
    items: item,
  };
}

function region(description: string): Schema {
  const pattern = "^[a-z]+(-[a-z]+)+-[0-9]+$";
  return { type: "string", pattern, examples: ["us-east-1"], description };
}

function account(description: string): Schema {
  return { type: "string", pattern: "^[0-9]{12}$", examples: ["123456789012"], description };
}

function listOf(items: Schema, description: string): Schema {
  return { type: "array", items, description };
}

function flag(description: string): Schema {
  return { type: "boolean", description };
}
