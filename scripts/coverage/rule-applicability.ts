import type { LaunchFact } from "../../src/model/launch-fact.js";
import { spellingOf } from "../../src/model/metadata-options.js";
import type { RuleMetadata } from "../../src/rules/define-rule.js";
import { isInherited, type LaunchSurface, optionName } from "./launch-facts.js";

/** What a rule does with the launches of a type of resource. */
export type Applicability =
  /** By what the resource says. */
  | { readonly kind: "judged" }
  /** By what the launch template says that it names. */
  | { readonly kind: "by-template" }
  /** Reported as open, since nobody but the service can tell. */
  | { readonly kind: "open"; readonly service: string }
  | { readonly kind: "does-not-apply"; readonly why: string };

/** What a fact is called that a type of resource does not have. */
const described: Readonly<Partial<Record<LaunchFact, string>>> = {
  userData: "user data",
  scripts: "scripts",
  keyPair: "key pair",
  instanceProfile: "instance profile",
  subnets: "subnet",
  tagKeys: "tags",
  instanceTypes: "instance type",
  anyOption: "metadata options of its own",
  optionalTemplate: "launch template that could be left out",
  templateVersion: "launch template",
  unsentOptions: "options that the provider keeps back",
  rejectedOptions: "options that EC2 refuses from old providers",
  ignoredChanges: "arguments for ignore_changes",
  ec2Defaults: "default of EC2's, account's or image's",
  containerBuilds: "container builds",
  clusterNodes: "nodes of a cluster",
};

/** Works out what a rule on launches does with those of one type of resource, by what it needs to know. */
export function applicabilityOf(
  { needs = [], dialects, subject }: Pick<RuleMetadata, "needs" | "dialects" | "subject">,
  { type, own, namesTemplate, service }: LaunchSurface,
): Applicability {
  const dialect = spellingOf(type) === "cloudformation" ? "cloudformation" : "terraform";
  if (dialects?.includes(dialect) === false) {
    const only = dialect === "terraform" ? "CloudFormation" : "Terraform";
    return { kind: "does-not-apply", why: `${only} only` };
  }
  const lacking = needs.filter((group) => !group.some((fact) => own.has(fact)));
  if (lacking.length === 0) return { kind: "judged" };
  const missing = lacking.find((group) => !namesTemplate || !group.some(isInherited));
  if (missing === undefined) return { kind: "by-template" };
  // Rules on what defaults and parameters do keep silent where nothing is known.
  const isOutOfReach = own.size === 0 && needs.flat().join() === "httpTokens";
  if (isOutOfReach && subject === "launch-specification") return { kind: "open", service };
  const names = missing.map((fact) => optionName(fact) ?? described[fact] ?? fact);
  return { kind: "does-not-apply", why: `no ${names.join(" or ")}` };
}
