import type { OracleValue } from "../test/parsers/terraform/functions/oracle-case.js";

const escapesUnknownToHcl: Readonly<Record<string, string>> = {
  "\\b": "\\u0008",
  "\\f": "\\u000c",
};

/** A recorded argument in HCL's syntax. `referTo` gives a reference to a text that must stand elsewhere. */
export function hclLiteral(value: OracleValue, referTo: (text: string) => string): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (typeof value === "string") return hclString(value);
  if (Array.isArray(value)) {
    return `[${value.map((item: OracleValue) => hclLiteral(item, referTo)).join(", ")}]`;
  }
  const entries = Object.entries(value as Readonly<Record<string, OracleValue>>);
  const [only] = entries;
  if (only?.[0] === "$unknown") return `var.${textOf(only[1])}`;
  if (only?.[0] === "$reference") return referTo(textOf(only[1]));
  // `{ "$toset": ["a"] }` stands for toset(["a"]).
  if (only?.[0].startsWith("$") === true) {
    return `${only[0].slice(1)}(${hclLiteral(only[1], referTo)})`;
  }
  const items = entries.map(([key, item]) => `${hclString(key)} = ${hclLiteral(item, referTo)}`);
  return `{${items.join(", ")}}`;
}

/** A string in HCL's quotes. */
export function hclString(text: string): string {
  return JSON.stringify(text)
    .replace(/\\./g, (escape) => escapesUnknownToHcl[escape] ?? escape)
    .replace(/([$%])\{/g, "$1$1{");
}

/** Whether a recorded argument has an unknown part. */
export function hasUnknown(value: OracleValue): boolean {
  if (value === null || typeof value !== "object") return false;
  return Array.isArray(value)
    ? value.some(hasUnknown)
    : Object.hasOwn(value, "$unknown") || Object.values(value).some(hasUnknown);
}

function textOf(value: OracleValue | undefined): string {
  if (typeof value !== "string") throw new Error("a text is wanted");
  return value;
}
