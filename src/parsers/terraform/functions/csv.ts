import type { Evaluated, EvaluatedEntry } from "../../../values/evaluated.js";
import { type Failure, failure } from "./function-result.js";
import { madeString } from "./made-value.js";
import { listResult } from "./read-parameter.js";
import { overScalars } from "./scalar-function.js";

/**
 * A list of objects. Ours, because libraries let pass what Terraform refuses, such as a quote within a
 * plain field.
 * https://developer.hashicorp.com/terraform/language/functions/csvdecode
 */
export const csvdecode = overScalars(["string"], ([text], call) => {
  const records = readRecords(text);
  if ("ok" in records) return records;
  const [header, ...rows] = records;
  if (header === undefined) return failure("missing header line");
  if (new Set(header).size < header.length) return failure("duplicate column name");

  const { origin } = call;
  const items: Evaluated[] = [];
  for (const row of rows) {
    if (row.length !== header.length) return failure("wrong number of fields");
    const entries = new Map<string, EvaluatedEntry>();
    for (const [index, name] of header.entries()) {
      entries.set(name, { key: origin.location, value: madeString(row[index] ?? "", origin) });
    }
    items.push({ state: "map", entries, origin });
  }
  return listResult(items, "list", call);
});

/** The fields of each line that is not empty, as Go reads RFC 4180: quotes only around whole fields. */
function readRecords(text: string): readonly (readonly string[])[] | Failure {
  const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y;
  const source = text.replaceAll("\r\n", "\n").replace(/\r$/, "");
  const records: string[][] = [];
  let record: string[] = [];
  while (field.lastIndex < source.length || record.length > 0) {
    if (record.length === 0 && source[field.lastIndex] === "\n") {
      field.lastIndex += 1;
      continue;
    }
    const match = field.exec(source);
    if (match === null) return failure("a quote stands where none may");
    const [, quoted, plain = "", end] = match;
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}
