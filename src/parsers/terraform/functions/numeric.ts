import { known } from "../../../values/value.js";
import { type Failure, failure, success } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { notSupported } from "./made-value.js";
import { manyScalarsFunction, overScalars, scalarFunction } from "./scalar-function.js";
import type { TerraformFunction } from "./terraform-function.js";

/** https://developer.hashicorp.com/terraform/language/functions/log, …/pow: a finite number or an error. */
function finite(number: number): number | Failure {
  return Number.isFinite(number) ? number : failure("the result is not a finite number");
}

/** https://developer.hashicorp.com/terraform/language/functions/signum, which refuses fractions. */
function signum(number: number): number | Failure {
  return Number.isInteger(number) ? Math.sign(number) + 0 : failure("value must be a whole number");
}

/** https://developer.hashicorp.com/terraform/language/functions/parseint */
const parseint: TerraformFunction = (parameters, call) => {
  const [text] = parameters;
  if (text?.state === "known" && typeof text.value !== "string") {
    return failure("first argument must be a string");
  }
  return parseInteger(parameters, call);
};

const parseInteger = overScalars(["string", "number"], ([text, base], call) => {
  if (!Number.isInteger(base) || base < 2 || base > 62) {
    return failure("base must be a whole number between 2 and 62 inclusive");
  }
  const [, sign, digits = ""] = /^([+-]?)([0-9A-Za-z]+)$/.exec(text) ?? [];
  let magnitude = 0;
  for (const character of digits) {
    const digit = digitValue(character, base);
    if (digit >= base) return failure(`cannot parse "${text}" as a base ${base} integer`);
    magnitude = magnitude * base + digit;
  }
  if (digits === "") return failure(`cannot parse "${text}" as a base ${base} integer`);
  if (magnitude > Number.MAX_SAFE_INTEGER) return notSupported("integers beyond 2^53", call);
  return success(known(sign === "-" ? 0 - magnitude : magnitude, call.origin));
});

/** Up to base 36 both cases are the same digits; above, capital letters follow the small ones. */
function digitValue(character: string, base: number): number {
  const value = Number.parseInt(character, 36);
  const isCapital = character >= "A" && character <= "Z";
  return base > 36 && isCapital ? value + 26 : value;
}

/**
 * Numeric functions.
 * https://developer.hashicorp.com/terraform/language/functions#numeric-functions
 */
export const numericFunctions: FunctionTable = {
  abs: scalarFunction(["number"], Math.abs),
  // Adding 0 makes a whole number of JavaScript's -0.
  ceil: scalarFunction(["number"], (number) => Math.ceil(number) + 0),
  floor: scalarFunction(["number"], Math.floor),
  log: scalarFunction(["number", "number"], (number, base) =>
    finite(Math.log(number) / Math.log(base)),
  ),
  max: manyScalarsFunction("number", (numbers) => Math.max(...numbers)),
  min: manyScalarsFunction("number", (numbers) => Math.min(...numbers)),
  parseint,
  pow: scalarFunction(["number", "number"], (number, power) => finite(number ** power)),
  signum: scalarFunction(["number"], signum),
};
