import type { RelatedLocation } from "../findings/finding.js";
import type { LaunchResource } from "../model/launch-resource.js";
import type { Location } from "../source/text-range.js";
import { decidingOrigin, originChain } from "../values/origin.js";
import type { LocatedProblem } from "./check-deployment.js";

/**
 * Where a problem's finding stands: at the place that decides, unless nobody should edit that. Instead
 * of a module that `terraform init` has installed it is the header of the call that brings it; instead
 * of a template that the CDK has synthesised, the line of the app that creates the construct.
 */
export function standingPlace(located: LocatedProblem): Location {
  const { location } = decidingOrigin(located.problem.at);
  const resource = decidingResource(located);
  const created = resource.construct?.location;
  if (created !== undefined && location.path === resource.location.path) return created;
  if (!isInstalled(location)) return location;
  return resource.calls?.findLast((call) => !isInstalled(call)) ?? location;
}

/** The deciding place, where the finding stands elsewhere. */
export function decidedElsewhere(
  located: LocatedProblem,
  standing: Location,
): readonly RelatedLocation[] {
  const { location } = decidingOrigin(located.problem.at);
  if (location === standing) return [];
  const { construct } = decidingResource(located);
  const message =
    construct?.location === standing
      ? "the construct's template says so"
      : "the installed module decides it";
  return [{ message, location }];
}

/** What to add to advice on a place that nobody should edit. */
export function adviceOnCall(located: LocatedProblem, standing: Location): string {
  const { location, step } = decidingOrigin(located.problem.at);
  if (location === standing && step !== "module-default") return "";
  const isConstruct = decidingResource(located).construct?.location === standing;
  return isConstruct
    ? ", by what this construct is given"
    : ", by an argument of this call if the module takes one";
}

/** The resource itself, or that of the template that instances are launched through. */
function decidingResource({ resource, launch, problem }: LocatedProblem): LaunchResource {
  const template = isLaunchedThrough(problem) ? launch?.launchTemplate?.template : undefined;
  return template?.state === "known" ? template.value.resource : resource;
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
