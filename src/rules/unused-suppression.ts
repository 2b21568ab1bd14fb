import { defineRule } from "./define-rule.js";

/** Reports suppressions that silence nothing: unused, expired, without a reason, or misspelt. */
export const unusedSuppression = defineRule({
  id: "unused-suppression",
  subject: "suppression",
  severity: "warning",
  category: "hygiene",
  since: "0.1.0",
  summary: "Suppressions must silence something, and say why.",
  rationale: `
A suppression outlives what it was written for. When the finding is gone it silences the next one, which
nobody has looked at; when its rule is misspelt it never silenced anything. \`docs/suppressions.md\` says
how they are written and what they cover.
`,
  undecided: `
Never: a suppression of a rule that is off, or in a file that could not be read in full, is not judged.
`,
  sources: [
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html#_Toc141790911",
  ],
  messages: {
    unused: {
      says: "{text} silences nothing: {place} has no finding of {rule}",
      advice: "take it out",
    },
    expired: {
      says: "{text} has silenced nothing since {until}, the last day on which it held",
      advice: "fix the finding, or decide anew until when it is accepted",
    },
    "no-reason": {
      says: "{text} gives no reason, so it silences nothing",
      advice: "say why behind {mark}",
    },
    "unknown-rule": {
      says: "{text} silences nothing, since there is no rule {rule}",
      advice: "{remedy}",
    },
    unreadable: { says: "{text} silences nothing: {fault}", advice: "{remedy}" },
  },

  *check({ text, location, state }) {
    if (state.kind === "used") return;
    const at = { location, step: "written", name: "what it names" } as const;
    const problem = { kind: "fail", message: state.kind, at, option: text } as const;
    switch (state.kind) {
      case "unused":
        yield { ...problem, data: { text, rule: state.ruleId, place: state.place } };
        break;
      case "expired":
        yield { ...problem, data: { text, until: state.until } };
        break;
      case "no-reason":
        yield { ...problem, data: { text, mark: "--" } };
        break;
      case "unknown-rule": {
        const { name, nearest } = state;
        const remedy =
          nearest === undefined ? "see imdslint --list-rules" : `did you mean ${nearest}?`;
        yield { ...problem, data: { text, rule: name, remedy } };
        break;
      }
      case "unreadable":
        yield { ...problem, data: { text, fault: state.fault, remedy: state.remedy } };
    }
  },
});
