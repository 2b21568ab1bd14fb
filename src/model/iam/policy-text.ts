import type { Origin } from "../../values/origin.js";
import { fromBoolean, type Ternary } from "../../values/ternary.js";
import type { UnknownReason } from "../../values/value.js";

/** A text of a policy, of which parts may not be known. */
export interface PolicyText {
  /** Undefined stands for any text: what only deploying or the request decides (`${aws:username}`). */
  readonly pieces: readonly (string | undefined)[];
  /** Why a piece is not known, where that is for us to say and not for the request. */
  readonly reason?: UnknownReason;
  readonly origin: Origin;
}

/** The text, where all of it is known. */
export function wholeText({ pieces }: PolicyText): string | undefined {
  return pieces.includes(undefined) ? undefined : pieces.join("");
}

/** As people read it, with … for what is not known. */
export function describeText({ pieces }: PolicyText): string {
  return pieces.map((piece) => piece ?? "…").join("");
}

/** One step of a pattern: a character, exactly one of any, or any number of any. */
type Step = string | typeof anyCharacter | typeof anyText;

const anyCharacter = Symbol("?");
const anyText = Symbol("*");

/**
 * Whether the text is what the pattern says, in which `*` stands for any text and `?` for one character.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
 */
export function matchesPattern({ pieces }: Pick<PolicyText, "pieces">, text: string): Ternary {
  const steps = pieces.flatMap((piece): Step[] =>
    piece === undefined ? [anyText] : Array.from(piece).map(stepOf),
  );
  return certainty(pieces, matchesSteps(steps, Array.from(text)));
}

/** Whether the text is that one, character by character. */
export function isText({ pieces }: Pick<PolicyText, "pieces">, text: string): Ternary {
  const steps = pieces.flatMap((piece): Step[] =>
    piece === undefined ? [anyText] : Array.from(piece),
  );
  return certainty(pieces, matchesSteps(steps, Array.from(text)));
}

/** The text in lower case, for what IAM compares in any case. */
export function inLowerCase(text: PolicyText): PolicyText {
  return { ...text, pieces: text.pieces.map((piece) => piece?.toLowerCase()) };
}

/** What may match must not; what may not match, does not. */
function certainty(pieces: PolicyText["pieces"], canMatch: boolean): Ternary {
  if (!pieces.includes(undefined)) return fromBoolean(canMatch);
  const isAll = pieces.every((piece) => piece === undefined || /^\*+$/.test(piece));
  if (isAll && pieces.length > 1) return "yes";
  return canMatch ? "unknown" : "no";
}

function stepOf(character: string): Step {
  if (character === "*") return anyText;
  return character === "?" ? anyCharacter : character;
}

/** In linear space and at most quadratic time: only the last `*` is ever tried again. */
function matchesSteps(steps: readonly Step[], text: readonly string[]): boolean {
  let step = 0;
  let position = 0;
  let retry: { readonly step: number; readonly position: number } | undefined;
  while (position < text.length) {
    const wanted = steps[step];
    if (wanted === anyText) {
      retry = { step, position };
      step++;
    } else if (wanted !== undefined && (wanted === anyCharacter || wanted === text[position])) {
      step++;
      position++;
    } else if (retry === undefined) {
      return false;
    } else {
      retry = { step: retry.step, position: retry.position + 1 };
      step = retry.step + 1;
      position = retry.position;
    }
  }
  return steps.slice(step).every((rest) => rest === anyText);
}
