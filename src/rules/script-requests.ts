import type { LaunchSpecification } from "../model/launch-specification.js";
import { mayAskForMetadata } from "../scripts/metadata-address.js";
import type { MetadataRequest } from "../scripts/metadata-request.js";
import { metadataRequestsIn } from "../scripts/metadata-requests.js";
import type { TextRange } from "../source/text-range.js";
import { equals, type Ternary } from "../values/ternary.js";
import type { Origin } from "../values/origin.js";

/** A request to the metadata service in the user data of a launch, and where it is written. */
export interface ScriptRequest extends MetadataRequest {
  readonly at: Origin;
}

/** What the user data of a launch ask the metadata service for; most scripts do not, and are not read. */
export function scriptRequests({ script }: LaunchSpecification): readonly ScriptRequest[] {
  if (script === undefined || !mayAskForMetadata(script.text)) return [];
  return metadataRequestsIn(script.text).map((request) => ({
    ...request,
    at: placeIn(script, request.range),
  }));
}

/** Where a stretch of a script is written. */
export function placeIn(
  script: NonNullable<LaunchSpecification["script"]>,
  range: TextRange,
): Origin {
  return { location: script.locate(range), step: "written", name: "user data" };
}

/** Whether the instances of a launch want a token for every request; no where the service is off. */
export function wantsTokens({ effective }: LaunchSpecification): Ternary {
  if (equals(effective.httpEndpoint, "disabled") === "yes") return "no";
  return equals(effective.httpTokens, "required");
}
