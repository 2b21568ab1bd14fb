import { entryOf, type MappingNode } from "../yaml/syntax-tree.js";
import { plainText } from "./intrinsic-call.js";

/**
 * Whether the type and the limits of a parameter leave a text as its value: `MinValue` and `MaxValue` of a
 * number, `MinLength` and `MaxLength` of a string. Undefined where anything will do. `type` is the declared one.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function limitsOf(
  declaration: MappingNode,
  type: string,
): ((text: string) => boolean) | undefined {
  const limit = (name: string): number | undefined => {
    const node = entryOf(declaration, name)?.value;
    const text = node === undefined ? undefined : plainText(node);
    return text === undefined ? undefined : numberIn(text);
  };
  if (type === "Number") {
    const isBetween = between(limit("MinValue"), limit("MaxValue"));
    return (text) => {
      const value = numberIn(text);
      return value !== undefined && isBetween(value);
    };
  }
  const [least, most] = [limit("MinLength"), limit("MaxLength")];
  if (type !== "String" || (least === undefined && most === undefined)) return undefined;
  const isBetween = between(least, most);
  return (text) => isBetween(text.length);
}

function between(least = -Infinity, most = Infinity): (value: number) => boolean {
  return (value) => least <= value && value <= most;
}

function numberIn(text: string): number | undefined {
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}
