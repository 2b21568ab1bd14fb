import { encodeUtf8 } from "../../../source/bytes.js";
import { compareText } from "../functions/text-order.js";

/**
 * The members of a set in the order in which Terraform's plugin SDK lists it, without duplicates: by
 * the hash of each one's serialization, compared as text.
 * https://github.com/hashicorp/terraform-plugin-sdk/blob/main/helper/schema/set.go
 */
export function inSetOrder<Member>(
  members: readonly Member[],
  serialize: (member: Member) => string,
): readonly Member[] {
  const byHash = new Map<string, Member>();
  for (const member of members) {
    const hash = String(crc32(encodeUtf8(serialize(member))));
    if (!byHash.has(hash)) byHash.set(hash, member);
  }
  return [...byHash]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, member]) => member);
}

/**
 * How a string within a block is serialized for the hash, and as a member of a set by itself.
 * https://github.com/hashicorp/terraform-plugin-sdk/blob/main/helper/schema/serialize.go
 */
export function serializeString(text: string): string {
  return `${text};`;
}

/** The checksum of ISO 3309, as in zip files: 32 bits without sign. */
function crc32(bytes: Uint8Array): number {
  let checksum = ~0;
  for (const byte of bytes) {
    checksum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      checksum = (checksum >>> 1) ^ ((checksum & 1) === 0 ? 0 : 0xedb88320);
    }
  }
  return ~checksum >>> 0;
}
