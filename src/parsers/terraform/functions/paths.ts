/** Whether a path starts at the top of a disk. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[A-Za-z]:)?\//.test(path);
}

/** The shortest path of the same meaning, `.` for none. https://pkg.go.dev/path/filepath#Clean */
export function cleanPath(path: string): string {
  const isRooted = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    // Above the top there is nothing.
    else if (!isRooted) parts.push(part);
  }
  const joined = parts.join("/");
  return isRooted ? `/${joined}` : joined || ".";
}

/** The last part of a path. https://pkg.go.dev/path/filepath#Base */
export function lastPart(path: string): string {
  if (path === "") return ".";
  const trimmed = path.replace(/\/+$/, "");
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** All but the last part of a path. https://pkg.go.dev/path/filepath#Dir */
export function allButLastPart(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf("/") + 1));
}

/** The way from one absolute path to another. https://pkg.go.dev/path/filepath#Rel */
export function relativePath(from: string, to: string): string {
  const [start, end] = [from, to].map((path) => path.split("/").filter((part) => part !== ""));
  if (start === undefined || end === undefined) return to;
  const firstDifference = start.findIndex((part, index) => part !== end[index]);
  const shared = firstDifference === -1 ? start.length : firstDifference;
  return [...start.slice(shared).map(() => ".."), ...end.slice(shared)].join("/") || ".";
}
