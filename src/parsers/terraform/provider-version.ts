import type { HclFiles } from "./hcl-files.js";
import type { ProviderConstraint } from "./module.js";
import { plainText } from "./read-declarations.js";

/** What is said of the version of hashicorp/aws that deploys. */
export interface AwsProvider {
  /** The version that `.terraform.lock.hcl` names. */
  readonly lockedVersion?: string;
  /** What `required_providers` says, in the root module and in those it calls. */
  readonly constraints: readonly ProviderConstraint[];
}

/**
 * The version of hashicorp/aws in a root module's lock file, which Terraform keeps to.
 * https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export function readLockedAwsVersion(rootDirectory: string, files: HclFiles): string | undefined {
  const path = `${rootDirectory}/.terraform.lock.hcl`;
  if ("error" in files.read(path)) return undefined;
  const lock = files.parse(path);
  if ("error" in lock) return undefined;
  const provider = lock.body.blocks.find(
    ({ type, labels }) =>
      type.name === "provider" && labels[0]?.value.endsWith("/hashicorp/aws") === true,
  );
  const version = provider?.body.attributes.find(({ name }) => name.name === "version");
  return version === undefined ? undefined : plainText(version.value);
}
