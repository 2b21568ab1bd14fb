/** The module that a `source` names, apart from local paths. */
export interface RemoteSource {
  /** Its address in the public registry; undefined for one that is named by its repository. */
  readonly address?: string;
  /** Its repository on GitHub as `owner/name`; undefined for one that is named by its address. */
  readonly repository?: string;
  /** The part behind `//`; `""` for the module at the top. */
  readonly directory: string;
  /** The branch, tag or commit that `?ref=` names. */
  readonly ref?: string;
}

const registryAddress =
  /^(?:(?:registry\.terraform\.io|registry\.opentofu\.org)\/)?([\w-]+\/[\w-]+\/[\w-]+)(?:\/\/([^?]+))?$/i;

const gitHubAddress =
  /^(?:git::)?(?:https:\/\/(?:[^@/]+@)?|ssh:\/\/(?:[^@/]+@)?|[\w-]+@)?github\.com[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:\/\/([^?]+))?(?:\?(.*))?$/i;

/**
 * Reads the address of a module of the public registry (Terraform's or OpenTofu's, which index the
 * same repositories), or of a repository on GitHub. Undefined for any other source.
 * https://developer.hashicorp.com/terraform/language/modules/sources
 * https://opentofu.org/docs/language/modules/sources/
 */
export function parseRemoteSource(text: string): RemoteSource | undefined {
  const [, address, directory = ""] = registryAddress.exec(text) ?? [];
  // Hosts have dots, so that `github.com/owner/name` is no address.
  if (address !== undefined) {
    return { address: address.toLowerCase(), directory: withoutSlashes(directory) };
  }
  const [, owner, name, inside = "", query = ""] = gitHubAddress.exec(text) ?? [];
  if (owner === undefined || name === undefined) return undefined;
  const ref = /(?:^|&)ref=([^&]*)/.exec(query)?.[1];
  return {
    repository: `${owner}/${name}`.toLowerCase(),
    directory: withoutSlashes(inside),
    ...(ref === undefined ? {} : { ref: decode(ref) }),
  };
}

function withoutSlashes(directory: string): string {
  return directory.replace(/^\/+|\/+$/g, "");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
