import type { ParseError } from "../parse-error.js";
import { parseFast } from "./fast.js";
import { MAX_READ_AGAIN } from "./limits.js";
import type { ParsedYaml } from "./parsed-yaml.js";

/**
 * Reads a text in which lines within quotes or brackets stand no deeper than
 * the key before them. YAML 1.2 and both our parsers forbid that; YAML 1.1's
 * do not look at indentation there, so CloudFormation takes such templates:
 * https://github.com/awslabs/aws-cloudformation-templates/blob/master/aws/services/CloudFormation/FindInMap_Inside_Sub.yaml
 *
 * Each such line is joined to the one before it by a space in place of the line
 * break, which keeps all offsets. Gives undefined if `refusal` or what shows
 * behind it is about something else.
 */
export function readShallowLines(text: string, refusal: ParseError): ParsedYaml | undefined {
  let joined: string | undefined = text;
  let error = refusal;
  for (let readAgain = 0; readAgain < MAX_READ_AGAIN; readAgain += error.range.start) {
    const lineBreak = joined.lastIndexOf("\n", error.range.start - 1);
    if (error.message !== "deficient indentation" || lineBreak < 0) return undefined;
    joined = joinLines(joined, lineBreak);
    if (joined === undefined) return undefined;
    const outcome = parseFast(text, joined);
    if (outcome.isRead) return outcome.parsed;
    error = outcome.error;
  }
  return undefined;
}

/**
 * A comment before the line break would swallow what is joined to it, so it goes
 * too. With quotes in it, it may be no comment but the end of a quoted scalar.
 */
function joinLines(text: string, lineBreak: number): string | undefined {
  const lineStart = text.lastIndexOf("\n", lineBreak - 1) + 1;
  const comment = /(?:^|[ \t])#[^]*$|\r$|$/.exec(text.slice(lineStart, lineBreak));
  if (comment === null || /['"]/.test(comment[0])) return undefined;
  const end = lineStart + comment.index;
  return text.slice(0, end) + " ".repeat(lineBreak + 1 - end) + text.slice(lineBreak + 1);
}
