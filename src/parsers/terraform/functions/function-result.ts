import type { Evaluated } from "../../../values/evaluated.js";
import type { FunctionResult } from "./terraform-function.js";

/** What a call that Terraform refuses gives; its message is what Terraform would complain of. */
export type Failure = Extract<FunctionResult, { readonly ok: false }>;

/** The result of a call that worked. */
export function success(value: Evaluated): FunctionResult {
  return { ok: true, value };
}

/** The result of a call that Terraform refuses. */
export function failure(message: string): Failure {
  return { ok: false, message };
}
