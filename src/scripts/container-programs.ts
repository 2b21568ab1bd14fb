/** Programs that run containers, by the same words. */
export const PROGRAMS: ReadonlySet<string> = new Set(["docker", "podman", "nerdctl"]);

const RUN_ON_A_LINE = /\b(?:docker|podman|nerdctl)\b(?:[^\\\n]|\\[^])*?\brun\b/;
const ASSIGNED = /=["']?[^\s"']*\b(?:docker|podman|nerdctl)["']?\s/;

/**
 * Whether a text speaks of running something by such a program: on one line, or by the name of a variable.
 * Cheap, and true of too much.
 */
export function mayRunContainers(text: string): boolean {
  return RUN_ON_A_LINE.test(text) || (ASSIGNED.test(text) && /\brun\b/.test(text));
}
