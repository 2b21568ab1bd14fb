import type { LaunchSpecification } from "../model/launch-specification.js";
import type { Script } from "../model/script.js";
import { mayAskForMetadata } from "../scripts/metadata-address.js";
import type { MetadataRequest } from "../scripts/metadata-request.js";
import { metadataRequestsIn } from "../scripts/metadata-requests.js";
import type { TextRange } from "../source/text-range.js";
import { equals, type Ternary } from "../values/ternary.js";
import type { Origin } from "../values/origin.js";

/** A request to the metadata service in what the instances of a launch run, and where it is written. */
export interface ScriptRequest extends MetadataRequest {
  /** What messages call the script. */
  readonly script: string;
  readonly at: Origin;
}

/** What the scripts of a launch ask the metadata service for; most scripts do not, and are not read. */
export function scriptRequests({ scripts }: LaunchSpecification): readonly ScriptRequest[] {
  return scripts
    .filter(({ text }) => mayAskForMetadata(text))
    .flatMap((script) =>
      metadataRequestsIn(script.text).map((request) => ({
        ...request,
        script: script.name,
        at: placeIn(script, request.range),
      })),
    );
}

/** Where a stretch of a script is written. */
export function placeIn(script: Script, range: TextRange): Origin {
  return { location: script.locate(range), step: "written", name: script.name };
}

/** Whether the instances of a launch want a token for every request; no where the service is off. */
export function wantsTokens({ effective }: LaunchSpecification): Ternary {
  if (equals(effective.httpEndpoint, "disabled") === "yes") return "no";
  return equals(effective.httpTokens, "required");
}
