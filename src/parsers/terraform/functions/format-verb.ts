import type { Evaluated } from "../../../values/evaluated.js";
import { convertToKind, formatNumber, type ScalarKind } from "../conversion.js";
import { failure, type Failure } from "./function-result.js";
import { graphemesOf } from "./graphemes.js";
import { jsonString, jsonText } from "./json-text.js";
import type { ScalarOf } from "./scalar-function.js";

/** One `%…` of a format string. */
export interface FormatVerb {
  /** As it is written, for complaints. */
  readonly text: string;
  /** Any of `#`, `0`, `-`, `+` and a space. */
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly mode: string;
}

/**
 * A value as a verb writes it. The value is wholly known.
 * https://developer.hashicorp.com/terraform/language/functions/format#specification-syntax
 */
export function formatValue(verb: FormatVerb, value: Evaluated): string | Failure {
  const { mode } = verb;
  if (mode === "v") return pad(verb, defaultText(verb, value));
  switch (mode) {
    case "t": {
      const truth = scalarOf(verb, value, "bool");
      return typeof truth === "boolean" ? String(truth) : truth;
    }
    case "s":
    case "q": {
      const text = scalarOf(verb, value, "string");
      if (typeof text !== "string") return text;
      const shortened = truncate(text, verb.precision);
      return pad(verb, mode === "q" ? jsonString(shortened) : shortened);
    }
    case "b":
    case "d":
    case "o":
    case "x":
    case "X": {
      const number = scalarOf(verb, value, "number");
      return typeof number === "number" ? formatInteger(verb, number) : number;
    }
    case "e":
    case "E":
    case "f":
    case "g":
    case "G": {
      const number = scalarOf(verb, value, "number");
      return typeof number === "number" ? formatFloat(verb, number) : number;
    }
    default:
      return failure(`unsupported format verb in "${verb.text}"`);
  }
}

const plainVerb: FormatVerb = {
  text: "%g",
  flags: "",
  width: undefined,
  precision: undefined,
  mode: "g",
};

function defaultText(verb: FormatVerb, value: Evaluated): string {
  if (!verb.flags.includes("#") && value.state === "known") {
    if (typeof value.value === "string") return value.value;
    if (typeof value.value === "number") return formatFloat(plainVerb, value.value);
  }
  const text = jsonText(value);
  return typeof text === "string" ? text : "";
}

function scalarOf<Kind extends ScalarKind>(
  verb: FormatVerb,
  value: Evaluated,
  kind: Kind,
): ScalarOf[Kind] | Failure {
  const result = convertToKind(value, kind);
  if (!result.ok) return failure(`unsupported value for "${verb.text}": ${result.message}`);
  if (result.value.state !== "known") {
    return failure(`unsupported value for "${verb.text}": null value cannot be formatted`);
  }
  return result.value.value as ScalarOf[Kind];
}

/** A precision of 0 does not shorten, in Terraform. */
function truncate(text: string, precision: number | undefined): string {
  if (precision === undefined || precision === 0) return text;
  return graphemesOf(text).slice(0, precision).join("");
}

function pad({ flags, width = 0 }: FormatVerb, text: string): string {
  const missing = width - graphemesOf(text).length;
  if (missing <= 0) return text;
  const padding = (flags.includes("0") ? "0" : " ").repeat(missing);
  return flags.includes("-") ? text + padding : padding + text;
}

const radixes: Readonly<Record<string, number>> = { b: 2, o: 8, d: 10, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { b: "0b", o: "0", x: "0x", X: "0X" };

function formatInteger(verb: FormatVerb, number: number): string | Failure {
  const { flags, mode, precision } = verb;
  if (!Number.isInteger(number)) {
    return failure(`unsupported value for "${verb.text}": an integer is required`);
  }
  const magnitude = BigInt(Math.abs(number)).toString(radixes[mode]);
  const digits = (mode === "X" ? magnitude.toUpperCase() : magnitude).padStart(precision ?? 0, "0");
  if (precision === 0 && number === 0) return "";
  const prefix = flags.includes("#") ? (prefixes[mode] ?? "") : "";
  const fillsWithZeros = flags.includes("0") && !flags.includes("-") && precision === undefined;
  return padNumber(verb, signOf(flags, number < 0) + prefix, digits, fillsWithZeros);
}

function formatFloat(verb: FormatVerb, number: number): string {
  const { flags, mode, precision } = verb;
  const magnitude = Math.abs(number);
  const isNegative = number < 0 || Object.is(number, -0);
  const digits =
    mode === "f"
      ? fixedText(magnitude, precision ?? 6)
      : mode.toLowerCase() === "e"
        ? exponentialText(magnitude.toExponential(precision ?? 6))
        : generalText(magnitude, precision);
  const cased = mode === "E" || mode === "G" ? digits.toUpperCase() : digits;
  return padNumber(verb, signOf(flags, isNegative), cased, flags.includes("0"));
}

function signOf(flags: string, isNegative: boolean): string {
  if (isNegative) return "-";
  if (flags.includes("+")) return "+";
  return flags.includes(" ") ? " " : "";
}

function padNumber(
  { flags, width = 0 }: FormatVerb,
  sign: string,
  digits: string,
  fillsWithZeros: boolean,
): string {
  if (fillsWithZeros) return sign + digits.padStart(width - sign.length, "0");
  const text = sign + digits;
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

/** JavaScript rounds exact halves up, Go to the even neighbour. */
function fixedText(number: number, precision: number): string {
  const rounded = expand(number.toFixed(precision));
  const exact = expand(number.toFixed(Math.min(precision + 30, 100)));
  const cut = exact.indexOf(".") + 1 + precision;
  if (!/^50*$/.test(exact.slice(cut))) return rounded;
  const kept = exact.slice(0, cut).replace(/\.$/, "");
  return /[02468]$/.test(kept) ? kept : rounded;
}

/** `toFixed` gives up and writes an exponent from 1e21 on. */
function expand(text: string): string {
  return text.includes("e") ? formatNumber(Number(text)) : text;
}

/** Go writes at least two digits of the exponent. */
function exponentialText(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

/**
 * `%g`: with an exponent where that is below -4 or not below the precision. Without a precision all
 * digits are written, and an exponent from 1e+06 on.
 */
function generalText(number: number, precision: number | undefined): string {
  const fraction = precision === undefined ? undefined : Math.max(precision, 1) - 1;
  const rounded = Number(Number(formatNumber(number)).toExponential(fraction));
  const [mantissa = "", exponentText = "0"] = rounded.toExponential().split("e");
  const exponent = Number(exponentText);
  const digits = mantissa.replace(".", "").length;
  const isShort = precision !== undefined && precision > digits && digits > exponent;
  const limit = isShort ? digits : (precision ?? 6);
  if (exponent < -4 || exponent >= limit) return exponentialText(`${mantissa}e${exponentText}`);
  return formatNumber(rounded);
}
