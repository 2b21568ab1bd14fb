import { describe, expect, test } from "vitest";
import { lint } from "../../../src/engine/lint.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";
import { chooseRules } from "../../../src/rules/choose-rules.js";
import { MemoryFileSystem } from "../../../src/source/memory-file-system.js";
import { isPlan, lintIn, lintPlan, substance } from "./lint-plan.js";

/** The JSON of a value that a plan may hold. */
type Json = unknown;

interface PlannedInstance {
  readonly address?: string;
  readonly type?: string;
  readonly actions?: readonly string[];
  readonly after?: Json;
  readonly unknown?: Json;
  readonly sensitive?: Json;
  readonly expressions?: Json;
  readonly deposed?: string;
}

const optional = [{ http_endpoint: "enabled", http_tokens: "optional" }];
const written = [
  { http_endpoint: { constant_value: "enabled" }, http_tokens: { constant_value: "optional" } },
];

/** A plan in the form of Terraform 1.x, of resources in the root module. */
function plan(resources: readonly PlannedInstance[], others: Readonly<Record<string, Json>> = {}) {
  const described = resources.map(
    ({ address = "aws_instance.web", type = "aws_instance", ...rest }) => ({
      identity: { address, mode: "managed", type, name: address.split(".").at(-1) },
      ...rest,
    }),
  );
  const present = described.filter(
    ({ after = {}, deposed }) => after !== null && deposed === undefined,
  );
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: {
        resources: present.map(({ identity, after = {}, sensitive = {} }) => ({
          ...identity,
          values: after,
          sensitive_values: sensitive,
        })),
      },
    },
    resource_changes: described.map(
      ({ identity, actions = ["create"], after = {}, unknown = {}, deposed }) => ({
        ...identity,
        ...(deposed === undefined ? {} : { deposed }),
        change: { actions, before: null, after, after_unknown: unknown },
      }),
    ),
    configuration: {
      root_module: {
        resources: present.map(({ identity, expressions = {} }) => ({ ...identity, expressions })),
      },
    },
    ...others,
  };
}

function findingsOf(planned: Json): readonly string[] {
  const { findings, errors } = lintPlan(planned);
  expect(errors).toEqual([]);
  return findings.map(substance);
}

const fails = ["fail require-imdsv2 optional aws_instance.web"];
const open = { after: { metadata_options: optional }, expressions: { metadata_options: written } };

describe("which resources a plan leaves behind", () => {
  test.each([
    ["created", ["create"]],
    ["updated", ["update"]],
    ["left as they are", ["no-op"]],
    ["replaced", ["delete", "create"]],
    ["replaced, the new one first", ["create", "delete"]],
  ])("%s ones", (_, actions) => {
    expect(findingsOf(plan([{ ...open, actions }]))).toEqual(fails);
  });

  test.each([
    ["destroyed", { actions: ["delete"], after: null }],
    ["forgotten", { actions: ["forget"], after: null }],
    [
      "deposed",
      { actions: ["delete"], after: { metadata_options: optional }, deposed: "0a1b2c3d" },
    ],
  ])("not %s ones", (_, resource) => {
    expect(findingsOf(plan([resource]))).toEqual([]);
  });

  test("the new one of a resource that has a deposed one too", () => {
    const good = [{ http_endpoint: "enabled", http_tokens: "required" }];
    const deposed = { actions: ["delete"], after: null, deposed: "0a1b2c3d" };
    expect(findingsOf(plan([deposed, { ...open, after: { metadata_options: good } }]))).toEqual([]);
    expect(findingsOf(plan([deposed, open]))).toEqual(fails);
  });

  test("not data sources", () => {
    const planned = plan([open]);
    const data = JSON.parse(JSON.stringify(planned).replaceAll('"managed"', '"data"')) as Json;
    expect(findingsOf(data)).toEqual([]);
  });

  test("those of changes, where there are no planned values", () => {
    expect(findingsOf({ ...plan([open]), planned_values: undefined })).toEqual(fails);
  });

  test("those of planned values, where there are no changes", () => {
    expect(findingsOf({ ...plan([open]), resource_changes: undefined })).toEqual(fails);
  });
});

describe("what is written and what is not", () => {
  const unknownOptions = { metadata_options: [{ http_tokens: true }] };
  const block = (tokens: Json) => ({
    after: { metadata_options: [{ http_endpoint: "enabled" }] },
    unknown: unknownOptions,
    expressions: {
      metadata_options: [{ http_endpoint: { constant_value: "enabled" }, ...(tokens as object) }],
    },
  });
  const missing = ["fail require-imdsv2 missing aws_instance.web"];
  const undecided = ["open require-imdsv2 undecided aws_instance.web"];

  test("an option that only the provider fills in is not set", () => {
    expect(findingsOf(plan([block({})]))).toEqual(missing);
  });

  test("a block that only the provider fills in is not set", () => {
    expect(findingsOf(plan([{ unknown: { metadata_options: true } }]))).toEqual(missing);
  });

  test("a resource without arguments sets nothing", () => {
    const planned = plan([{ unknown: { metadata_options: true } }]);
    const text = JSON.stringify(planned).replace('"expressions":{}', '"count_expression":{}');
    expect(findingsOf(JSON.parse(text))).toEqual(missing);
  });

  test("what the state has of an option that is not written is no setting", () => {
    const after = { metadata_options: [{ http_endpoint: "enabled", http_tokens: "required" }] };
    const expressions = { metadata_options: [{ http_endpoint: { constant_value: "enabled" } }] };
    expect(findingsOf(plan([{ actions: ["no-op"], after, expressions }]))).toEqual(missing);
  });

  test("zeros of the state in a block that dynamic makes are no settings", () => {
    const after = {
      metadata_options: [
        {
          http_endpoint: "enabled",
          http_protocol_ipv6: "",
          http_put_response_hop_limit: 0,
          http_tokens: "required",
          instance_metadata_tags: "",
        },
      ],
    };
    const template = { address: "aws_launch_template.web", type: "aws_launch_template", after };
    expect(findingsOf(plan([{ ...template, actions: ["no-op"] }]))).toEqual([]);
  });

  test("null is not set", () => {
    const resource = block({ http_tokens: { constant_value: null } });
    expect(findingsOf(plan([{ ...resource, unknown: {} }]))).toEqual(missing);
  });

  test("an unknown expression of known parts is null", () => {
    const resource = block({ http_tokens: { references: ["var.tokens"] } });
    expect(findingsOf(plan([resource], { variables: { tokens: { value: null } } }))).toEqual(
      missing,
    );
  });

  test.each([
    ["a local", ["local.tokens"]],
    ["a resource", ["aws_ssm_parameter.tokens.value", "aws_ssm_parameter.tokens"]],
    ["a data source", ["data.aws_ssm_parameter.tokens.value", "data.aws_ssm_parameter.tokens"]],
    ["an output", ["module.options.tokens", "module.options"]],
  ])("an unknown expression of %s is unknown", (_, references) => {
    expect(findingsOf(plan([block({ http_tokens: { references } })]))).toEqual(undecided);
  });

  test("a data source that was read while planning is known", () => {
    const references = ["data.aws_ssm_parameter.tokens.value", "data.aws_ssm_parameter.tokens"];
    const data = { address: "data.aws_ssm_parameter.tokens", mode: "data" };
    const prior_state = { values: { root_module: { resources: [data] } } };
    const resource = block({ http_tokens: { references } });
    expect(findingsOf(plan([resource], { prior_state }))).toEqual(missing);
  });

  test("an unknown call without references is unknown", () => {
    expect(findingsOf(plan([block({ http_tokens: {} })]))).toEqual(undecided);
  });

  test("an option of a dynamic block may be unknown", () => {
    expect(findingsOf(plan([{ ...block({}), expressions: {} }]))).toEqual(undecided);
  });

  test("a value that the plan hides is unknown", () => {
    const resource = {
      after: { metadata_options: [{ http_endpoint: "enabled", http_tokens: null }] },
      sensitive: { metadata_options: [{ http_tokens: true }] },
      expressions: {
        metadata_options: [
          {
            http_endpoint: { constant_value: "enabled" },
            http_tokens: { references: ["var.tokens"] },
          },
        ],
      },
    };
    expect(findingsOf(plan([resource]))).toEqual(undecided);
  });

  test("a plan without configuration tells only what is known", () => {
    const without = (resource: PlannedInstance) => ({
      ...plan([resource]),
      configuration: undefined,
    });
    expect(findingsOf(without(open))).toEqual(fails);
    expect(findingsOf(without(block({})))).toEqual(undecided);
    const noBlock = { unknown: { metadata_options: true }, sensitive: { metadata_options: [] } };
    expect(findingsOf(without(noBlock))).toEqual(missing);
  });
});

describe("links", () => {
  const template = {
    address: "aws_launch_template.this",
    type: "aws_launch_template",
    after: { metadata_options: optional },
    unknown: { id: true, latest_version: true },
    expressions: { metadata_options: written },
  };
  const joined = ["fail require-imdsv2 optional aws_instance.web aws_launch_template.this"];

  test.each([
    ["Terraform 1.x", ["aws_launch_template.this.id", "aws_launch_template.this"]],
    ["Terraform 0.12", ["aws_launch_template.this"]],
  ])("to a template as %s writes them", (_, references) => {
    const instance = {
      after: { launch_template: [{ version: "$Latest" }] },
      unknown: { launch_template: [{ id: true, name: true }] },
      expressions: {
        launch_template: [{ id: { references }, version: { constant_value: "$Latest" } }],
      },
    };
    expect(findingsOf(plan([template, instance]))).toEqual(joined);
  });

  test("to a template that is there already, by its id", () => {
    const after = { id: "lt-1", latest_version: 3, metadata_options: optional };
    const instance = {
      after: { launch_template: [{ id: "lt-1", name: "this", version: "3" }] },
      expressions: {
        launch_template: [
          {
            id: { references: ["local.template_id"] },
            version: {
              references: ["aws_launch_template.this.latest_version", "aws_launch_template.this"],
            },
          },
        ],
      },
    };
    const existing = { ...template, unknown: {}, actions: ["no-op"], after };
    expect(findingsOf(plan([existing, { ...instance, actions: ["no-op"] }]))).toEqual(joined);
  });

  test("not to one of two templates", () => {
    const references = ["var.which", "aws_launch_template.this.id", "aws_launch_template.other.id"];
    const instance = {
      after: { launch_template: [{}] },
      unknown: { launch_template: [{ id: true, name: true, version: true }] },
      expressions: { launch_template: [{ id: { references } }] },
    };
    const other = { ...template, address: "aws_launch_template.other" };
    expect(findingsOf(plan([template, other, instance]))).toContain(
      "open require-imdsv2 undecided aws_instance.web",
    );
  });
});

describe("what is no plan, or no whole one", () => {
  const text = JSON.stringify(plan([open]), undefined, 2);

  test("one that ends early", () => {
    const { errors, findings } = lintIn({ "/infra/plan.json": text.slice(0, -20) }, isPlan);
    expect(findings).toEqual([]);
    expect(errors).toMatchObject([{ code: "syntax", path: "/infra/plan.json" }]);
    const end = text.slice(0, -20).trimEnd().length;
    expect(errors[0]?.location?.range).toEqual({ start: end, end });
  });

  test("one with a mistake in what is read", () => {
    const broken = text.replace('"http_tokens": "optional"', '"http_tokens" "optional"');
    const { errors } = lintIn({ "/infra/plan.json": broken }, isPlan);
    const at = broken.indexOf('"http_tokens" "optional"');
    expect(errors.map(({ location }) => location?.range.start)).toEqual([at]);
  });

  test.each(["0.1", "0.2", "1.0", "1.2"])("format %s is read", (version) => {
    expect(findingsOf({ ...plan([open]), format_version: version })).toEqual(fails);
  });

  test.each(["2.0", "4", "next"])("format %s is not", (version) => {
    const { errors, findings } = lintPlan({ ...plan([open]), format_version: version });
    expect(findings).toEqual([]);
    expect(errors).toMatchObject([{ code: "invalid-structure" }]);
  });

  test("a plan is read once", () => {
    const reads: string[] = [];
    class Counting extends MemoryFileSystem {
      override read(path: string) {
        reads.push(path);
        return super.read(path);
      }
    }
    lint({
      files: ["/infra/plan.json"],
      named: new Set(),
      fileSystem: new Counting({ "/infra/plan.json": text }),
      rootDirectory: "/infra",
      rules: chooseRules(),
      loadTolerantYaml: () => parseTolerantly,
    });
    expect(reads.filter((path) => path === "/infra/plan.json")).toHaveLength(1);
  });

  test("a plan within other JSON is left alone", () => {
    const { errors, findings, coverage } = lintPlan({ event: plan([open]) });
    expect([errors, findings, coverage.terraformPlans]).toEqual([[], [], 0]);
  });

  test("a plan that Terraform could not finish says so", () => {
    const { coverage } = lintPlan(plan([open], { errored: true }));
    expect(coverage.skipped.map(({ kind }) => kind)).toEqual(["incomplete-plan"]);
    expect(lintPlan(plan([open], { errored: false })).coverage.skipped).toEqual([]);
  });

  test("whatever is missing or of another kind, nothing throws", () => {
    const whole = plan([
      open,
      { unknown: { metadata_options: true, launch_template: [{ id: true }] } },
    ]);
    for (const damaged of damage(whole)) {
      const { errors } = lintPlan(damaged);
      expect(errors.filter(({ code }) => code === "internal")).toEqual([]);
    }
  });
});

/** The value with each of its parts in turn replaced by something of another kind. */
function* damage(value: Json): Generator {
  for (const other of [null, true, 0, "", [], {}, [{}]]) yield other;
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    for (const [index, item] of items.entries()) {
      for (const other of damage(item)) yield items.with(index, other);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      for (const other of damage(part)) yield { ...value, [key]: other };
    }
  }
}
