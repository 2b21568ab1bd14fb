/** A moment, with the offset in which it is written. */
export interface Timestamp {
  /** Nanoseconds since 1970 in UTC. */
  readonly time: bigint;
  /** Minutes east of UTC. */
  readonly offset: number;
}

/** Nanoseconds of a second. */
export const SECOND = 1_000_000_000n;

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** A timestamp as RFC 3339 has it, or undefined. https://datatracker.ietf.org/doc/html/rfc3339 */
export function parseTimestamp(text: string): Timestamp | undefined {
  return readFields(rfc3339.exec(text));
}

const lenient =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** As {@link parseTimestamp} with what Go's parser lets pass. https://github.com/golang/go/issues/54580 */
export function parseLenientTimestamp(text: string): Timestamp | undefined {
  return readFields(lenient.exec(text));
}

const zonedYaml =
  /^(\d{4})-(\d\d?)-(\d\d?)[Tt](\d\d?):(\d\d?):(\d\d?)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;
const plainYaml = /^(\d{4})-(\d\d?)-(\d\d?)(?: (\d\d?):(\d\d?):(\d\d?)(?:\.(\d+))?)?$/;

/** A timestamp in one of the forms that YAML has, or undefined. https://yaml.org/type/timestamp.html */
export function parseYamlTimestamp(text: string): Timestamp | undefined {
  return readFields(zonedYaml.exec(text) ?? plainYaml.exec(text));
}

function readFields(match: RegExpExecArray | null): Timestamp | undefined {
  if (match === null) return undefined;
  const field = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day] = [field(1), field(2), field(3)];
  const [hour, minute, second] = [field(4), field(5), field(6)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that the month does not have ends up in another month.
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59) return undefined;
  if (field(9) > 24 || field(10) > 60) return undefined;

  const offset = (match[8] === "-" ? -1 : 1) * (field(9) * 60 + field(10));
  const seconds = date.getTime() / 1000 + hour * 3600 + (minute - offset) * 60 + second;
  const nanoseconds = BigInt((match[7] ?? "").slice(0, 9).padEnd(9, "0"));
  return { time: BigInt(seconds) * SECOND + nanoseconds, offset };
}

/** The moment as a calendar and clock at its offset show it, to be read by the `getUTC…` methods. */
export function localDate({ time, offset }: Timestamp): Date {
  // Of moments before 1970 too, the second that has begun.
  const rest = ((time % SECOND) + SECOND) % SECOND;
  return new Date(Number((time - rest) / SECOND) * 1000 + offset * 60_000);
}

/** In RFC 3339, without the fraction of the second. */
export function formatTimestamp(timestamp: Timestamp): string {
  const date = localDate(timestamp);
  const year = date.getUTCFullYear();
  const digits = String(Math.abs(year)).padStart(4, "0");
  // JavaScript's years beyond four digits have a sign and six.
  const [, rest = ""] = /(-\d\d-\d\dT.{8})/.exec(date.toISOString()) ?? [];
  return `${year < 0 ? "-" : ""}${digits}${rest}${formatOffset(timestamp.offset, ":", "Z")}`;
}

/** `+02:00` or `+0200`, or `utc` where there is none. */
export function formatOffset(offset: number, separator: ":" | "", utc: string): string {
  if (offset === 0) return utc;
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const digits = [hours, minutes].map((field) => String(field).padStart(2, "0"));
  return `${offset < 0 ? "-" : "+"}${digits.join(separator)}`;
}

/** Nanoseconds of each unit. */
const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
};

/** Nanoseconds of a duration such as `-1h30m`, 64 bits of them, or undefined. https://pkg.go.dev/time#ParseDuration */
export function parseDuration(text: string): bigint | undefined {
  if (/^[+-]?0$/.test(text)) return 0n;
  const [, sign, parts] =
    /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|[uµμm]s|[smh]))+)$/.exec(text) ?? [];
  if (parts === undefined) return undefined;
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of parts.matchAll(
    /(\d*)\.?(\d*)(ns|[uµμm]s|[smh])/g,
  )) {
    const size = units[unit] ?? 0n;
    const precision = fraction.slice(0, 18);
    total += BigInt(whole) * size + (BigInt(precision) * size) / 10n ** BigInt(precision.length);
  }
  const duration = sign === "-" ? -total : total;
  return BigInt.asIntN(64, duration) === duration ? duration : undefined;
}
