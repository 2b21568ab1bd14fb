import { formatNumber } from "../conversion.js";

/** Fractions of more digits, and exponents beyond this one, are others in 64 bits than in Terraform's 512. */
const MOST_DIGITS = 15;
const LARGEST_EXPONENT = 100;

/** Whether the number that a text was read as is the one that Terraform would read. */
export function isExactly(number: number, text: string): boolean {
  if (Number.isSafeInteger(number)) return true;
  if (/^\d+$/.test(text)) return formatNumber(number) === text.replace(/^0+/, "");
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const digits = mantissa.replace(/\D/g, "").replace(/^0+/, "");
  return digits.length <= MOST_DIGITS && Math.abs(Number(exponent)) <= LARGEST_EXPONENT;
}
