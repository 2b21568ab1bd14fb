import { known, unset } from "../../../values/value.js";
import type { DataNode, ScalarNode } from "../../yaml/syntax-tree.js";
import { parseNumber } from "../conversion.js";
import { decodeBase64 } from "../../../source/bytes.js";
import { failure, success } from "./function-result.js";
import { madeString, notSupported } from "./made-value.js";
import { isExactly } from "./number-precision.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";
import { formatTimestamp, parseYamlTimestamp } from "./timestamp.js";

/** What the names of YAML's own tags begin with. */
export const YAML_TAG = "tag:yaml.org,2002:";

/** Whether a key merges another mapping into its own; quotes make no difference to Terraform. */
export function isMergeKey({ text, tag }: ScalarNode): boolean {
  return text === "<<" && tag === undefined;
}

/** What a node comes to whose tag Terraform does not know. */
export function unsupportedTag({ tag = "" }: DataNode): FunctionResult {
  return failure(`unsupported tag ${tag}`);
}

/**
 * A scalar as Terraform types it, given also as it is written in the text. What a plain scalar looks
 * like counts more than its tag.
 * https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/resolve.go
 */
export function scalarValue(
  node: ScalarNode,
  written: string,
  call: FunctionCallContext,
): FunctionResult {
  const { text, style, tag } = node;
  const { origin } = call;
  // JavaScript would put the halves together; for YAML they are no characters.
  if (style === "double-quoted" && /(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]/.test(written)) {
    return failure("half a surrogate pair is no character");
  }
  const type = tag?.startsWith(YAML_TAG) === true ? tag.slice(YAML_TAG.length) : tag;
  if (type === "str") return success(madeString(text, origin));
  if (type === "binary") {
    return decodeBase64(text) === undefined
      ? failure("not valid base64")
      : success(madeString(text, origin));
  }
  const isQuoted = style.endsWith("quoted");
  const value = isQuoted ? undefined : plainValue(text, type, call);
  if (value !== undefined) return value;
  // Quoted text that begins as a number, boolean or null might is a string whatever its tag.
  if (isQuoted && /^(?:$|[-+0-9.yYnNtTfFoO~])/.test(text)) return success(madeString(text, origin));
  return taggedValue(text, type, call);
}

function plainValue(
  text: string,
  type: string | undefined,
  call: FunctionCallContext,
): FunctionResult | undefined {
  const { origin } = call;
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return success(unset(origin));
  if (trueWords.test(text)) return success(known(true, origin));
  if (falseWords.test(text)) return success(known(false, origin));
  if (/^[+-]?\.(?:inf|Inf|INF)$/.test(text)) return failure(`${text} is not supported`);
  if (type === undefined && /^\.(?:nan|NaN|NAN)$/.test(text)) {
    return failure(`${text} is not supported`);
  }
  const timestamp = type === undefined ? parseYamlTimestamp(text) : undefined;
  if (timestamp !== undefined) return success(known(formatTimestamp(timestamp), origin));
  const number = readNumber(text);
  return number === undefined ? undefined : numberResult(number, text, call);
}

const trueWords = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const falseWords = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;

function readNumber(text: string): number | undefined {
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  return parseNumber(text);
}

/** A text that says by its tag alone what it is. */
function taggedValue(
  text: string,
  type: string | undefined,
  call: FunctionCallContext,
): FunctionResult {
  const { origin } = call;
  const wrong = failure(`cannot parse "${text}" as ${type ?? ""}`);
  switch (type) {
    case undefined:
      return success(madeString(text, origin));
    case "null":
      return success(unset(origin));
    case "timestamp": {
      const timestamp = parseYamlTimestamp(text);
      return timestamp === undefined ? wrong : success(known(formatTimestamp(timestamp), origin));
    }
    case "int":
    case "float": {
      const number = readTaggedNumber(text.replaceAll("_", ""));
      return number === undefined ? wrong : numberResult(number, text, call);
    }
    case "bool":
      return wrong;
    default:
      return failure(`unsupported tag ${type}`);
  }
}

function numberResult(number: number, text: string, call: FunctionCallContext): FunctionResult {
  return isExactly(number, text)
    ? success(known(number, call.origin))
    : notSupported("numbers of so many digits", call);
}

/** Also with a sign before `0x`, `0o` or `0b`. https://pkg.go.dev/strconv#ParseInt */
function readTaggedNumber(text: string): number | undefined {
  const [, sign, digits] = /^([+-]?)(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.exec(text) ?? [];
  if (digits === undefined) return parseNumber(text);
  return sign === "-" ? -Number(digits) : Number(digits);
}
