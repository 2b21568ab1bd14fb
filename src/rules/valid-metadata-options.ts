import { rename, replaceValue } from "../findings/fix.js";
import type { Failure } from "../findings/problem.js";
import type { LaunchSpecification } from "../model/launch-specification.js";
import {
  accepts,
  type MetadataOption,
  nearestOption,
  type OptionDefinition,
  optionDefinitions,
  spellingOf,
  type WrittenOption,
} from "../model/metadata-options.js";
import type { Evaluated } from "../values/evaluated.js";
import type { Scalar } from "../values/value.js";
import { defineRule } from "./define-rule.js";
import { listWords } from "./wording.js";

const messages = {
  "not-a-mapping": {
    says: "{address} gives its metadata options as {value}, so the deployment fails",
    advice: "write {shape}",
  },
  "unknown-option": {
    says: "{address} sets the metadata option {name}, which does not exist, so the deployment fails",
    advice: "{suggestion}",
  },
  misplaced: {
    says: "{address} sets {name}, which {service} does not know there, so the deployment fails",
    advice: "write {right}",
  },
  "not-taken": {
    says: "{address} sets {name}, which {type} does not take, so the deployment fails",
    advice: "remove it{instead}",
  },
  rejected: {
    says: "{address} sets {name} to {value}, which {service} rejects",
    advice: "write {allowed}",
  },
  "not-a-scalar": {
    says: "{address} gives {name} a {kind} where one value belongs, so the deployment fails",
    advice: "write {allowed}",
  },
} as const;

type Invalid = Failure<keyof typeof messages>;

/** Reports metadata options that AWS will reject. */
export const validMetadataOptions = defineRule({
  id: "valid-metadata-options",
  subject: "launch-specification",
  needs: [["anyOption"]],
  severity: "error",
  category: "validity",
  since: "0.1.0",
  summary: "Metadata options must be ones that EC2 accepts.",
  rationale: `
A misspelt option or value makes the deployment fail, or, where a tool drops what it does not know,
leaves the metadata service at its defaults. EC2's words are case-sensitive.
`,
  undecided: `
Never: a value that is not known is not reported. Other rules say nothing about an option whose
value is invalid.
`,
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-autoscaling-launchconfiguration-metadataoptions.html",
  ],
  peers: { "cfn-lint": ["E3002", "E3012", "E3030", "E3034"] },
  messages,

  *check(launch) {
    const { misshapen } = launch;
    if (misshapen !== undefined) {
      const shape =
        launch.resource.dialect === "terraform" ? "a block of options" : "a mapping of options";
      const value = misshapen.state === "list" ? "a list" : quote(misshapen.value);
      const data = { address: launch.address, value, shape };
      const at = misshapen.origin;
      yield { kind: "fail", message: "not-a-mapping", data, at, option: "metadataOptions" };
    }
    for (const written of launch.written) {
      const problem = checkOption(launch, written);
      if (problem !== undefined) yield problem;
    }
  },
});

function checkOption(launch: LaunchSpecification, written: WrittenOption): Invalid | undefined {
  const { name, key, value, option, rightPlace: right } = written;
  const { address, service } = launch;
  const atKey = { location: key, step: "written", name } as const;
  if (right !== undefined) {
    const data = { address, name, service, right };
    return { kind: "fail", message: "misplaced", data, at: atKey, option: name };
  }
  if (option === undefined) {
    const data = { address, name, suggestion: suggest(launch, name) };
    const fix = renaming(launch, written);
    return { kind: "fail", message: "unknown-option", data, at: atKey, option: name, fix };
  }
  if (!launch.takes(option)) {
    const { type } = launch.resource;
    const instead =
      launch.kind === "launch-configuration" ? ", or use a launch template instead" : "";
    const data = { address, name, type, instead };
    return { kind: "fail", message: "not-taken", data, at: atKey, option };
  }
  const allowed = describeAllowed(launch, option);
  if (value.state === "list" || value.state === "map") {
    const data = { address, name, kind: value.state, allowed };
    return { kind: "fail", message: "not-a-scalar", data, at: atKey, option };
  }
  const candidates = candidatesOf(value);
  const isAcceptable = candidates.some(
    written.accepts ?? ((candidate) => accepts(option, candidate)),
  );
  if (candidates.length === 0 || isAcceptable) return undefined;
  const data = { address, name, value: candidates.map(quote).join(" or "), service, allowed };
  const fix = otherCase(launch, written);
  return { kind: "fail", message: "rejected", data, at: value.origin, option, fix };
}

/** The name that is meant, unless the option stands there under it, too. */
function renaming(launch: LaunchSpecification, { name, key }: WrittenOption) {
  const nearest = nearestOption(name, spellingOf(launch.resource.type));
  if (nearest === undefined || launch.written.some(({ option }) => option === nearest)) {
    return undefined;
  }
  const to = launch.nameOf(nearest);
  return rename(key, name, to);
}

/** The word in the case that EC2 takes, if case is all that is wrong. */
function otherCase({ service }: LaunchSpecification, { option, value }: WrittenOption) {
  if (option === undefined || value.state !== "known" || service !== "EC2") return undefined;
  const { words = [] }: OptionDefinition = optionDefinitions[option];
  const { value: from, origin } = value;
  const to = words.find((word) => word === String(from).trim().toLowerCase());
  return to === undefined ? undefined : replaceValue(origin, from, to);
}

/** The values it can have, where those are known. */
function candidatesOf(value: Exclude<Evaluated, { readonly state: "list" | "map" }>) {
  if (value.state === "known") return [value.value];
  return value.state === "unknown" ? (value.possible ?? []) : [];
}

function describeAllowed(launch: LaunchSpecification, option: MetadataOption): string {
  // The other word would be the next finding.
  if (option === "httpTokens") return launch.wordFor(option, "required");
  const { words, range }: OptionDefinition = optionDefinitions[option];
  if (words !== undefined) return listWords(words);
  return `a whole number from ${range?.least ?? ""} to ${range?.most ?? ""}`;
}

/** Strings in quotes, so that "2" and 2 can be told apart. */
function quote(value: Scalar): string {
  return JSON.stringify(value);
}

function suggest(launch: LaunchSpecification, name: string): string {
  const nearest = nearestOption(name, spellingOf(launch.resource.type));
  if (nearest !== undefined) return `did you mean ${launch.nameOf(nearest)}?`;
  return `there are ${launch.optionsTaken.map((option) => launch.nameOf(option)).join(", ")}`;
}
