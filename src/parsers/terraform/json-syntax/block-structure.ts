/**
 * How the values of arguments are read.
 * - `template`: strings are templates, `"${var.a}"`.
 * - `literal`: strings are just that.
 * - `expression`: strings are expressions, `"list(string)"`, `"aws_instance.web"`.
 */
export type ValueReading = "template" | "literal" | "expression";

/** What the properties of an object mean that stands for the body of a block. */
export interface BodyStructure {
  /** The block types that can stand in it. Everything else is an argument. */
  readonly blocks: ReadonlyMap<string, BlockStructure>;
  /** Whether the provider decides what else is a block, as it does in resources. */
  readonly hasProviderBlocks: boolean;
  /** How arguments are read that `readings` does not name. */
  readonly reading: ValueReading;
  readonly readings: ReadonlyMap<string, ValueReading>;
}

/** A type of block. */
export interface BlockStructure {
  /** How many labels it has: so many objects are nested before that of the body. */
  readonly labels: number;
  readonly body: BodyStructure;
}

type Blocks = Readonly<Record<string, BlockStructure>>;

function body(blocks: Blocks = {}, parts: Partial<BodyParts> = {}): BodyStructure {
  const { hasProviderBlocks = false, reading = "template", readings = {} } = parts;
  return {
    blocks: new Map(Object.entries(blocks)),
    hasProviderBlocks,
    reading,
    readings: new Map(Object.entries(readings)),
  };
}

interface BodyParts extends Pick<BodyStructure, "hasProviderBlocks" | "reading"> {
  readonly readings: Readonly<Record<string, ValueReading>>;
}

function block(labels: number, structure: BodyStructure): BlockStructure {
  return { labels, body: structure };
}

const plainBlock = block(0, body());
const settings = block(0, body({}, { reading: "literal" }));
const hasProviderBlocks = true;

const dynamic: BlockStructure = {
  labels: 1,
  body: body(
    // A getter, since dynamic blocks can stand within each other.
    {
      content: {
        labels: 0,
        get body() {
          return nestedBlock.body;
        },
      },
    },
    { readings: { iterator: "expression" } },
  ),
};

/** A block that a provider defines, within a resource. */
export const nestedBlock: BlockStructure = block(0, body({ dynamic }, { hasProviderBlocks }));

const lifecycle = block(
  0,
  body(
    { precondition: plainBlock, postcondition: plainBlock, action_trigger: plainBlock },
    { readings: { ignore_changes: "expression", replace_triggered_by: "expression" } },
  ),
);

const provisioner = block(1, body({ connection: plainBlock }));

const resource = block(
  2,
  body(
    { dynamic, lifecycle, provisioner, connection: plainBlock },
    { hasProviderBlocks, readings: { depends_on: "expression", provider: "expression" } },
  ),
);

const variable = block(
  1,
  body({ validation: plainBlock }, { reading: "literal", readings: { type: "expression" } }),
);

const output = block(
  1,
  body({ precondition: plainBlock }, { readings: { depends_on: "expression" } }),
);

const moduleCall = block(
  1,
  body({ lifecycle }, { readings: { depends_on: "expression", providers: "expression" } }),
);

const terraform = block(
  0,
  body(
    {
      required_providers: settings,
      backend: block(1, body({}, { reading: "literal" })),
      cloud: block(0, body({ workspaces: settings }, { reading: "literal" })),
      provider_meta: block(1, body()),
    },
    { reading: "literal" },
  ),
);

const addresses = block(0, body({}, { reading: "expression" }));
const imported = block(0, body({}, { readings: { to: "expression", provider: "expression" } }));
const removed = block(
  0,
  body({ lifecycle: plainBlock, provisioner }, { readings: { from: "expression" } }),
);

/**
 * The body of a `.tf.json` file.
 * https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
 */
export const fileStructure: BodyStructure = body({
  resource,
  data: resource,
  ephemeral: resource,
  module: moduleCall,
  variable,
  output,
  locals: plainBlock,
  provider: block(1, nestedBlock.body),
  terraform,
  moved: addresses,
  import: imported,
  removed,
  check: block(1, body({ data: resource, assert: plainBlock })),
});

/**
 * The body of a `.tfvars.json` file.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
export const variableValuesStructure: BodyStructure = body({}, { reading: "literal" });

/**
 * JSON cannot tell a block with one body from a map. These are the nested blocks that are read of
 * resources and data sources and that none has as a map; the shape of others must speak for itself.
 */
export const providerBlockTypes: ReadonlySet<string> = new Set([
  "compute_resources",
  "condition",
  "fast_launch_configuration",
  "instance_metadata_options",
  "instance_metadata_service_configuration",
  "instance_requirements",
  "launch_specification",
  "launch_template",
  "launch_template_config",
  "launch_template_specification",
  "metadata_options",
  "mixed_instances_policy",
  "not_principals",
  "override",
  "overrides",
  "principals",
  "setting",
  "statement",
]);
