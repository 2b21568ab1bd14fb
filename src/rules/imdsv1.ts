import type { LaunchSpecification } from "../model/launch-specification.js";
import type { ProposedFix } from "../findings/fix.js";
import { fixOption } from "../model/option-changes.js";
import { decidingOrigin, type Origin } from "../values/origin.js";
import { equals } from "../values/ternary.js";
import { isWritten } from "./endpoint-written.js";
import { safetyOfRequiringTokens } from "./token-safety.js";
import { instancesOf, placeOfOptions, senderOf, spotWithOptions } from "./wording.js";

/** Instances that answer IMDSv1 requests, or would once something unknown turns out so. */
export interface OpenToImdsv1 {
  /** Whether tokens are optional, not mentioned, or mentioned in vain. */
  readonly message: "optional" | "missing" | "not-sent";
  readonly data: Readonly<Record<string, string>>;
  readonly at: Origin;
  readonly fix: ProposedFix | undefined;
}

/** Whether a launch's instances answer IMDSv1 requests, and why; undefined where that is not certain. */
export function openToImdsv1(launch: LaunchSpecification): OpenToImdsv1 | undefined {
  // The rule on launch templates says what is missing there.
  if (launch.needsLaunchTemplate) return undefined;
  const { httpEndpoint, httpTokens } = launch.effective;
  if (equals(httpEndpoint, "disabled") === "yes" || equals(httpTokens, "required") !== "no") {
    return undefined;
  }
  const at = httpTokens.origin;
  const { step, given } = decidingOrigin(at);
  const isUnset = step === "service-default" || (step === "account-default" && given !== undefined);
  const message = isUnset ? "missing" : step === "not-sent" ? "not-sent" : "optional";
  const advice = message === "not-sent" ? whyNotSent(launch) : { remedy: remedyFor(launch) };
  const data = {
    instances: instancesOf(launch),
    option: launch.nameOf("httpTokens"),
    value: launch.wordFor("httpTokens", "optional"),
    // An endpoint whose value is invalid is reported as such; it does not turn out disabled.
    unless:
      httpEndpoint.state === "unknown" && httpEndpoint.reason.kind !== "invalid"
        ? ` unless ${launch.nameOf("httpEndpoint")} turns out "disabled"`
        : "",
    service: launch.service,
    otherwise: step === "account-default" ? "" : otherwise(launch),
    overrides: overridden(launch),
    required: launch.wordFor("httpTokens", "required"),
    ...advice,
  };
  const fix = fixOption(launch, "httpTokens", "required", safetyOfRequiringTokens(launch));
  return { message, data, at, fix };
}

/** What could still decide where nobody sets the option, as far as it is not in the tree. */
function otherwise({ service, accountDefaults, image }: LaunchSpecification): string {
  if (service !== "EC2") return "";
  const deciders = [
    ...(accountDefaults === undefined ? ["the account"] : []),
    ...(image.state === "known" ? [] : ["the image"]),
  ];
  return deciders.length === 0 ? "" : ` unless ${deciders.join(" or ")} says otherwise`;
}

/** What is written beats an account's default or an image's support, by which it would have been safe. */
function overridden({ accountDefaults, effective, image, service }: LaunchSpecification): string {
  const { step } = decidingOrigin(effective.httpTokens.origin);
  if (service !== "EC2" || step === "service-default" || step === "account-default") return "";
  const byAccount = accountDefaults?.options.httpTokens;
  if (accountDefaults !== undefined && byAccount !== undefined && byAccount.state !== "unset") {
    const isSafe = equals(byAccount, "required") === "yes";
    return isSafe ? `, which overrides the "required" of ${accountDefaults.resource.address}` : "";
  }
  if (image.state !== "known" || equals(image.value.imdsSupport(), "v2.0") !== "yes") return "";
  return `, which overrides the v2.0 of ${image.value.resource.address}`;
}

/** On what condition a token setting that is written would reach EC2, and what helps. */
function whyNotSent(launch: LaunchSpecification) {
  const template = launch.launchTemplate?.template;
  const { sending } = template?.state === "known" ? template.value : launch;
  if (sending.kind === "never") return { condition: "", remedy: remedyFor(launch) };
  const condition = `without ${launch.nameOf("httpEndpoint")} = "enabled" beside it, `;
  return { condition, remedy: senderOf(sending).remedy };
}

/** What to write, and where; the endpoint too unless somebody wrote it. */
function remedyFor(launch: LaunchSpecification): string {
  if (launch.sending.kind === "never") return `use ${spotWithOptions} instead`;
  const { httpEndpoint } = launch.effective;
  const endpoint =
    isWritten(httpEndpoint) || !launch.takes("httpEndpoint")
      ? ""
      : ` and ${launch.nameOf("httpEndpoint")} to "enabled"`;
  const required = launch.wordFor("httpTokens", "required");
  const place = placeOfOptions(launch);
  return `set ${launch.nameOf("httpTokens")} to ${required}${endpoint} ${place}`.trimEnd();
}
