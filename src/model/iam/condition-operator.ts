/** How a condition compares, as its operator's name says it. */
export interface ConditionOperator {
  /** `string-equals`, `numeric-less-than`, … without the parts that follow. */
  readonly comparison: Comparison;
  /** `Not`: it holds where none of the values is met. */
  readonly isNegated: boolean;
  /** It holds where the request does not have the key. */
  readonly ifExists: boolean;
  /** How many of a key's several values must do. */
  readonly quantifier?: "any" | "all";
}

/** What one value of the request and one of the policy are compared by. */
export type Comparison =
  | "equals"
  | "equals-ignoring-case"
  | "like"
  | "number-equals"
  | "number-less"
  | "number-less-or-equal"
  | "number-greater"
  | "number-greater-or-equal"
  | "boolean"
  | "null"
  /** Dates, addresses, ARNs and bytes, which none of the values is that we know. */
  | "other-type";

const comparisons = new Map<string, readonly [comparison: Comparison, isNegated: boolean]>([
  ["stringequals", ["equals", false]],
  ["stringnotequals", ["equals", true]],
  ["stringequalsignorecase", ["equals-ignoring-case", false]],
  ["stringnotequalsignorecase", ["equals-ignoring-case", true]],
  ["stringlike", ["like", false]],
  ["stringnotlike", ["like", true]],
  ["numericequals", ["number-equals", false]],
  ["numericnotequals", ["number-equals", true]],
  ["numericlessthan", ["number-less", false]],
  ["numericlessthanequals", ["number-less-or-equal", false]],
  ["numericgreaterthan", ["number-greater", false]],
  ["numericgreaterthanequals", ["number-greater-or-equal", false]],
  ["bool", ["boolean", false]],
  ["null", ["null", false]],
  ["dateequals", ["other-type", false]],
  ["datenotequals", ["other-type", true]],
  ["datelessthan", ["other-type", false]],
  ["datelessthanequals", ["other-type", false]],
  ["dategreaterthan", ["other-type", false]],
  ["dategreaterthanequals", ["other-type", false]],
  ["binaryequals", ["other-type", false]],
  ["ipaddress", ["other-type", false]],
  ["notipaddress", ["other-type", true]],
  ["arnequals", ["other-type", false]],
  ["arnlike", ["other-type", false]],
  ["arnnotequals", ["other-type", true]],
  ["arnnotlike", ["other-type", true]],
]);

/**
 * What an operator's name says; undefined for a name that IAM does not take.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function conditionOperator(name: string): ConditionOperator | undefined {
  const [, quantifier, comparison = "", suffix] =
    /^(?:(foranyvalue|forallvalues):)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  const found = comparisons.get(comparison);
  if (found === undefined || (comparison === "null" && suffix !== undefined)) return undefined;
  return {
    comparison: found[0],
    isNegated: found[1],
    ifExists: suffix !== undefined,
    ...(quantifier === undefined
      ? {}
      : { quantifier: quantifier === "foranyvalue" ? "any" : "all" }),
  };
}
