/** Programs that run containers, by the same words. */
export const PROGRAMS: ReadonlySet<string> = new Set(["docker", "podman", "nerdctl"]);

/** Whether a text speaks of such a program at all; cheap, and true of too much. */
export function mayRunContainers(text: string): boolean {
  return /\b(?:docker|podman|nerdctl)\b/.test(text);
}
