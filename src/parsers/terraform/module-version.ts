const condition = /^(=|!=|>=|<=|>|<|~>|)\s*v?(\d+(?:\.\d+)*)(-[\dA-Za-z.-]+)?(?:\+[\dA-Za-z.-]+)?$/;

/**
 * Whether a `version` of a module call admits a release such as `5.6.1`; undefined for a constraint
 * that Terraform rejects. Numbers that are left out are zero, and behind `~>` all but the last of
 * those that are written must be the same, so that `~> 5` admits 6.0.0. Pre-releases are admitted
 * only by name, and releases are none.
 * https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 * https://github.com/hashicorp/go-version/blob/main/constraint.go
 */
export function admits(constraint: string, release: string): boolean | undefined {
  const version = numbersOf(release);
  let isAdmitted = true;
  for (const part of constraint.split(",")) {
    const [, operator, text = "", label] = condition.exec(part.trim()) ?? [];
    if (operator === undefined) return undefined;
    const bound = numbersOf(text);
    // What comes before a release lies between it and the one before.
    const order = compare(version, bound) || (label === undefined ? 0 : 1);
    isAdmitted = isAdmitted && holds(operator, order, version, bound);
  }
  return isAdmitted;
}

function holds(
  operator: string,
  order: number,
  version: readonly number[],
  bound: readonly number[],
): boolean {
  switch (operator) {
    case "!=":
      return order !== 0;
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case "~>":
      return order >= 0 && bound.slice(0, -1).every((part, index) => version[index] === part);
    default:
      return order === 0;
  }
}

function numbersOf(text: string): readonly number[] {
  return text.split(".").map(Number);
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
