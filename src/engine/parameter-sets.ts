import type { InputError } from "../findings/input-error.js";
import type { GivenParameter } from "../parsers/cloudformation/parameters.js";
import type { SourceFile } from "../source/source-file.js";

/** What one deployment gives the parameters of its template, and how findings call it. */
export interface NamedParameterSet {
  /** Absent for values that stand in no file. */
  readonly label?: string;
  readonly values: ReadonlyMap<string, GivenParameter>;
  readonly region?: string;
}

/** What all files of parameters and the command line say. */
export interface NamedParameterSets {
  readonly sets: readonly NamedParameterSet[];
  /** Values that count whatever a file says, as they were given by name. */
  readonly values: ReadonlyMap<string, GivenParameter>;
  /** Values that count where the files say nothing. */
  readonly weakerValues: ReadonlyMap<string, GivenParameter>;
  /** Every file that was read, by path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly errors: readonly InputError[];
}

/** Nothing from outside. */
export const noParameterSets: NamedParameterSets = {
  sets: [],
  values: new Map(),
  weakerValues: new Map(),
  files: new Map(),
  errors: [],
};

/**
 * The sets that a template is deployed with: those that give one of its parameters a value. A set
 * may be meant for several templates, so that it may say more. Never empty.
 */
export function setsFor(
  parameterNames: readonly string[],
  { sets, values, weakerValues }: NamedParameterSets,
): readonly NamedParameterSet[] {
  const fitting = sets.filter((set) => parameterNames.some((name) => set.values.has(name)));
  const within = (set?: NamedParameterSet) =>
    new Map([...weakerValues, ...(set?.values ?? []), ...values]);
  if (fitting.length === 0) return [{ values: within() }];
  return fitting.map((set) => ({ ...set, values: within(set) }));
}

/**
 * CloudFormation rejects values for parameters that a template does not declare. Of several templates
 * one is enough. `declared` are the names of all; `otherwise` is where errors stand that are in no file.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function undeclaredParameters(
  { sets, values }: NamedParameterSets,
  declared: ReadonlySet<string>,
  otherwise: string,
): readonly InputError[] {
  const all = [...sets.flatMap((set) => [...set.values]), ...values];
  return all
    .filter(([name]) => !declared.has(name))
    .map(([name, given]) => {
      const location = given.kind === "any" ? undefined : given.location;
      const by = location === undefined ? ", which --parameters sets" : "";
      return {
        code: "invalid-parameter",
        message: `no template declares the parameter ${name}${by}`,
        path: location?.path ?? otherwise,
        ...(location === undefined ? {} : { location }),
      };
    });
}
