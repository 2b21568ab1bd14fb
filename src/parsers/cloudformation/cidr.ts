/** CloudFormation makes at most this many blocks at once. */
const MOST_BLOCKS = 256;

/**
 * The first `count` blocks of an IPv4 block with `hostBits` bits each for addresses; undefined
 * where there are not that many, or something is not a number in range.
 */
export function subdivide(
  block: string,
  count: number,
  hostBits: number,
): readonly string[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  if (match === null) return undefined;
  const [first = 0, second = 0, third = 0, fourth = 0, prefix = 0] = match.slice(1).map(Number);
  const octets = [first, second, third, fourth];
  if (octets.some((octet) => octet > 255) || prefix > 32) return undefined;
  if (!Number.isInteger(count) || count < 1 || count > MOST_BLOCKS) return undefined;
  if (!Number.isInteger(hostBits) || hostBits < 1 || hostBits > 32) return undefined;

  const size = 2 ** hostBits;
  const available = 2 ** (32 - prefix);
  if (count * size > available) return undefined;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const start = address - (address % available);
  return Array.from({ length: count }, (_, index) => {
    return `${formatAddress(start + index * size)}/${32 - hostBits}`;
  });
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
