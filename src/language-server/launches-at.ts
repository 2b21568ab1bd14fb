import type { DescribedLaunch, DescribedLaunches } from "../engine/describe-launches.js";
import { contains, type Location } from "../source/text-range.js";

/** Launches that a place speaks of, and the place. */
export interface LaunchesAtPlace {
  readonly launches: readonly DescribedLaunch[];
  readonly place: Location;
}

/** Tells whether a location is the one asked for. */
type IsAt = (location: Location) => boolean;

/** How a launch can be spoken of. */
type PlacesOf = (launch: DescribedLaunch) => readonly Location[];

/** The first of these that a position is at counts: who hovers over an option means that of its own resource. */
const waysToSpeakOf: readonly PlacesOf[] = [
  ({ location, optionsPlaces, options }) => [
    location,
    ...optionsPlaces,
    ...options.flatMap(({ keys }) => keys),
  ],
  (launch) => chainsOf(launch).flatMap(([first]) => first?.location ?? []),
  (launch) => chainsOf(launch).flatMap((chain) => chain.map(({ location }) => location)),
];

/**
 * What is launched from the resource whose name, options or values stand at an offset of a file; of a value
 * that others use, such as a variable's default, all of them. Undefined where nothing is.
 */
export function launchesAt(
  { launches }: DescribedLaunches,
  path: string,
  offset: number,
): LaunchesAtPlace | undefined {
  const isAt = isAtOffset(path, offset);
  for (const placesOf of waysToSpeakOf) {
    const meant = launches.filter((launch) => placesOf(launch).some(isAt));
    const [place] = meant.flatMap(placesOf).filter(isAt);
    if (place !== undefined) return { launches: meant, place };
  }
  return undefined;
}

/** Whether a location has an offset of a file in it; its ends count. */
export function isAtOffset(path: string, offset: number): IsAt {
  return (location) =>
    location.path === path && contains(location.range, { start: offset, end: offset });
}

/** How each option came to each of its values. */
export function chainsOf({ options }: DescribedLaunch) {
  return options.flatMap(({ outcomes }) => outcomes.map(({ chain }) => chain));
}
