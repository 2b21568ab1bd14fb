import { known } from "../../../values/value.js";
import { type Failure, failure, success } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { decidedWhenRun, madeString } from "./made-value.js";
import { overScalars } from "./scalar-function.js";
import {
  formatOffset,
  formatTimestamp,
  localDate,
  parseDuration,
  parseLenientTimestamp,
  parseTimestamp,
  type Timestamp,
} from "./timestamp.js";

const notATimestamp = failure("not a valid RFC3339 timestamp");

/** https://developer.hashicorp.com/terraform/language/functions/formatdate */
const formatdate = overScalars(["string", "string"], ([pattern, text], call) => {
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined) return notATimestamp;
  let formatted = "";
  // Quoted text, a run of one letter, or anything else.
  for (const [part] of pattern.matchAll(/''|'(?:[^']|'')*'?|([A-Za-z])\1*|[^'A-Za-z]+/g)) {
    const piece = formatPart(part, timestamp);
    if (typeof piece !== "string") return piece;
    formatted += piece;
  }
  return success(madeString(formatted, call.origin));
});

function formatPart(part: string, timestamp: Timestamp): string | Failure {
  if (part === "''") return "'";
  if (part.startsWith("'")) {
    const isClosed = /^'(?:[^']|'')*'$/.test(part);
    return isClosed ? part.slice(1, -1).replaceAll("''", "'") : failure("unterminated literal '");
  }
  if (!/^[A-Za-z]/.test(part)) return part;
  return dateVerbs(timestamp)[part] ?? failure(`invalid date format verb "${part}"`);
}

/** English names in the calendar's order. */
export const monthNames =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** English names from Sunday on. */
export const weekdayNames = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

function dateVerbs(timestamp: Timestamp): Readonly<Record<string, string>> {
  const { offset } = timestamp;
  const date = localDate(timestamp);
  const month = monthNames[date.getUTCMonth()] ?? "";
  const weekday = weekdayNames[date.getUTCDay()] ?? "";
  const hour = date.getUTCHours();
  const hourOf12 = hour % 12 === 0 ? 12 : hour % 12;
  const half = hour < 12 ? "AM" : "PM";
  return {
    YY: twoDigits(date.getUTCFullYear() % 100),
    YYYY: String(date.getUTCFullYear()).padStart(4, "0"),
    M: String(date.getUTCMonth() + 1),
    MM: twoDigits(date.getUTCMonth() + 1),
    MMM: month.slice(0, 3),
    MMMM: month,
    D: String(date.getUTCDate()),
    DD: twoDigits(date.getUTCDate()),
    EEE: weekday.slice(0, 3),
    EEEE: weekday,
    h: String(hour),
    hh: twoDigits(hour),
    H: String(hourOf12),
    HH: twoDigits(hourOf12),
    AA: half,
    aa: half.toLowerCase(),
    m: String(date.getUTCMinutes()),
    mm: twoDigits(date.getUTCMinutes()),
    s: String(date.getUTCSeconds()),
    ss: twoDigits(date.getUTCSeconds()),
    Z: formatOffset(offset, ":", "Z"),
    ZZZ: formatOffset(offset, "", "UTC"),
    ZZZZ: formatOffset(offset, "", "+0000"),
    ZZZZZ: formatOffset(offset, ":", "+00:00"),
  };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** https://developer.hashicorp.com/terraform/language/functions/timeadd */
const timeadd = overScalars(["string", "string"], ([text, durationText], call) => {
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined) return notATimestamp;
  const duration = parseDuration(durationText);
  if (duration === undefined) return failure(`invalid duration "${durationText}"`);
  const later = formatTimestamp({ ...timestamp, time: timestamp.time + duration });
  return success(madeString(later, call.origin));
});

/** https://developer.hashicorp.com/terraform/language/functions/timecmp */
const timecmp = overScalars(["string", "string"], ([first, second], call) => {
  const [left, right] = [parseLenientTimestamp(first), parseLenientTimestamp(second)];
  if (left === undefined || right === undefined) return notATimestamp;
  const order = left.time === right.time ? 0 : left.time < right.time ? -1 : 1;
  return success(known(order, call.origin));
});

/**
 * Date and time functions. Those that read the clock are decided when Terraform runs.
 * https://developer.hashicorp.com/terraform/language/functions#date-and-time-functions
 */
export const dateAndTimeFunctions: FunctionTable = {
  formatdate,
  plantimestamp: decidedWhenRun("plantimestamp", 0, "it reads the clock"),
  timeadd,
  timecmp,
  timestamp: decidedWhenRun("timestamp", 0, "it reads the clock"),
};
