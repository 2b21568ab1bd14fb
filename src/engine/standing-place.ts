import type { RelatedLocation } from "../findings/finding.js";
import type { Location } from "../source/text-range.js";
import { decidingOrigin, originChain } from "../values/origin.js";
import type { LocatedProblem } from "./check-deployment.js";

/**
 * Where a problem's finding stands: at the place that decides, or, where that is in a module that
 * `terraform init` has installed and that nobody should edit, at the header of the call that brings it.
 */
export function standingPlace({ resource, launch, problem }: LocatedProblem): Location {
  const { location } = decidingOrigin(problem.at);
  if (!isInstalled(location)) return location;
  const template = isLaunchedThrough(problem) ? launch?.launchTemplate?.template : undefined;
  const { calls } = template?.state === "known" ? template.value.resource : resource;
  return calls?.findLast((call) => !isInstalled(call)) ?? location;
}

/** The deciding place, where the finding stands elsewhere. */
export function decidedElsewhere(
  { problem }: LocatedProblem,
  standing: Location,
): readonly RelatedLocation[] {
  const { location } = decidingOrigin(problem.at);
  return location === standing ? [] : [{ message: "the installed module decides it", location }];
}

/** What to add to advice on a place that nobody should edit. */
export function adviceOnCall({ problem }: LocatedProblem, standing: Location): string {
  const { location, step } = decidingOrigin(problem.at);
  const isOwn = location === standing && step !== "module-default";
  return isOwn ? "" : ", by an argument of this call if the module takes one";
}

/** Whether the problem comes to a launch specification through the template that it names. */
export function isLaunchedThrough({ at }: LocatedProblem["problem"]): boolean {
  return originChain(at).some(
    ({ step }) => step === "launch-template" || step === "launch-configuration",
  );
}

/** https://developer.hashicorp.com/terraform/cli/init#child-module-installation */
function isInstalled({ path }: Location): boolean {
  return path.includes("/.terraform/");
}
