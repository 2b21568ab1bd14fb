/**
 * A path as seen from a directory; both absolute, with forward slashes. Leads out of the directory
 * with `..`, is `.` for the directory itself, and stays absolute on another Windows drive.
 */
export function relativePath(directory: string, path: string): string {
  const from = segmentsOf(directory);
  const to = segmentsOf(path);
  if (isDrive(to[0]) && to[0] !== from[0]) return path;
  const differing = from.findIndex((segment, index) => segment !== to[index]);
  const shared = differing === -1 ? from.length : differing;
  const steps = [...from.slice(shared).map(() => ".."), ...to.slice(shared)];
  return steps.length === 0 ? "." : steps.join("/");
}

/**
 * The same as a URI reference, each segment percent-encoded: `encodeURI` would let `#`, `?` and `%`
 * through. An absolute `file:` URI on another Windows drive.
 * https://www.rfc-editor.org/rfc/rfc3986#section-4.2
 */
export function relativeUri(directory: string, path: string): string {
  const segments = relativePath(directory, path).split("/");
  const encoded = segments.map(encodeSegment).join("/");
  return isDrive(segments[0]) ? `file:///${encoded.replace("%3A", ":")}` : encoded;
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function isDrive(segment: string | undefined): boolean {
  return segment !== undefined && /^[a-z]:$/i.test(segment);
}

/** Half a surrogate pair, which Windows allows in names, has no encoding: `encodeURIComponent` throws. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd"));
}
