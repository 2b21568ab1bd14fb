import { dirname, join } from "pathe";
import { type Evaluated, identityOf } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Resource } from "../resource.js";
import { typesOfKind } from "./launch-resource-kind.js";
import { type PropertyPath, readProperty } from "./read-property.js";

const paths = {
  version: { cloudformation: ["VersionLabel"], terraform: ["version_label"] },
  /** CloudFormation makes the labels of versions. */
  label: { cloudformation: [], terraform: ["name"] },
  application: { cloudformation: ["ApplicationName"], terraform: ["application"] },
  bundle: { cloudformation: ["SourceBundle"], terraform: [] },
  bucket: { cloudformation: ["SourceBundle", "S3Bucket"], terraform: ["bucket"] },
  key: { cloudformation: ["SourceBundle", "S3Key"], terraform: ["key"] },
} as const satisfies Record<string, PropertyPath>;

const argument = (name: string) => ({ cloudformation: [], terraform: [name] });

const versionTypes = typesOfKind({
  cloudformation: "AWS::ElasticBeanstalk::ApplicationVersion",
  terraform: "aws_elastic_beanstalk_application_version",
});

const objectTypes: readonly string[] = ["aws_s3_object", "aws_s3_bucket_object"];

/** The types of resources that lead from an environment to the files of its application. */
export const applicationBundleTypes: readonly string[] = [...versionTypes, ...objectTypes];

/** Where the files of an application are, and the property that leads there. */
export interface ApplicationBundle {
  /** Absolute. */
  readonly directory: string;
  readonly origin: Origin;
}

/**
 * The directory that is packed into the source bundle of the application version that an environment deploys,
 * in the scenario of the moment; undefined where that cannot be known. In Terraform, an object in S3 is made of
 * an `archive_file`; in CloudFormation, the bundle may be a path that `aws cloudformation package` uploads.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/applications-sourcebundle.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elastic_beanstalk_application_version
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */
export function applicationBundleOf(
  environment: Resource,
  resources: readonly Resource[],
): ApplicationBundle | undefined {
  // Other versions than this are deployed by other means.
  const changed = environment.ignoredChanges ?? [];
  if (changed.some(({ name }) => name === "all" || name === "version_label")) return undefined;
  const { value } = readProperty(environment, paths.version);
  const version = only(resources, (candidate) => isVersion(candidate, value, environment));
  const directory = version === undefined ? undefined : packedInto(version, resources);
  return directory === undefined ? undefined : { directory, origin: value.origin };
}

/** Whether a resource is the version of that label, of the environment's application. */
function isVersion(candidate: Resource, label: Evaluated, environment: Resource): boolean {
  if (!versionTypes.includes(candidate.type)) return false;
  if (label.state === "unknown" && label.link?.address === candidate.address) return true;
  return (
    willBe(readProperty(candidate, paths.label).value, label) &&
    mayBe(
      readProperty(candidate, paths.application).value,
      readProperty(environment, paths.application).value,
    )
  );
}

function packedInto(version: Resource, resources: readonly Resource[]): string | undefined {
  const bundle = readProperty(version, paths.bundle).value;
  if (version.dialect === "cloudformation" && bundle.state === "known") {
    return join(dirname(bundle.origin.location.path), String(bundle.value));
  }
  const key = readProperty(version, paths.key).value;
  const bucket = readProperty(version, paths.bucket).value;
  const object = only(resources, (candidate) => isObject(candidate, key, bucket));
  if (object === undefined) return undefined;
  const source = readProperty(object, argument("source")).value;
  if (source.state !== "known" && source.state !== "unknown") return undefined;
  return source.composition?.kind === "packed" ? source.composition.directory : undefined;
}

function isObject(candidate: Resource, key: Evaluated, bucket: Evaluated): boolean {
  if (!objectTypes.includes(candidate.type)) return false;
  if (key.state === "unknown" && key.link?.address === candidate.address) return true;
  return (
    willBe(readProperty(candidate, argument("key")).value, key) &&
    mayBe(readProperty(candidate, argument("bucket")).value, bucket)
  );
}

/** Whether two values are certain to be the same. */
function willBe(left: Evaluated, right: Evaluated): boolean {
  if (left.state === "known") return right.state === "known" && left.value === right.value;
  if (left.state !== "unknown" || right.state !== "unknown") return false;
  const identity = identityOf(left);
  return identity !== undefined && identity === identityOf(right);
}

/** Whether they can be. */
function mayBe(left: Evaluated, right: Evaluated): boolean {
  return left.state !== "known" || right.state !== "known" || left.value === right.value;
}

/** The one resource that is meant; undefined where it can be several. */
function only(
  resources: readonly Resource[],
  isMeant: (candidate: Resource) => boolean,
): Resource | undefined {
  const [found, ...others] = resources.filter(isMeant);
  return others.length === 0 ? found : undefined;
}
