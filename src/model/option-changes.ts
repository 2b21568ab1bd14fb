import { addProperties, type FixSafety, type ProposedFix, replaceValue } from "../findings/fix.js";
import { decidingOrigin } from "../values/origin.js";
import type { Scalar } from "../values/value.js";
import type { LaunchSpecification } from "./launch-specification.js";
import { type MetadataOption, spellingOf } from "./metadata-options.js";

/** The word or number that an option is to have: `required`, `2`. */
export type OptionValue = string | number;

/**
 * What makes instances of a launch get an option with this value: another word where one is written,
 * a new property where none is. Undefined where nothing is certain to help.
 */
export function fixOption(
  launch: LaunchSpecification,
  option: MetadataOption,
  value: OptionValue,
  safety: FixSafety = "safe",
): ProposedFix | undefined {
  const effective = launch.effective[option];
  if (effective.state === "unknown" || effective.state === "unset") return undefined;
  const { origin } = effective;
  const { step, given } = decidingOrigin(origin);
  // What is assumed of an account stands in no file that could be changed.
  if (step === "account-default" && given !== undefined) {
    return addOption(launch, option, value, safety);
  }
  switch (step) {
    case "service-default":
    case "provider-default":
      return addOption(launch, option, value, safety);
    case "not-sent":
      return sendOptions(launch, option, safety);
    case "image":
    case "module-default":
    case "planned":
      return undefined;
    default: {
      const owner = ownerOf(launch, option);
      const from = wordOf(owner, option, effective.value);
      const to = wordOf(owner, option, value);
      return replaceValue(origin, from, to, safety);
    }
  }
}

/** The option as a new property of the launch, or of the template that it inherits its options from. */
export function addOption(
  launch: LaunchSpecification,
  option: MetadataOption,
  value: OptionValue,
  safety: FixSafety = "safe",
): ProposedFix | undefined {
  const owner = ownerOf(launch, option);
  const { optionsPath: path, resource } = owner;
  if (path === undefined || owner.declared[option].state !== "unset" || !owner.takes(option)) {
    return undefined;
  }
  const names: readonly MetadataOption[] =
    option !== "httpEndpoint" && wantsEndpoint(owner) ? ["httpEndpoint", option] : [option];
  const properties = names.map((name) => ({
    name: owner.nameOf(name),
    value: wordOf(owner, name, name === option ? value : "enabled"),
  }));
  return addProperties(resource.location, path, properties, safety);
}

/**
 * Terraform's provider sends options beside an endpoint only, or did in some release, so that both are
 * written where neither is.
 */
function wantsEndpoint(launch: LaunchSpecification): boolean {
  const { declared, resource } = launch;
  return (
    spellingOf(resource.type) === "terraform" &&
    declared.httpEndpoint.state === "unset" &&
    launch.takes("httpEndpoint")
  );
}

/** Where options are written but not sent for want of an endpoint, the endpoint. */
function sendOptions(
  launch: LaunchSpecification,
  option: MetadataOption,
  safety: FixSafety,
): ProposedFix | undefined {
  const owner = ownerOf(launch, option);
  const { sending, declared } = owner;
  if (sending.kind !== "beside-endpoint" || declared.httpEndpoint.state !== "unset")
    return undefined;
  return addOption(owner, "httpEndpoint", "enabled", safety);
}

/** The launch itself if it says anything of the option, else the template that speaks for it. */
function ownerOf(launch: LaunchSpecification, option: MetadataOption): LaunchSpecification {
  const template = launch.launchTemplate?.template;
  return launch.sent[option].state === "unset" && template?.state === "known"
    ? ownerOf(template.value, option)
    : launch;
}

/** The value as this type of resource writes it. */
function wordOf(launch: LaunchSpecification, option: MetadataOption, value: OptionValue): Scalar {
  if (typeof value === "number") return value;
  return JSON.parse(launch.wordFor(option, value)) as Scalar;
}
