import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import type { AwsProvider } from "../resource.js";
import type { HclFiles } from "./hcl-files.js";
import { locate, type ProviderConstraint } from "./module.js";
import { plainText } from "./read-declarations.js";
import {
  type Bound,
  compareReleases,
  parseVersionConstraint,
  type ReleaseRange,
} from "./version-constraint.js";

/** The version of hashicorp/aws that a lock file names. */
export interface LockedVersion {
  readonly text: string;
  readonly location: Location;
  readonly file: SourceFile;
}

/**
 * The version of hashicorp/aws in a root module's lock file, which Terraform keeps to.
 * https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export function readLockedAwsVersion(
  rootDirectory: string,
  files: HclFiles,
): LockedVersion | undefined {
  const path = `${rootDirectory}/.terraform.lock.hcl`;
  if ("error" in files.read(path)) return undefined;
  const lock = files.parse(path);
  if ("error" in lock) return undefined;
  const provider = lock.body.blocks.find(
    ({ type, labels }) =>
      type.name === "provider" && labels[0]?.value.endsWith("/hashicorp/aws") === true,
  );
  const version = provider?.body.attributes.find(({ name }) => name.name === "version");
  const text = version === undefined ? undefined : plainText(version.value);
  if (version === undefined || text === undefined) return undefined;
  return { text, location: locate(lock.file, version.value.range), file: lock.file };
}

/**
 * What is certain of the release that deploys: the locked one, else the newest that the constraints
 * of all modules admit. Undefined where that is not to be told: nothing bounds it from above, the
 * constraints leave nothing, or one of them cannot be read.
 *
 * Behaviour changes with a release `x.y.0`, so that the upper end of what is admitted says enough and
 * no list of releases is needed: `~> 4.0` ends before 5.0.0, `~> 4.60.0` before 4.61.0. What `!=` takes
 * out is disregarded, which can only leave a newer release.
 */
export function awsProviderOf(
  locked: LockedVersion | undefined,
  constraints: readonly ProviderConstraint[],
): AwsProvider | undefined {
  if (locked !== undefined) {
    const { text, location } = locked;
    const range = parseVersionConstraint(`= ${text}`)?.[0];
    const message = `the AWS provider is locked to ${text}`;
    return range === undefined ? undefined : providerWithin(range, { message, location });
  }
  let admitted: LocatedRange | undefined;
  for (const { text, location } of constraints) {
    const ranges = text === undefined ? undefined : parseVersionConstraint(text);
    if (text === undefined || ranges === undefined) return undefined;
    for (const range of ranges) {
      const located = { ...range, text, location };
      admitted = admitted === undefined ? located : intersect(admitted, located);
    }
  }
  if (admitted === undefined || isEmpty(admitted)) return undefined;
  const { text, location } = admitted;
  return providerWithin(admitted, { message: `the AWS provider must be ${text}`, location });
}

/** A range with the constraint that gives it its upper end. */
interface LocatedRange extends ReleaseRange {
  readonly text: string;
  readonly location: Location;
}

function intersect(first: LocatedRange, second: LocatedRange): LocatedRange {
  const lower = compareLower(first.lower, second.lower) >= 0 ? first.lower : second.lower;
  const nearest = compareUpper(first.upper, second.upper) <= 0 ? first : second;
  return { ...nearest, lower };
}

function isEmpty({ lower, upper }: ReleaseRange): boolean {
  if (upper === undefined) return false;
  const order = compareReleases(lower.release, upper.release);
  return order > 0 || (order === 0 && !(lower.isIncluded && upper.isIncluded));
}

/** Of two bounds at one release, the one that leaves it out begins later. */
function compareLower(first: Bound, second: Bound): number {
  const order = compareReleases(first.release, second.release);
  return order === 0 ? Number(second.isIncluded) - Number(first.isIncluded) : order;
}

/** Of two bounds at one release, the one that leaves it out ends earlier; no bound ends last. */
function compareUpper(first: Bound | undefined, second: Bound | undefined): number {
  if (first === undefined || second === undefined) {
    return Number(first === undefined) - Number(second === undefined);
  }
  const order = compareReleases(first.release, second.release);
  return order === 0 ? Number(first.isIncluded) - Number(second.isIncluded) : order;
}

function providerWithin(
  { upper }: ReleaseRange,
  evidence: AwsProvider["evidence"],
): AwsProvider | undefined {
  if (upper === undefined) return undefined;
  return {
    isBefore: (major, minor) => {
      const order = compareReleases(upper.release, [major, minor, 0]);
      return order < 0 || (order === 0 && !upper.isIncluded);
    },
    evidence,
  };
}
