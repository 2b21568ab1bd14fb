import type { DeclaredOptions } from "../../model/launch-specification.js";
import {
  accepts,
  lazyOptions,
  type MetadataOption,
  metadataOptionNames,
  type MetadataOptions,
  nearestOption,
  optionDefinitions,
  type Spelling,
  spellingOf,
  toWholeNumber,
  type WrittenOption,
} from "../../model/metadata-options.js";
import type { Evaluated, EvaluatedList } from "../../values/evaluated.js";
import { type Known, known, type Scalar, undecided, type Value } from "../../values/value.js";
import { asScalar, type Property, readChild } from "./read-property.js";

/**
 * Reads the options of a `MetadataOptions` mapping or `metadata_options` block, sent as written. An
 * option that the type of resource does not take is invalid, wherever its value comes from.
 */
export function readMetadataOptions(
  container: Property,
  type: string,
  takes: readonly MetadataOption[] = metadataOptionNames,
): DeclaredOptions {
  const spelling = spellingOf(type);
  const options = readOptions(container, spelling, takes);
  const { value, place } = container;
  return {
    options,
    sent: options,
    written: () => writtenOptions(value, spelling),
    ...(isContainer(value) ? { place } : {}),
    ...(isMisshapen(value, spelling) ? { misshapen: value } : {}),
  };
}

/** Terraform's blocks are lists; CloudFormation takes none here, not even of one mapping. */
function isMisshapen(value: Evaluated, spelling: Spelling): value is Known<Scalar> | EvaluatedList {
  return value.state === "known" || (value.state === "list" && spelling === "cloudformation");
}

function isContainer(value: Evaluated): boolean {
  return value.state === "map" || (value.state === "list" && value.items.length > 0);
}

function readOptions(
  container: Property,
  spelling: Spelling,
  takes: readonly MetadataOption[],
): MetadataOptions {
  const read = (option: MetadataOption): Value<Scalar> => {
    const value = readOption(container, option, spelling);
    const isInvalid =
      value.state === "unset"
        ? isMisspelt(container.value, option, spelling)
        : !takes.includes(option);
    return isInvalid ? undecided({ kind: "invalid" }, value.origin) : value;
  };
  const word = <Word extends string>(option: MetadataOption, words: readonly Word[]) =>
    allowed(read(option), (value) => words.find((candidate) => candidate === value));
  const definitions = optionDefinitions;
  return lazyOptions({
    httpTokens: () => word("httpTokens", definitions.httpTokens.words),
    httpEndpoint: () => word("httpEndpoint", definitions.httpEndpoint.words),
    httpPutResponseHopLimit: () => allowed(read("httpPutResponseHopLimit"), toHopLimit),
    httpProtocolIpv6: () => word("httpProtocolIpv6", definitions.httpProtocolIpv6.words),
    instanceMetadataTags: () =>
      word("instanceMetadataTags", definitions.instanceMetadataTags.words),
  });
}

function readOption(
  container: Property,
  option: MetadataOption,
  spelling: Spelling,
): Value<Scalar> {
  const name = optionDefinitions[option][spelling];
  return asScalar(readChild(container, name, container.place).value);
}

/** Whether the option stands there under a name that does not exist; the rule on that says so. */
function isMisspelt(container: Evaluated, option: MetadataOption, spelling: Spelling): boolean {
  if (container.state === "list") {
    return container.items.some((item) => isMisspelt(item, option, spelling));
  }
  if (container.state !== "map") return false;
  return [...container.entries].some(
    ([name, { value }]) =>
      metadataOptionNames.every((known) => optionDefinitions[known][spelling] !== name) &&
      nearestOption(name, spelling) === option &&
      // One that is taken back is not reported, so that the option itself must be.
      value.state !== "unset",
  );
}

/** A value EC2 rejects is unknown and invalid; of possible values only those it takes count. */
function allowed<T extends Scalar>(
  value: Value<Scalar>,
  accept: (value: Scalar) => T | undefined,
): Value<T> {
  if (value.state === "unset") return value;
  const { origin } = value;
  if (value.state === "known") {
    const accepted = accept(value.value);
    return accepted === undefined
      ? undecided({ kind: "invalid" }, origin)
      : known(accepted, origin);
  }
  const { state, reason, isNeverNull } = value;
  if (value.possible === undefined) {
    return { state, reason, origin, ...(isNeverNull && { isNeverNull }) };
  }
  const possible = value.possible.map(accept).filter((candidate) => candidate !== undefined);
  const [only] = possible;
  if (only === undefined) return undecided({ kind: "invalid" }, origin);
  return possible.length === 1 ? known(only, origin) : { state, reason, origin, possible };
}

function toHopLimit(value: Scalar): number | undefined {
  return accepts("httpPutResponseHopLimit", value) ? toWholeNumber(value) : undefined;
}

function writtenOptions(container: Evaluated, spelling: Spelling): readonly WrittenOption[] {
  if (container.state === "list") {
    return container.items.flatMap((item) => writtenOptions(item, spelling));
  }
  if (container.state !== "map") return [];
  const written: WrittenOption[] = [];
  for (const [name, entry] of container.entries) {
    const { key, value } = entry;
    if (value.state === "unset") continue;
    const option = metadataOptionNames.find(
      (candidate) => optionDefinitions[candidate][spelling] === name,
    );
    written.push({ name, key, value, option });
  }
  return written;
}
