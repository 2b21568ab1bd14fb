/** A release without its pre-release label: major, minor and patch number. */
export type ReleaseNumber = readonly [major: number, minor: number, patch: number];

/** One end of a range of releases. */
export interface Bound {
  readonly release: ReleaseNumber;
  readonly isIncluded: boolean;
}

/** The releases that one condition such as `~> 4.60` admits, up to single ones that `!=` takes out. */
export interface ReleaseRange {
  readonly lower: Bound;
  /** Absent where any later release is admitted. */
  readonly upper?: Bound;
}

const condition = /^(=|!=|>=|<=|>|<|~>|)\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[\dA-Za-z.-]+)?$/;

const everything: ReleaseRange = { lower: { release: [0, 0, 0], isIncluded: true } };

/**
 * The ranges that the conditions of a constraint admit, one for each condition of the comma-separated
 * list; undefined for what Terraform rejects. Numbers that are left out are zero. Pre-releases are
 * admitted by `=` alone, so that a bound at a pre-release is one at the release it precedes.
 * https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function parseVersionConstraint(text: string): readonly ReleaseRange[] | undefined {
  const ranges: ReleaseRange[] = [];
  for (const part of text.split(",")) {
    const [, operator, major, minor, patch, label] = condition.exec(part.trim()) ?? [];
    if (operator === undefined) return undefined;
    const release = [Number(major), Number(minor ?? 0), Number(patch ?? 0)] as const;
    const isPatchGiven = patch !== undefined;
    ranges.push(rangeOf(operator, release, isPatchGiven, label !== undefined));
  }
  return ranges;
}

function rangeOf(
  operator: string,
  release: ReleaseNumber,
  isPatchGiven: boolean,
  isBeforeRelease: boolean,
): ReleaseRange {
  const [major, minor] = release;
  const from = { release, isIncluded: true };
  const before = { release, isIncluded: false };
  switch (operator) {
    case "!=":
      return everything;
    case ">=":
      return { lower: from };
    case ">":
      return { lower: isBeforeRelease ? from : before };
    case "<":
      return { ...everything, upper: before };
    case "<=":
      return { ...everything, upper: isBeforeRelease ? before : from };
    case "~>": {
      const next: ReleaseNumber = isPatchGiven ? [major, minor + 1, 0] : [major + 1, 0, 0];
      return { lower: from, upper: { release: next, isIncluded: false } };
    }
    default:
      return { lower: from, upper: from };
  }
}

/** Negative, zero or positive, as the first is older than, the same as, or newer than the second. */
export function compareReleases(first: ReleaseNumber, second: ReleaseNumber): number {
  return first[0] - second[0] || first[1] - second[1] || first[2] - second[2];
}
