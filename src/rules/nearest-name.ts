import leven from "leven";

/** The known name that a mistyped or unfinished one most likely stands for; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: leven(candidate, name) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, candidate.length / 3))
    .sort((left, right) => left.distance - right.distance);
  const isBeginning = (candidate: string) => name.length > 2 && candidate.startsWith(name);
  return nearest?.candidate ?? known.find(isBeginning);
}
