/** A network in CIDR notation, or one address where `length` is all its bits. */
export interface Network {
  /** As a number of `bits` bits. In a network, those beyond `length` are 0. */
  readonly address: bigint;
  readonly bits: 32 | 128;
  readonly length: number;
}

const IPV4_LENGTH = 4;
const GROUPS = 8;

/**
 * The network of a text such as `10.1.0.0/16` or `fd00::/8`, or undefined. No library reads addresses
 * as Terraform does, which goes on taking leading zeros for decimal: `010.0.0.1` is `10.0.0.1`.
 * https://developer.hashicorp.com/terraform/language/functions/cidrsubnet
 */
export function parseNetwork(text: string): Network | undefined {
  const [, addressText = "", lengthText] = /^([^/]*)\/(\d+)$/.exec(text) ?? [];
  if (lengthText === undefined) return undefined;
  const single = parseAddress(addressText);
  const length = Number(lengthText);
  if (single === undefined || length > single.bits) return undefined;
  const rest = BigInt(single.bits - length);
  return { ...single, address: (single.address >> rest) << rest, length };
}

/** One address, or undefined. */
export function parseAddress(text: string): Network | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { address: ipv4, bits: 32, length: 32 };
  const ipv6 = parseIpv6(text);
  return ipv6 === undefined ? undefined : { address: ipv6, bits: 128, length: 128 };
}

function parseIpv4(text: string): bigint | undefined {
  const octets = text.split(".");
  if (octets.length !== IPV4_LENGTH) return undefined;
  if (!octets.every((octet) => /^\d+$/.test(octet) && Number(octet) <= 255)) return undefined;
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(Number(octet)), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  const [head = "", tail] = halves;
  const before = parseGroups(head, tail === undefined);
  const after = parseGroups(tail ?? "", true);
  if (halves.length > 2 || before === undefined || after === undefined) return undefined;
  const missing = GROUPS - before.length - after.length;
  // `::` stands for at least one group.
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => 0n), ...after];
  return groups.reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** Groups of 16 bits; the last two of an address may be written as an IPv4 address. */
function parseGroups(text: string, isEnd: boolean): readonly bigint[] | undefined {
  if (text === "") return [];
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const ipv4 = isEnd && index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (ipv4 !== undefined) groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
    else if (/^0*[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

/** Whether it is IPv4 in IPv6's notation, `::ffff:10.0.0.1`, which Terraform reads now so, now so. */
export function isMapped({ address, bits }: Network): boolean {
  return bits === 128 && address >> 32n === 0xffffn;
}

/** The address without the length. https://datatracker.ietf.org/doc/html/rfc5952 */
export function formatAddress({ address, bits }: Network): string {
  if (bits === 32) {
    return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join(".");
  }
  const groups = Array.from({ length: GROUPS }, (_, index) =>
    ((address >> BigInt(16 * (GROUPS - 1 - index))) & 0xffffn).toString(16),
  );
  const { start, length } = longestZeros(groups);
  if (length < 2) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}

/** The first of the longest runs of groups that are 0. */
function longestZeros(groups: readonly string[]): {
  readonly start: number;
  readonly length: number;
} {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let end = start;
    while (groups[end] === "0") end += 1;
    if (end - start > longest.length) longest = { start, length: end - start };
  }
  return longest;
}

/** In CIDR notation. */
export function formatNetwork(network: Network): string {
  return `${formatAddress(network)}/${network.length}`;
}

/** The last address of a network. */
export function lastAddress({ address, bits, length }: Network): bigint {
  return address | ((1n << BigInt(bits - length)) - 1n);
}
