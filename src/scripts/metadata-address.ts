/** Stands in a text for what is not known of it; a character that no template has. */
export const HOLE = "\uFFFC";

/** The header that brings a token, as opposed to the one that asks how long it is good for. */
export const TOKEN_HEADER = /x-aws-ec2-metadata-token(?!-ttl)/i;

/** An address of the instance metadata service. */
export interface MetadataAddress {
  /** It gives tokens. */
  readonly isToken: boolean;
  /** Its path starts with a date instead of `latest`. */
  readonly isVersioned: boolean;
}

/**
 * The service's addresses, with a path of it. Other services have the same address with other paths, and
 * time, name and credential services have addresses nearby.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
const ADDRESS =
  /(?:169\.254\.169\.254|\[fd00:ec2::254\]|\binstance-data(?:\.ec2\.internal)?)(?::80)?\/+(latest|\d{4}-\d{2}-\d{2}|1\.0)(?:\/+(meta-data|user-data|dynamic|api\/token))?(?=[/?"'\s)\uFFFC$]|$)/i;

/** Whether a text speaks of the service at all; cheap, and true of too much. */
export function mayAskForMetadata(text: string): boolean {
  return /169\.254\.169\.254|fd00:ec2::254|instance-data/i.test(text);
}

/** The address of the metadata service in a text; undefined where there is none, or only its host. */
export function metadataAddressIn(text: string): MetadataAddress | undefined {
  const [, version = "", path = ""] = ADDRESS.exec(text) ?? [];
  if (version === "") return undefined;
  return { isToken: /^api\/token$/i.test(path), isVersioned: version.toLowerCase() !== "latest" };
}
