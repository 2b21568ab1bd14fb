import type { Evaluated } from "../../../values/evaluated.js";
import type { Origin } from "../../../values/origin.js";
import { known } from "../../../values/value.js";
import { monthNames, weekdayNames } from "./date-and-time.js";
import { failure } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { madeObject, notSupported } from "./made-value.js";
import { overScalars } from "./scalar-function.js";
import {
  formatTimestamp,
  localDate,
  parseDuration,
  parseLenientTimestamp,
  SECOND,
} from "./timestamp.js";

const DAY = 24 * 3600 * 1000;

type Fields = Readonly<Record<string, string | number>>;

function objectOf(fields: Fields, origin: Origin) {
  const entries = Object.entries(fields).map(([name, value]): readonly [string, Evaluated] => [
    name,
    known(value, origin),
  ]);
  return madeObject(entries, origin);
}

/** What both functions give of a moment; the date is read in UTC. */
function calendarFields(date: Date): Fields {
  const year = date.getUTCFullYear();
  const yearDay = Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / DAY) + 1;
  return {
    year,
    year_day: yearDay,
    day: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    month_name: monthNames[date.getUTCMonth()] ?? "",
    weekday: date.getUTCDay(),
    weekday_name: weekdayNames[date.getUTCDay()] ?? "",
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ...isoWeek(date),
  };
}

/** A week belongs to the year that its Thursday is in. https://pkg.go.dev/time#Time.ISOWeek */
function isoWeek(date: Date): Fields {
  const daysToThursday = 4 - (date.getUTCDay() || 7);
  const thursday = new Date(date.getTime() + daysToThursday * DAY);
  const year = thursday.getUTCFullYear();
  const dayOfYear = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY);
  return { iso_year: year, iso_week: Math.floor(dayOfYear / 7) + 1 };
}

/** https://registry.terraform.io/providers/hashicorp/time/latest/docs/functions/rfc3339_parse */
const rfc3339Parse = overScalars(["string"], ([text], call) => {
  const timestamp = parseLenientTimestamp(text);
  if (timestamp === undefined) return failure("not a valid RFC3339 timestamp");
  const seconds = timestamp.time / SECOND;
  const isBefore1970 = timestamp.time % SECOND < 0n;
  const unix = Number(isBefore1970 ? seconds - 1n : seconds);
  const date = localDate(timestamp);
  // `Date.UTC` takes years below 100 for those of the last century.
  if (date.getUTCFullYear() < 100) return notSupported("years before 100", call);
  return objectOf({ ...calendarFields(date), unix }, call.origin);
});

/** https://registry.terraform.io/providers/hashicorp/time/latest/docs/functions/unix_timestamp_parse */
const unixTimestampParse = overScalars(["number"], ([seconds], call) => {
  if (!Number.isInteger(seconds)) return failure("the timestamp must be a whole number");
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  if (!(year >= 100 && year <= 9999)) return notSupported("years beyond 100 to 9999", call);
  const rfc3339 = formatTimestamp({ time: BigInt(seconds) * SECOND, offset: 0 });
  return objectOf({ ...calendarFields(date), rfc3339 }, call.origin);
});

/** https://registry.terraform.io/providers/hashicorp/time/latest/docs/functions/duration_parse */
const durationParse = overScalars(["string"], ([text], { origin }) => {
  const duration = parseDuration(text);
  if (duration === undefined) return failure(`"${text}" is not a valid duration`);
  const nanoseconds = Number(duration);
  const fields = {
    hours: nanoseconds / 3.6e12,
    minutes: nanoseconds / 6e10,
    seconds: nanoseconds / 1e9,
    milliseconds: Math.trunc(nanoseconds / 1e6),
    microseconds: Math.trunc(nanoseconds / 1e3),
    nanoseconds,
  };
  return objectOf(fields, origin);
});

/**
 * Functions of the time provider.
 * https://registry.terraform.io/providers/hashicorp/time/latest/docs
 */
export const timeProviderFunctions: FunctionTable = {
  "provider::time::duration_parse": durationParse,
  "provider::time::rfc3339_parse": rfc3339Parse,
  "provider::time::unix_timestamp_parse": unixTimestampParse,
};
