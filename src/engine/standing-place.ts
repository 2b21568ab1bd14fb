import type { RelatedLocation } from "../findings/finding.js";
import type { Construct } from "../model/construct.js";
import type { LaunchResource } from "../model/launch-resource.js";
import type { Location } from "../source/text-range.js";
import { decidingOrigin, originChain } from "../values/origin.js";
import type { LocatedProblem } from "./check-deployment.js";

/** The construct that created what stands at a place of a template; undefined elsewhere. */
export type ConstructAt = (location: Location) => Construct | undefined;

/**
 * Where a problem's finding stands: at the place that decides, unless nobody should edit that. Instead
 * of a module that `terraform init` has installed it is the header of the call that brings it; instead
 * of a template that the CDK has synthesised, the line of the app that creates the construct.
 */
export function standingPlace(located: LocatedProblem, constructAt: ConstructAt): Location {
  const { location } = decidingOrigin(located.problem.at);
  const created = creationOf(located, constructAt);
  if (created !== undefined) return created;
  if (!isInstalled(location)) return location;
  return decidingResource(located).calls?.findLast((call) => !isInstalled(call)) ?? location;
}

/** Where the app creates what decides, else the resource that it decides of. */
function creationOf(located: LocatedProblem, constructAt: ConstructAt): Location | undefined {
  const { location } = decidingOrigin(located.problem.at);
  const created = constructAt(location)?.location;
  if (created !== undefined) return created;
  const resource = decidingResource(located);
  return location.path === resource.location.path ? resource.construct?.location : undefined;
}

/** The deciding place, where the finding stands elsewhere. */
export function decidedElsewhere(
  located: LocatedProblem,
  standing: Location,
  constructAt: ConstructAt,
): readonly RelatedLocation[] {
  const { location } = decidingOrigin(located.problem.at);
  if (location === standing) return [];
  const message =
    creationOf(located, constructAt) !== undefined
      ? "the construct's template says so"
      : "the installed module decides it";
  return [{ message, location }];
}

/** What to add to advice on a place that nobody should edit. */
export function adviceOnCall(
  located: LocatedProblem,
  standing: Location,
  constructAt: ConstructAt,
): string {
  const { location, step } = decidingOrigin(located.problem.at);
  if (location === standing && step !== "module-default") return "";
  return creationOf(located, constructAt) !== undefined
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
