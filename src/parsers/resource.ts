import type { AssumedFacts } from "../model/assumptions.js";
import type { IgnoredChange } from "../model/launch-resource.js";
import type { Construct } from "../model/construct.js";
import type { Skipped } from "../findings/skipped.js";
import type { InputError } from "../findings/input-error.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import type { Subject } from "../values/condition.js";
import type { Evaluated } from "../values/evaluated.js";
import type { Scenarios } from "../values/scenarios.js";
import type { Ternary } from "../values/ternary.js";
import type { Value } from "../values/value.js";

/** The languages templates are written in. */
export type Dialect = "cloudformation" | "terraform";

/**
 * A resource as its dialect's evaluator gives it. What it says depends on the scenario of the
 * moment, so `exists` and `properties` are asked anew in each one.
 */
export interface Resource {
  readonly dialect: Dialect;
  /** `AWS::EC2::Instance`, `aws_instance`. */
  readonly type: string;
  /** The logical ID (`Parent/Child` in nested stacks), or the full Terraform address with instance keys. */
  readonly address: string;
  /** The name in the header: the logical ID, or the block's type and labels. */
  readonly location: Location;
  /** Of a resource of a Terraform plan: where the plan names it, wherever `location` is. */
  readonly planned?: Location;
  /** The headers of the Terraform module calls, or the names of the nested stacks, that lead there, the innermost last. */
  readonly calls?: readonly Location[];
  /** Of a resource in a module that is not installed: `version 5.6.1 of the module`. */
  readonly release?: string;
  /** Whether it is managed elsewhere and a data source found it, so that it is not judged itself. */
  readonly isFound?: true;
  /** Whether more or other may be there than was read: the text is broken, or a macro rewrites it. */
  readonly isIncomplete?: true;
  readonly construct?: Construct;
  /** Of a resource of CloudFormation: what its metadata tells cfn-init to do; absent where it says nothing of it. */
  readonly initMetadata?: () => Evaluated;
  /** Of a resource of Terraform: the entries of its `ignore_changes`. */
  readonly ignoredChanges?: readonly IgnoredChange[];
  /** Of Terraform's resources: which account and Region they are in. */
  readonly deployedTo?: () => DeployedTo;
  /** Of Terraform's resources: whether it is made only after the resource at that address. */
  readonly waitsFor?: (address: string) => boolean;
  /** Whether the resource is created: `Condition:`, `count`, `for_each`, of its modules too. */
  exists(): Ternary;
  /**
   * The properties or arguments as a map; of nested Terraform blocks each type is a list of maps.
   * Entries are computed when read. Unknown where not even the names can be known.
   */
  properties(): Evaluated;
}

/** Where a provider puts what it makes. */
export interface DeployedTo {
  /** The provider configuration as the root module names it: `aws`, `aws.west`. Equal names are one account. */
  readonly provider: string;
  /** Unset where the provider's environment decides. */
  readonly region: Value<string>;
}

/** What is certain of the release of Terraform's AWS provider that deploys. */
export interface AwsProvider {
  /** Whether it is certain to be older than the release `major.minor.0`. */
  isBefore(major: number, minor: number): boolean;
  /** Where that is written, and what stands there, as a clause. */
  readonly evidence: { readonly message: string; readonly location: Location };
}

/** What a deployment would be if somebody gave it other values than its defaults. */
export interface Alternatives {
  /** As it is by its defaults. What is read there decides what `inputs` gives. */
  readonly byDefault: EvaluatedDeployment;
  /** The parameters or variables whose defaults somebody has read so far, where other values are allowed. */
  inputs(): readonly OpenInput[];
}

/** A parameter or variable with a default. */
export interface OpenInput {
  readonly name: string;
  /** Where its default stands. */
  readonly location: Location;
  /** The deployment in which it, and nothing else, can have every value that is allowed; undefined if no other is. */
  open(): OpenedDeployment | undefined;
}

/** A deployment with one input that is open. */
export interface OpenedDeployment {
  readonly deployment: EvaluatedDeployment;
  /** The input, as conditions speak of it. */
  readonly subject: Subject;
}

/** A template with its nested stacks, or a root module with the modules it calls. */
export interface EvaluatedDeployment {
  readonly dialect: Dialect;
  /** Every file that was read for it, by path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** The paths of the files that functions have read so far: what those say is judged where it is used. */
  readonly readPaths?: ReadonlySet<string>;
  /** Reads a file that values were taken from, and adds it to `files`; undefined where there is no text. */
  readonly readFile?: (path: string) => SourceFile | undefined;
  /** The paths of the templates that each file's text is put into, for files that are nothing else. */
  readonly includedBy?: ReadonlyMap<string, ReadonlySet<string>>;
  readonly scenarios: Scenarios;
  readonly resources: readonly Resource[];
  /** The construct that created what stands there; absent where no template is synthesised. */
  readonly constructAt?: (location: Location) => Construct | undefined;
  /** Nobody deploys it so: a module as it would be if all variables had their defaults. */
  readonly isByDefaults?: true;
  /** Absent where nothing is certain: the provider then counts as a current one. */
  readonly awsProvider?: AwsProvider;
  /** Of a template that is deployed with several sets of values for its parameters: which it is. */
  readonly parameterSet?: string;
  /** What it would be with other values than its defaults; absent where nothing has a default. */
  readonly alternatives?: () => Alternatives;
  /** What is assumed of where it is deployed. */
  readonly assumed?: AssumedFacts;
  readonly errors: readonly InputError[];
  /** What could not be evaluated, collected while resources are read, so final only afterwards. */
  readonly skipped: readonly Skipped[];
}
