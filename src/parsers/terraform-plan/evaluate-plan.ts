import type { InputError } from "../../findings/input-error.js";
import type { Skipped } from "../../findings/skipped.js";
import type { FileSystem } from "../../source/file-system.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Location } from "../../source/text-range.js";
import { Scenarios } from "../../values/scenarios.js";
import type { ParseError } from "../parse-error.js";
import type { EvaluatedDeployment, Resource } from "../resource.js";
import type { JsonOutline } from "../json/json-outline.js";
import { evaluateRootModule } from "../terraform/evaluate-root-module.js";
import type { ModuleLoader } from "../terraform/load-module.js";
import { awsProviderOf } from "../terraform/provider-version.js";
import { coversAddress } from "./addresses.js";
import { withoutKeys } from "../terraform/instance-keys.js";
import { blockInSource, findSource, type SourceCandidates } from "./find-source.js";
import { type PlanDocument, type PlannedResource, readPlanDocument } from "./plan-document.js";
import { PlanResource, type PlanResourceContext } from "./plan-resource.js";
import { References } from "./references.js";
import { variablesOf } from "./variable-values.js";

/** What is known of a plan besides its text. */
export interface PlanOptions {
  readonly fileSystem: FileSystem;
  readonly loader: ModuleLoader;
  /** Absolute directory that limits what functions such as `file` may read in the source. */
  readonly treeDirectory: string;
  readonly source: SourceCandidates;
}

/**
 * The resources that a plan leaves behind, as Terraform planned them. Where the source that the plan
 * was made of is found, values stand at their places there, else in the plan. Never throws.
 */
export function evaluatePlan(
  file: SourceFile,
  root: JsonOutline,
  options: PlanOptions,
): EvaluatedDeployment {
  const plan = readPlanDocument(file, root);
  const found = findSource(plan.configuration, options.source, options.loader);
  const source = "module" in found ? found.module : undefined;
  const deployment =
    source === undefined
      ? undefined
      : evaluateRootModule(source.directory, {
          ...options,
          decideVariable: variablesOf(plan, source),
        });
  const awsProvider = deployment?.awsProvider ?? awsProviderOf(undefined, plan.awsConstraints);
  const errors = "complaint" in found ? [complain(file, root, found.complaint)] : [];
  return {
    dialect: "terraform",
    files: new Map([[file.path, file], ...(deployment?.files ?? [])]),
    scenarios: deployment?.scenarios ?? new Scenarios(),
    resources: planResources(plan, deployment, (resource) =>
      source === undefined ? undefined : blockInSource(resource, source, options.loader),
    ),
    get errors() {
      return [...errors, ...root.errors.map((error) => toInputError(error, file))];
    },
    skipped: plan.isIncomplete ? [incomplete(file, root)] : [],
    ...(awsProvider === undefined ? {} : { awsProvider }),
  };
}

function planResources(
  plan: PlanDocument,
  deployment: EvaluatedDeployment | undefined,
  blockOf: (resource: PlannedResource) => Location | undefined,
): readonly Resource[] {
  const context: PlanResourceContext = {
    plan,
    references: new References(plan),
    templates: templatesById(plan),
    scenarios: deployment?.scenarios,
  };
  const sources = new SourceResources(deployment?.resources ?? []);
  const managed = [...plan.resources.values()].map((resource) => {
    const source = sources.find(resource.address);
    const block = source === undefined ? blockOf(resource) : source.location;
    return new PlanResource(resource, source, block, context);
  });
  const found = plan.foundTemplates.map(
    (resource) => new PlanResource(resource, undefined, blockOf(resource), context),
  );
  return [...managed, ...found];
}

/** Templates that are there already are referred to by their id. */
function templatesById(plan: PlanDocument): ReadonlyMap<string, string> {
  const byId = new Map<string, string>();
  for (const { type, address, values } of [...plan.resources.values(), ...plan.foundTemplates]) {
    if (type !== "aws_launch_template") continue;
    const id = values?.member("id")?.string();
    if (id !== undefined && id !== "") byId.set(id, address);
  }
  return byId;
}

/** The resources of the source, by the planned ones. */
class SourceResources {
  readonly #byBlock = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      const block = withoutKeys(resource.address);
      const known = this.#byBlock.get(block);
      if (known === undefined) this.#byBlock.set(block, [resource]);
      else known.push(resource);
    }
  }

  /** The resource itself, else the one that stands for all where the source cannot tell which there are. */
  find(address: string): Resource | undefined {
    const instances = this.#byBlock.get(withoutKeys(address)) ?? [];
    return (
      instances.find((instance) => instance.address === address) ??
      instances.find((instance) => coversAddress(instance.address, address))
    );
  }
}

function complain({ path }: SourceFile, root: JsonOutline, message: string): InputError {
  const range = root.members().get("configuration")?.key ?? { start: 0, end: 0 };
  return { code: "invalid-structure", message, path, location: { path, range } };
}

function toInputError({ code, message, range }: ParseError, { path }: SourceFile): InputError {
  return { code, message, path, location: { path, range } };
}

function incomplete({ path }: SourceFile, root: JsonOutline): Skipped {
  const place = root.members().get("errored") ?? root.members().get("deferred_changes");
  return {
    kind: "incomplete-plan",
    message: "what is missing in this plan, because planning failed or put it off",
    location: { path, range: place?.key ?? { start: 0, end: 0 } },
  };
}
