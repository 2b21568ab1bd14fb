import type { PolicyDocument } from "../../model/iam/policy-document.js";
import type { WrongWord } from "../../model/iam/wrong-word.js";
import { type Evaluated, type EvaluatedMap } from "../../values/evaluated.js";
import type { Location } from "../../source/text-range.js";
import type { SourceOf } from "../composed-text.js";
import { documentIn } from "../json-document.js";
import type { Resource } from "../resource.js";
import { launchResourceOf } from "./launch-resource.js";
import { malformedTexts } from "./malformed-texts.js";
import { isDeclarativePolicy, organizationsContent } from "./policy-kinds.js";
import { asText } from "./read-property.js";

const SECTION = "instance_metadata_defaults";
const ASSIGN = "@@assign";

/** https://docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html */
const CHILD_OPERATORS = "@@operators_allowed_for_child_policies";

const onOrOff = ["enabled", "disabled", "no_preference"];

/**
 * What each setting takes; a hop limit is a number.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
 */
const settings: Readonly<Record<string, readonly string[] | "hop-limit">> = {
  http_tokens: ["required", "optional", "no_preference"],
  http_tokens_enforced: onOrOff,
  http_put_response_hop_limit: "hop-limit",
  http_endpoint: onOrOff,
  instance_metadata_tags: onOrOff,
};

/** The declarative policies of a deployment, as documents whose words are judged. */
export function declarativeDocuments(
  resources: readonly Resource[],
  sourceOf: SourceOf,
): readonly PolicyDocument[] {
  return resources
    .filter((resource) => organizationsContent(resource).length > 0)
    .map((resource) => ({
      kind: "declarative-policy",
      resource: launchResourceOf(resource),
      exists: () => (isDeclarativePolicy(resource) ? resource.exists() : "no"),
      read: () => ({ statements: [] }),
      malformed: () => malformedTexts(organizationsContent(resource), sourceOf),
      groups: () => [],
      launches: () => [],
      wrongWords: () =>
        organizationsContent(resource).flatMap((text) => wrongWords(documentIn(text, sourceOf))),
    }));
}

function wrongWords(document: Evaluated): readonly WrongWord[] {
  const attributes = child(document, "ec2_attributes");
  if (attributes?.state !== "map") return [];
  const names = [...attributes.entries].flatMap(([name, { key }]) =>
    // Other attributes come to be; one that means this one is misspelt.
    name !== SECTION && /metadata|imds/i.test(name) ? [unknownSetting(name, SECTION, key)] : [],
  );
  const section = attributes.entries.get(SECTION)?.value;
  return [...names, ...(section?.state === "map" ? wrongSettings(section) : [])];
}

function wrongSettings(section: EvaluatedMap): readonly WrongWord[] {
  return [...section.entries].flatMap(([name, { key, value }]): readonly WrongWord[] => {
    if (name === CHILD_OPERATORS) return [];
    const takes = settings[name];
    if (takes === undefined) return [unknownSetting(name, nearestSetting(name), key)];
    const expected = `{ "${ASSIGN}": … }`;
    if (value.state === "known") {
      const written = String(value.value);
      return [{ kind: "no-operator", setting: name, written, expected, at: value.origin }];
    }
    return value.state === "map" ? wrongAssignments(name, value, takes) : [];
  });
}

function wrongAssignments(
  setting: string,
  { entries }: EvaluatedMap,
  takes: readonly string[] | "hop-limit",
): readonly WrongWord[] {
  return [...entries].flatMap(([operator, { key, value }]): readonly WrongWord[] => {
    if (operator === CHILD_OPERATORS) return [];
    if (operator !== ASSIGN) {
      const at = standingAt(key);
      return [{ kind: "unknown-operator", setting, written: operator, expected: ASSIGN, at }];
    }
    const text = asText(value);
    if (text.state !== "known" || isTaken(text.value, takes)) return [];
    const expected = takes === "hop-limit" ? "-1 to 64" : takes.join(", ");
    return [{ kind: "unknown-value", setting, written: text.value, expected, at: value.origin }];
  });
}

function isTaken(text: string, takes: readonly string[] | "hop-limit"): boolean {
  if (takes !== "hop-limit") return takes.includes(text);
  return /^-?\d+$/.test(text) && Number(text) >= -1 && Number(text) <= 64;
}

function unknownSetting(written: string, expected: string | undefined, key: Location): WrongWord {
  return { kind: "unknown-setting", setting: SECTION, written, expected, at: standingAt(key) };
}

/** `HttpTokens` and `http-tokens` mean `http_tokens`; so does what has all of its words. */
function nearestSetting(name: string): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  const own = plain(name);
  const same = Object.keys(settings).find((each) => plain(each) === own);
  return same ?? Object.keys(settings).find((each) => own.length > 3 && plain(each).includes(own));
}

function child(value: Evaluated, name: string): Evaluated | undefined {
  return value.state === "map" ? value.entries.get(name)?.value : undefined;
}

function standingAt(location: Location) {
  return { location, step: "written" } as const;
}
