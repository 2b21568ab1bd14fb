import type { Location } from "../source/text-range.js";
import type { Condition, Subject } from "./condition.js";
import type { Origin } from "./origin.js";
import type { Known, Scalar, Unknown, UnknownReason, Unset } from "./value.js";

/**
 * What an expression of either dialect comes to: a scalar, a list, a map, nothing, or unknown. Told
 * apart by `state`. Every part of a list or map carries its own origin.
 */
export type Evaluated = EvaluatedKnown | EvaluatedList | EvaluatedMap | Unset | EvaluatedUnknown;

/** A scalar. */
export interface EvaluatedKnown extends Known<Scalar> {
  readonly composition?: Composition;
}

/** What a text was made of, for whoever reads it as a document of its own. */
export type Composition =
  /** Texts one after the other. Those that were evaluated stand at their expressions. */
  | { readonly kind: "pieces"; readonly pieces: readonly Piece[] }
  /** The value that it spells, as JSON or YAML. */
  | { readonly kind: "encoded"; readonly value: Evaluated }
  /** The text that it spells in Base64. */
  | { readonly kind: "base64"; readonly text: Evaluated }
  /** Texts that are files of their own in it, as those of a MIME archive; in the scenario of the moment. */
  | { readonly kind: "archive"; readonly parts: () => readonly Evaluated[] }
  /** The name of an archive that the files of a directory are packed into; its absolute path. */
  | { readonly kind: "packed"; readonly directory: string }
  /** All that the file at the absolute path says. */
  | { readonly kind: "file"; readonly path: string };

/** A part of a text: written as it is, or the value of an expression. */
export interface Piece {
  readonly isWritten: boolean;
  /** Of a text that is written as a part of a scalar, which stands at its origin: from which character on; 0 by default. */
  readonly offset?: number;
  readonly value: Evaluated;
}

/** A list; of Terraform's collections also sets (in Terraform's order) and tuples. */
export interface EvaluatedList {
  readonly state: "list";
  readonly items: readonly Evaluated[];
  readonly collection: "list" | "set" | "tuple";
  readonly origin: Origin;
}

/** A map or object. Entries keep their order. */
export interface EvaluatedMap {
  readonly state: "map";
  /** In Terraform, which of the two it is, where that is known: the one never equals the other. */
  readonly collection?: "map" | "object";
  readonly entries: ReadonlyMap<string, EvaluatedEntry>;
  readonly origin: Origin;
  /** Whether it is a block of Terraform, of which a provider knows more than is written. */
  readonly isBlock?: boolean;
  /** Of a block that stands for all that are made of an open collection, one or more: that collection. */
  readonly madeOf?: EvaluatedUnknown;
}

/** One entry. `value` may be computed when read, in the scenario of that moment. */
export interface EvaluatedEntry {
  /** Where the key stands. */
  readonly key: Location;
  readonly value: Evaluated;
}

/** An unknown that may still say what it stands for. */
export interface EvaluatedUnknown extends Unknown<Scalar> {
  /** The resource it will be an attribute of: `aws_launch_template.web.id`, `!Ref Template`. */
  readonly link?: Link;
  /** The parameter or variable it stands for, unchanged. */
  readonly subject?: Subject;
  /** For an unknown boolean: when it is true. */
  readonly condition?: Condition;
  /**
   * The absolute path that it is on this machine and may be another elsewhere (Terraform's
   * `abspath`): good for reading the file, for nothing else.
   */
  readonly filePath?: string;
  readonly composition?: Composition;
  /** Of a text made of unknown parts: equal identities are equal texts, whatever the parts turn out to be. */
  readonly identity?: string;
  /** Of a collection of which not all is known. */
  readonly contents?: Contents;
}

/** What is known of an unknown collection. */
export interface Contents {
  /** Entries that it has in any case. */
  readonly entries: ReadonlyMap<string, EvaluatedEntry>;
  /** What each of its elements is like, where that is known; in the scenario of the moment. */
  readonly element?: () => Evaluated;
}

/** An attribute of a resource in the same deployment. */
export interface Link {
  readonly address: string;
  /** As the dialect names it; `Ref` for CloudFormation's `Ref`. */
  readonly attribute: string;
}

/**
 * What an unknown will be, so that two with the same identity are known to be equal. Undefined where
 * nothing can be said.
 */
export function identityOf({ identity, subject, link }: EvaluatedUnknown): string | undefined {
  if (identity !== undefined) return identity;
  if (subject !== undefined) return JSON.stringify(["subject", subject.key]);
  return link === undefined ? undefined : JSON.stringify(["link", link.address, link.attribute]);
}

/** An unknown with nothing more to say than why. */
export function unknown(reason: UnknownReason, origin: Origin): EvaluatedUnknown {
  return { state: "unknown", reason, origin };
}

/**
 * One of several values, when it cannot be said which: equal scalars are that scalar, different
 * ones an unknown of these possible values, anything else an unknown.
 */
export function oneOf(
  candidates: readonly Evaluated[],
  reason: UnknownReason,
  origin: Origin,
): Evaluated {
  const possible = new Set<Scalar>();
  for (const candidate of candidates) {
    if (candidate.state === "known") possible.add(candidate.value);
    else if (candidate.state === "unknown" && candidate.possible !== undefined)
      for (const value of candidate.possible) possible.add(value);
    else return unknown(reason, origin);
  }
  const [first] = possible;
  if (first === undefined) return unknown(reason, origin);
  if (possible.size === 1) return { state: "known", value: first, origin };
  return { state: "unknown", reason, origin, possible: [...possible] };
}

/** The same value seen from another place: `origin` is put before the value's own. */
export function seenFrom<Seen extends { readonly origin: Origin }>(
  value: Seen,
  place: Omit<Origin, "from">,
): Seen {
  return { ...value, origin: { ...place, from: value.origin } };
}

/** The entry's value, or undefined where there is no such entry. */
export function entryValue(map: EvaluatedMap, key: string): Evaluated | undefined {
  return map.entries.get(key)?.value;
}
