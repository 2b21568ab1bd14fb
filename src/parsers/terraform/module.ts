import type { InputError } from "../../findings/input-error.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location, TextRange } from "../../source/text-range.js";
import type { Block, Expression, Identifier } from "../hcl/syntax-tree.js";

/** An argument with the file it stands in, since an override file can replace single arguments. */
export interface Argument {
  readonly name: Identifier;
  readonly value: Expression;
  readonly file: SourceFile;
}

/** A nested block with the file it stands in. */
export interface NestedBlock {
  readonly block: Block;
  readonly file: SourceFile;
}

/** What stands between the braces of a block, after overrides. */
export interface BlockContent {
  /** By name. Of equal names the first counts, as the others are errors. */
  readonly arguments: ReadonlyMap<string, Argument>;
  readonly blocks: readonly NestedBlock[];
}

/** A block at the top level of a module, after overrides. */
export interface Declaration extends BlockContent {
  readonly type: string;
  readonly labels: readonly string[];
  /** Type and labels, without the brace. */
  readonly header: Location;
  /** All labels with their quotes: `"aws_instance" "web"`. What a finding on the resource points at. */
  readonly fullName: Location;
  /** The last label with its quotes: the name that is declared. */
  readonly name: Location;
}

/** A version constraint of a provider, as `required_providers` or a `provider` block writes it. */
export interface ProviderConstraint {
  /** Undefined where it is no plain string, which Terraform rejects. */
  readonly text: string | undefined;
  readonly location: Location;
}

/**
 * A directory of Terraform files, read but not evaluated. The same module serves all its callers.
 * https://developer.hashicorp.com/terraform/language/files
 */
export interface Module {
  /** Absolute, with forward slashes. */
  readonly directory: string;
  readonly files: readonly SourceFile[];
  readonly variables: ReadonlyMap<string, Declaration>;
  readonly locals: ReadonlyMap<string, Argument>;
  readonly outputs: ReadonlyMap<string, Declaration>;
  readonly moduleCalls: ReadonlyMap<string, Declaration>;
  /** Managed resources in the order in which they are written; two of one name are both here. */
  readonly managedResources: readonly Declaration[];
  /** Managed resources and data sources by `aws_instance.web` and `data.aws_ami.this`. */
  readonly resources: ReadonlyMap<string, Declaration>;
  readonly awsProviderConstraints: readonly ProviderConstraint[];
  /** Provider configurations by `aws` and `aws.west`. */
  readonly providers: ReadonlyMap<string, Declaration>;
  /** Whether something of it could not be read, so that more may be declared than is known. */
  readonly isIncomplete: boolean;
  readonly errors: readonly InputError[];
}

/** The location of a range in a file. */
export function locate(file: SourceFile, range: TextRange): Location {
  return file.location(range);
}
