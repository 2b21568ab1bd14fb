/** Whether something thrown is the operating system's error of that code. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** The commonest reasons why writing fails. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EEXIST: "a part of its path is a file",
  EISDIR: "it is a directory",
  ENOSPC: "no space is left on the device",
  ENOTDIR: "a part of its path is a file",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};

/** Why the operating system refused something, as a clause. */
export function describeFailure(error: unknown): string {
  const [, reason] = Object.entries(reasons).find(([code]) => isErrno(error, code)) ?? [];
  return reason ?? (error instanceof Error ? error.message : String(error));
}
