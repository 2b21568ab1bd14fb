import { defineRule } from "./define-rule.js";
import { openToImdsv1 } from "./imdsv1.js";

/**
 * Reports modules whose own defaults let IMDSv1 in, although everybody who calls them here says
 * otherwise; where a caller does not, the rule on IMDSv2 speaks at the same place.
 */
export const moduleDefaultAllowsImdsv1 = defineRule({
  id: "module-default-allows-imdsv1",
  subject: "module-defaults",
  needs: [["httpTokens"]],
  dialects: ["terraform"],
  yieldsTo: ["require-imdsv2"],
  severity: "note",
  category: "exposure",
  since: "0.1.0",
  summary: "A module's defaults should require IMDSv2 session tokens.",
  rationale: `
A module that others call is judged as its callers use it. If all of them ask for IMDSv2, nothing is open
today; but the next caller, or one that drops the argument, gets what the module's defaults say.

A module that nobody calls, or only examples, tests and the like, is judged by its defaults anyway: there
\`require-imdsv2\` reports the same as an error.
`,
  undecided: `
Never: what depends on a variable without a default is for the caller to decide.
`,
  securitySeverity: 3.1,
  cwe: [1188],
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
    "https://developer.hashicorp.com/terraform/language/modules/develop",
  ],
  messages: {
    optional: {
      says: "called without arguments, this module lets {instances} answer IMDSv1 requests{unless}: {option} is {value} by default",
      advice: "make the default {required}",
    },
    missing: {
      says: "called without arguments, this module lets {instances} answer IMDSv1 requests{unless}: by default {option} is not set",
      advice: "{remedy}",
    },
    "not-sent": {
      says: "called without arguments, this module lets {instances} answer IMDSv1 requests{unless}: {condition}{option} does not reach EC2",
      advice: "{remedy}",
    },
  },

  *check(launch) {
    const open = openToImdsv1(launch);
    if (open === undefined) return;
    // Callers that count on the default get another one.
    const fix = open.fix === undefined ? undefined : { ...open.fix, safety: "review" as const };
    yield { kind: "fail", ...open, fix, option: "httpTokens", mustAlwaysHold: true };
  },
});
