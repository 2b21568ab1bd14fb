import { decidingOrigin } from "../values/origin.js";
import type { Value } from "../values/value.js";

/** Whether an effective option is certain because somebody wrote it, rather than by a default. */
export function isWritten(option: Value<unknown>): boolean {
  if (option.state !== "known") return false;
  const { step } = decidingOrigin(option.origin);
  return step !== "service-default" && step !== "provider-default" && step !== "not-sent";
}
