/** Keys of instances: `[0]`, `["a"]`, and `[*]` for one that stands for all. */
const keyPattern = /\[(?:"(?:[^"\\]|\\.)*"|\d+|\*)\]/g;

/** `module.web[0].aws_instance.this["a"]` → `module.web.aws_instance.this`. */
export function withoutKeys(address: string): string {
  return address.replace(keyPattern, "");
}

/** The keys in an address with their brackets, in the order in which they stand there. */
export function keysIn(address: string): readonly string[] {
  return address.match(keyPattern) ?? [];
}
