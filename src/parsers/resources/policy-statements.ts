import type {
  OpenPart,
  PolicyCondition,
  PolicyElement,
  PolicyStatement,
  PolicyStatements,
} from "../../model/iam/policy-document.js";
import type { PolicyText } from "../../model/iam/policy-text.js";
import type { Location } from "../../source/text-range.js";
import { type Evaluated, type EvaluatedEntry, type EvaluatedMap } from "../../values/evaluated.js";
import { decidingOrigin, type Origin } from "../../values/origin.js";
import { known, type UnknownReason } from "../../values/value.js";
import { asText, itemsOf } from "./read-property.js";

/**
 * The statements of a policy document; whatever is not known of it is open. Of names of elements IAM takes
 * those it spells alone, of one statement also without a list.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyStatements(document: Evaluated): PolicyStatements {
  if (document.state === "unknown") return { statements: [], open: document };
  if (document.state !== "map") return { statements: [] };
  const written = document.entries.get("Statement")?.value;
  if (written === undefined || written.state === "unset") return { statements: [] };
  if (written.state === "unknown") return { statements: [], open: written };
  const statements: PolicyStatement[] = [];
  let open: OpenPart | undefined;
  for (const item of itemsOf(written)) {
    const part = item.state === "map" ? item.madeOf : item;
    if (item.state === "map") statements.push(statementOf(item));
    if (part?.state === "unknown") open ??= part;
  }
  return open === undefined ? { statements } : { statements, open };
}

function statementOf(statement: EvaluatedMap): PolicyStatement {
  const { origin } = statement;
  const effect = statement.entries.get("Effect")?.value;
  const { conditions, open } = conditionsOf(statement.entries.get("Condition")?.value);
  return {
    origin,
    effect: effect === undefined ? known("", origin) : asText(effect),
    action: elementOf(statement, "Action"),
    resource: elementOf(statement, "Resource"),
    conditions,
    ...(open === undefined ? {} : { open }),
  };
}

/** The element, else its opposite; a statement without either is about nothing. */
function elementOf({ entries, origin }: EvaluatedMap, name: string): PolicyElement {
  const written = [name, `Not${name}`].find((each) => isWritten(entries.get(each)));
  if (written === undefined) return { name, isNegated: false, texts: [], origin };
  const entry = entries.get(written);
  const isNegated = written !== name;
  if (entry === undefined) return { name, isNegated, texts: [], origin };
  return { name: written, isNegated, ...textsOf(entry.value), origin: at(entry.key, entry.value) };
}

function isWritten(entry: EvaluatedEntry | undefined): boolean {
  return entry !== undefined && entry.value.state !== "unset";
}

/** Where the key stands, with whatever decides the value. */
function at(location: Location, { origin }: Evaluated): Origin {
  const decided = decidingOrigin(origin);
  if (decided === origin) return { location, step: "written" };
  return { location, step: "written", from: decided };
}

interface ConditionsRead {
  readonly conditions: readonly PolicyCondition[];
  readonly open?: OpenPart | undefined;
}

function conditionsOf(value: Evaluated | undefined): ConditionsRead {
  if (value === undefined || value.state === "unset") return { conditions: [] };
  if (value.state === "unknown") return { conditions: [], open: value };
  if (value.state !== "map") return { conditions: [] };
  const conditions: PolicyCondition[] = [];
  let open: OpenPart | undefined;
  for (const [operator, { value: keys }] of value.entries) {
    if (keys.state === "unknown") open ??= keys;
    if (keys.state !== "map") continue;
    for (const [key, entry] of keys.entries) {
      const origin: Origin = { location: entry.key, step: "written", name: key };
      conditions.push({ operator, key, ...textsAsValues(entry.value), origin });
    }
  }
  return { conditions, open };
}

function textsAsValues(value: Evaluated): Pick<PolicyCondition, "values" | "open"> {
  const { texts: values, open } = textsOf(value);
  return open === undefined ? { values } : { values, open };
}

function textsOf(value: Evaluated): Pick<PolicyElement, "texts" | "open"> {
  if (value.state === "unknown" && value.composition === undefined && !isScalarUnknown(value)) {
    return { texts: [], open: value };
  }
  const items = itemsOf(value).filter(({ state }) => state !== "unset");
  return { texts: items.map(textOf) };
}

/** Of one text and of a list of them nothing is known alike, unless its possible values are. */
function isScalarUnknown(value: Evaluated): boolean {
  return value.state === "unknown" && value.possible !== undefined;
}

function textOf(value: Evaluated): PolicyText {
  const { origin } = value;
  const pieces = piecesOf(value);
  const reason = reasonOf(value);
  return reason === undefined ? { pieces, origin } : { pieces, reason, origin };
}

function reasonOf(value: Evaluated): UnknownReason | undefined {
  return value.state === "unknown" ? value.reason : undefined;
}

/** What is written is known around what is not, down to where that comes from. */
function piecesOf(value: Evaluated): readonly (string | undefined)[] {
  if (value.state === "known") return withoutVariables(String(value.value));
  if (value.state !== "unknown" || value.composition?.kind !== "pieces") return [undefined];
  return value.composition.pieces.flatMap((piece) => piecesOf(piece.value));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function withoutVariables(text: string): readonly (string | undefined)[] {
  const [first = "", ...others] = text.split(/\$\{[^{}]*\}/);
  return [first, ...others.flatMap((part) => [undefined, part])].filter((piece) => piece !== "");
}
