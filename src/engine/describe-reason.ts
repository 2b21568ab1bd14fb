import type { UnknownReason } from "../values/value.js";

/** Why something cannot be known, as a clause. */
export function describeReason(reason: UnknownReason): string {
  switch (reason.kind) {
    case "parameter-without-default":
      return `parameter ${reason.name} has no default`;
    case "variable-without-default":
      return `variable ${reason.name} has no default`;
    case "decided-at-deployment":
      return `${reason.expression} is only known at deployment`;
    case "not-available":
      return `${reason.what} is not available`;
    case "open-version":
      return reason.what;
    case "cyclic":
      return reason.clause;
    case "not-supported":
      return `imdslint does not evaluate ${reason.what}`;
    case "invalid":
      return "what is written there is not valid";
  }
}
