import type { InputError } from "../../findings/input-error.js";
import type { HclFiles } from "./hcl-files.js";
import type { Argument } from "./module.js";
import { contentOf } from "./read-declarations.js";

/** Where values for the variables of root modules come from that no module's directory holds. */
export interface VariableSources {
  /** By variable: the texts of `TF_VAR_name`. */
  readonly environment: ReadonlyMap<string, string>;
  /** In the order in which they are given; later ones win. */
  readonly commandLine: readonly CommandLineVariable[];
}

/**
 * A `--var name=value` or a `--var-file`, whose path is absolute; or what counts as such, which says by
 * what it is given.
 */
export type CommandLineVariable =
  | { readonly kind: "value"; readonly name: string; readonly text: string; readonly by?: string }
  | { readonly kind: "file"; readonly path: string };

/** A value that is given as text, and by what. */
export interface GivenText {
  readonly text: string;
  /** `--var`, `TF_VAR_tokens`. */
  readonly by: string;
}

/** The sources, read. */
export interface GivenVariables {
  /** What counts unless a module's own variable files say otherwise. */
  readonly weaker: ReadonlyMap<string, GivenText>;
  /** What counts whatever else is said. */
  readonly stronger: ReadonlyMap<string, GivenText | Argument>;
  readonly errors: readonly InputError[];
}

/** Nothing from outside. */
export const noGivenVariables: GivenVariables = {
  weaker: new Map(),
  stronger: new Map(),
  errors: [],
};

/**
 * Reads the sources; a file that cannot be read is an error.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export function readGivenVariables(
  { environment, commandLine }: VariableSources,
  files: HclFiles,
): GivenVariables {
  const weaker = [...environment].map(
    ([name, text]) => [name, { text, by: `TF_VAR_${name}` }] as const,
  );
  const stronger = new Map<string, GivenText | Argument>();
  const errors: InputError[] = [];
  for (const source of commandLine) {
    if (source.kind === "value") {
      const { name, text, by = "--var" } = source;
      stronger.set(name, { text, by });
      continue;
    }
    const parsed = files.parse(source.path);
    errors.push(...("error" in parsed ? [parsed.error] : parsed.errors));
    if ("error" in parsed) continue;
    for (const [name, argument] of contentOf(parsed.body, parsed.file).arguments) {
      stronger.set(name, argument);
    }
  }
  return { weaker: new Map(weaker), stronger, errors };
}
