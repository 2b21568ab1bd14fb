import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../src/findings/finding.js";
import { lintTexts } from "../lint-files.js";

/** A small template whose options hang on parameters and conditions in random ways. */
interface Sketch {
  readonly tokens: string;
  readonly endpoint: string;
  readonly ipv6: string;
  readonly type: string;
}

const parameters = {
  Tokens: ["optional", "required"],
  Endpoint: ["enabled", "disabled"],
  Ipv6: ["enabled", "disabled"],
  Type: ["t2.micro", "t3.micro"],
  Environment: ["dev", "prod"],
} as const;

type Assignment = Readonly<Record<keyof typeof parameters, string>>;

function choice(parameter: string, words: readonly [string, string]) {
  return fc.constantFrom(
    words[0],
    words[1],
    `!Ref ${parameter}`,
    `!If [IsProd, ${words[0]}, ${words[1]}]`,
    `!If [IsOpen, !Ref ${parameter}, ${words[0]}]`,
    `!If [IsProd, !If [IsOpen, ${words[1]}, ${words[0]}], !Ref ${parameter}]`,
    `!FindInMap [Words, !Ref Environment, ${parameter}]`,
    "!Ref AWS::NoValue",
  );
}

const sketches = fc.record<Sketch>({
  tokens: choice("Tokens", parameters.Tokens),
  endpoint: choice("Endpoint", parameters.Endpoint),
  ipv6: choice("Ipv6", parameters.Ipv6),
  type: choice("Type", parameters.Type),
});

/** The template with its parameters open, or with the values that somebody deploys with. */
function render({ tokens, endpoint, ipv6, type }: Sketch, assignment?: Assignment): string {
  const declared = Object.entries(parameters).map(([name, words]) => {
    const value = assignment?.[name as keyof Assignment];
    const fixed = value === undefined ? "" : `, Default: ${value}`;
    return `  ${name}: { Type: String, AllowedValues: [${words.join(", ")}]${fixed} }`;
  });
  return `Parameters:
${declared.join("\n")}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
  IsOpen: !Or [!Equals [!Ref Tokens, optional], !Not [!Condition IsProd]]
Mappings:
  Words:
    dev: { Tokens: optional, Endpoint: enabled, Ipv6: enabled, Type: t2.micro }
    prod: { Tokens: required, Endpoint: disabled, Ipv6: disabled, Type: t3.micro }
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      InstanceType: ${type}
      MetadataOptions:
        HttpTokens: ${tokens}
        HttpEndpoint: ${endpoint}
        HttpProtocolIpv6: ${ipv6}
`;
}

function verdicts(text: string): readonly Finding[] {
  const { findings, errors } = lintTexts({ "/template.yaml": text });
  expect(errors).toEqual([]);
  return findings;
}

function ruleIds(findings: readonly Finding[], kind: Finding["kind"]): Set<string> {
  const chosen = findings.filter((finding) => finding.kind === kind);
  return new Set(chosen.flatMap(({ decides }) => decides));
}

const assignments = Object.entries(parameters).reduce<readonly Assignment[]>(
  (partial, [name, words]) =>
    partial.flatMap((assignment) => words.map((word) => ({ ...assignment, [name]: word }))),
  [{} as Assignment],
);

/** Rules that may stay silent where their premises are not known to hold, or that ask for defaults. */
const askedOnlyIfCertain = new Set([
  "parameter-allows-imdsv1",
  "ipv6-needs-endpoint",
  "ipv6-needs-nitro",
  "tokens-need-endpoint",
]);

test("what is left open allows every verdict that a deployment can come to", () => {
  fc.assert(
    fc.property(sketches, (sketch) => {
      const open = verdicts(render(sketch));
      const canFail = ruleIds(open, "fail");
      const undecided = ruleIds(open, "open");
      for (const assignment of assignments) {
        const concrete = verdicts(render(sketch, assignment));
        expect(ruleIds(concrete, "open")).toEqual(new Set());
        for (const ruleId of ruleIds(concrete, "fail")) {
          if (askedOnlyIfCertain.has(ruleId)) continue;
          expect(canFail.has(ruleId) || undecided.has(ruleId), `${ruleId} was passed over`).toBe(
            true,
          );
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a failure that holds always is one in every deployment", () => {
  fc.assert(
    fc.property(sketches, (sketch) => {
      const always = verdicts(render(sketch)).filter(
        // A failure that only an endpoint turned off can avert says so in its message.
        ({ kind, when, message }) =>
          kind === "fail" && when === undefined && !message.includes("unless"),
      );
      for (const assignment of assignments) {
        const failed = ruleIds(verdicts(render(sketch, assignment)), "fail");
        // With an IPv6 endpoint, another rule says the same of the missing endpoint.
        if (failed.has("ipv6-needs-endpoint")) failed.add("tokens-need-endpoint");
        for (const { ruleId } of always) expect(failed).toContain(ruleId);
      }
    }),
    { numRuns: 60 },
  );
});

test("a failure that holds sometimes is one in some deployment", () => {
  fc.assert(
    fc.property(sketches, (sketch) => {
      const reached = new Set(
        assignments.flatMap((assignment) => [
          ...ruleIds(verdicts(render(sketch, assignment)), "fail"),
        ]),
      );
      for (const ruleId of ruleIds(verdicts(render(sketch)), "fail")) {
        expect(reached).toContain(ruleId);
      }
    }),
    { numRuns: 60 },
  );
});
