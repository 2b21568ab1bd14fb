import { Ajv, type ValidateFunction } from "ajv";

/**
 * What the systems of the guide take, as far as the guide uses it, written from their documentation: no key too
 * many, none missing. GitHub's and GitLab's own schemas are asked in `test/consumer-validation`.
 */
const text = { type: "string", minLength: 1 };
const texts = { type: "array", items: text, minItems: 1 };

function object(
  required: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
): object {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

function list(items: object): object {
  return { type: "array", items, minItems: 1 };
}

function mapping(values: object): object {
  return { type: "object", additionalProperties: values, minProperties: 1 };
}

/** https://pre-commit.com/#pre-commit-configyaml---repos */
const preCommit = object({
  repos: list(object({ repo: text, rev: text, hooks: list(object({ id: text })) })),
});

/** https://lefthook.dev/configuration/ */
const lefthook = object({
  "pre-commit": object({ commands: mapping(object({ run: text }, { glob: text })) }),
});

/** https://github.com/lint-staged/lint-staged#configuration */
const lintStaged = object({ "lint-staged": mapping(text) });

/** https://github.com/oxsecurity/megalinter/blob/v8.4.2/megalinter/descriptors/schemas/megalinter-descriptor.jsonschema.json */
const megaLinterDescriptor = object({
  descriptor_id: { type: "string", pattern: "^[A-Z_]+$" },
  descriptor_type: { enum: ["language", "format", "tooling_format", "other"] },
  file_extensions: { type: "array", items: { type: "string", pattern: "^\\." } },
  linters: list(
    object(
      { linter_name: text, linter_url: { type: "string", pattern: "^https://" }, examples: texts },
      {
        // For plugins only instructions of Docker's RUN are carried out.
        install: object({ dockerfile: list({ type: "string", pattern: "^RUN " }) }),
        cli_lint_mode: { enum: ["file", "list_of_files", "project"] },
        cli_lint_extra_args: texts,
        cli_lint_fix_arg_name: text,
        cli_lint_errors_count: {
          enum: ["regex_number", "regex_count", "regex_sum", "total_lines", "sarif"],
        },
        cli_lint_errors_regex: { type: "string", format: "regex" },
        can_output_sarif: { type: "boolean" },
        cli_sarif_args: texts,
      },
    ),
  ),
});

/** https://megalinter.io/latest/plugins/: the folder and the file have to be called so. */
const megaLinter = object({
  PLUGINS: list({
    type: "string",
    pattern: "^(?:file|https)://.*/mega-linter-plugin-[^/]+/[^/]+\\.megalinter-descriptor\\.yml$",
  }),
});

/** https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/steps */
const azure = object({
  steps: list({
    anyOf: [
      object({ script: text }),
      object(
        {
          task: { const: "PublishBuildArtifacts@1" },
          // The tab for scans looks for an artifact of this name.
          inputs: object({ PathtoPublish: text, ArtifactName: { const: "CodeAnalysisLogs" } }),
        },
        { condition: text },
      ),
    ],
  }),
});

/** https://circleci.com/docs/reference/configuration-reference/ */
const circleCi = object({
  version: { const: 2.1 },
  jobs: mapping(
    object({
      docker: list(object({ image: text })),
      steps: list({
        anyOf: [
          { const: "checkout" },
          object({ run: text }),
          object({ store_test_results: object({ path: text }) }),
        ],
      }),
    }),
  ),
  workflows: mapping(object({ jobs: texts })),
});

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html */
const codeBuild = object({
  version: { const: 0.2 },
  phases: object({ build: object({ commands: texts }) }),
  reports: mapping(
    object({
      files: { anyOf: [text, texts] },
      "base-directory": text,
      "file-format": {
        enum: ["CUCUMBERJSON", "JUNITXML", "NUNITXML", "NUNIT3XML", "TESTNGXML", "VISUALSTUDIOTRX"],
      },
    }),
  ),
});

/** https://www.runatlantis.io/docs/server-side-repo-config#reference */
const atlantis = object({
  repos: list(
    object({
      id: text,
      policy_check: { const: true },
      custom_policy_check: { const: true },
    }),
  ),
  workflows: mapping(
    object({
      policy_check: object({ steps: list({ anyOf: [{ const: "show" }, object({ run: text })] }) }),
    }),
  ),
  policies: object({
    owners: object({ users: texts }),
    policy_sets: list(object({ name: text, path: text, source: { enum: ["local", "github"] } })),
  }),
});

/** https://docs.spacelift.io/concepts/configuration/runtime-configuration */
const spacelift = object({
  version: { const: "1" },
  stack_defaults: object({ after_plan: texts }),
});

const ajv = new Ajv({ strict: false, allErrors: true, formats: { regex: isExpression } });

function isExpression(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

/** By a word that only the snippet for that system has. */
export const ciSystems: Readonly<Record<string, ValidateFunction>> = Object.fromEntries(
  Object.entries({
    "rev: <release>": preCommit,
    "{staged_files}": lefthook,
    '"lint-staged"': lintStaged,
    descriptor_id: megaLinterDescriptor,
    "PLUGINS:": megaLinter,
    "PublishBuildArtifacts@1": azure,
    store_test_results: circleCi,
    "version: 0.2": codeBuild,
    custom_policy_check: atlantis,
    stack_defaults: spacelift,
  }).map(([word, schema]) => [word, ajv.compile(schema)]),
);
