const STANDARD = "tag:yaml.org,2002:";

/** What a bare `!` says: take this as the basic type of its kind, do not look at its text. */
export const NON_SPECIFIC_TAGS = {
  scalar: `${STANDARD}str`,
  sequence: `${STANDARD}seq`,
  mapping: `${STANDARD}map`,
} as const;

/**
 * A tag as `ScalarNode.tag` has it: local ones with their mark (`!Ref`),
 * standard ones in full. `handles` maps what `%TAG` directives have declared
 * (`!e!`) to their prefixes.
 */
export function fullTag(written: string, handles: ReadonlyMap<string, string>): string {
  if (written.startsWith("!<")) return written.slice(2, -1);
  const handle = /^!(?:[^!]*!)?/.exec(written)?.[0] ?? "";
  const prefix = handles.get(handle) ?? (handle === "!!" ? STANDARD : undefined);
  return prefix === undefined ? written : prefix + decodePercent(written.slice(handle.length));
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
