import type { LaunchSpecification } from "../model/launch-specification.js";
import { type Origin, originChain } from "../values/origin.js";
import { equals } from "../values/ternary.js";

/** What makes a launch require tokens that does not ask for it. */
export interface SafeByDefault {
  readonly by: "account" | "image";
  /** Where it is said. */
  readonly place: Origin;
  /**
   * Whether the first apply may launch before the account's default is set: Terraform makes resources side
   * by side that do not depend on each other, and a default does not count for instances that are there.
   * https://developer.hashicorp.com/terraform/language/resources/behavior#resource-dependencies
   */
  readonly mayComeLater: boolean;
}

/** Why a launch is safe only by what stands outside of it; undefined where it is not, or says so itself. */
export function safeByDefault(launch: LaunchSpecification): SafeByDefault | undefined {
  const { httpTokens } = launch.effective;
  if (equals(httpTokens, "required") !== "yes") return undefined;
  const place = originChain(httpTokens.origin).find(
    ({ step }) => step === "account-default" || step === "image",
  );
  if (place === undefined) return undefined;
  if (place.step === "image") return { by: "image", place, mayComeLater: false };
  // Of a template, those that launch through it have to wait.
  const launching = launch.launchedBy.length === 0 ? [launch] : launch.launchedBy;
  const mayComeLater = launching.some(
    ({ accountDefaults }) => accountDefaults?.mayComeLater?.() === true,
  );
  return { by: "account", place, mayComeLater };
}

/** What messages call the default. What is assumed stands in a configuration. */
export function accountDefaultOf(
  { accountDefaults }: LaunchSpecification,
  { place }: SafeByDefault,
): string {
  return place.given === undefined
    ? `the default of ${accountDefaults?.resource.address ?? ""}`
    : "what is assumed of the account";
}
