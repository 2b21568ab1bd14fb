import type { FixSafety } from "../findings/fix.js";
import type { LaunchSpecification } from "../model/launch-specification.js";
import { packagesBeforeTokens } from "../scripts/pinned-packages.js";
import { mayInstallSdk } from "../scripts/token-releases.js";
import { scriptRequests } from "./script-requests.js";

/**
 * How safe it is to require tokens of what a launch starts: a fix to be reviewed where its own scripts ask
 * the metadata service without one, or may, or install an SDK that does.
 */
export function safetyOfRequiringTokens(launch: LaunchSpecification): FixSafety {
  const asksWithout = scriptRequests(launch).some(
    ({ kind }) => kind === "without-token" || kind === "open",
  );
  const installsOld = launch.scripts.some(
    ({ text }) => mayInstallSdk(text) && packagesBeforeTokens(text).length > 0,
  );
  return asksWithout || installsOld ? "review" : "safe";
}
