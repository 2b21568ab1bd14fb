import { dirname } from "pathe";
import type { InputError } from "../findings/input-error.js";
import type { Coverage } from "../findings/report.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { launchResourceTypes } from "../parsers/resources/normalize-deployment.js";
import type { SourceFile } from "../source/source-file.js";
import { type EvaluatedModules, evaluateModules } from "./evaluate-modules.js";
import { type EvaluatedTemplates, evaluateTemplates } from "./evaluate-templates.js";
import { ApplicationFiles } from "./application-files.js";
import { evaluateBeanstalkConfigurations } from "./evaluate-beanstalk-configurations.js";
import { isBeanstalkConfigurationPath, isTerraformPath } from "./file-kind.js";
import { findTemplates } from "./find-templates.js";
import type { LintRequest } from "./lint-request.js";
import { policiesIn } from "./policy-files.js";
import { deploymentIn } from "./settings-by-file.js";
import { isStackResource } from "./stack-resources.js";

/** Everything that the judged files belong to, evaluated. */
export interface EvaluatedInput {
  readonly deployments: readonly EvaluatedDeployment[];
  /** Applications of Elastic Beanstalk by their configuration files, for those that no deployment deploys. */
  readonly configurations: readonly EvaluatedDeployment[];
  /** What the environments of deployments are configured by. */
  readonly applications: ApplicationFiles;
  /** The files that are policy documents by themselves, but for those that one of the deployments reads. */
  readonly policies: (isRead: (path: string) => boolean) => EvaluatedDeployment | undefined;
  /** The files that values for parameters were read from, by path. */
  readonly parameterFiles: ReadonlyMap<string, SourceFile>;
  readonly errors: readonly InputError[];
  readonly counts: Pick<
    Coverage,
    "cloudformationTemplates" | "terraformModules" | "terraformPlans" | "policyFiles" | "files"
  >;
}

const noModules: EvaluatedModules = { modules: [], errors: [] };

const noTemplates: Omit<EvaluatedTemplates, "modules"> = {
  templates: [],
  deployedPaths: new Set(),
  parameterFiles: new Map(),
  errors: [],
};

/** Evaluates the templates among the files, and the root modules that the Terraform files belong to. */
export function evaluateDeployments(request: LintRequest): EvaluatedInput {
  const isVariableGiven = (request.variables?.commandLine ?? []).length > 0;
  const terraform =
    isVariableGiven || request.files.some(isTerraformPath) ? evaluateModules(request) : noModules;
  const found = findTemplates(request);
  // The evaluator of templates is loaded only where there is something for it.
  const isNeeded =
    found.paths.length + found.snippets.length > 0 ||
    request.parameters !== undefined ||
    terraform.modules.some(({ resources }) => resources.some(isStackResource));
  const { templates, modules, deployedPaths, parameterFiles, errors }: EvaluatedTemplates = isNeeded
    ? evaluateTemplates(found, terraform.modules, request, launchResourceTypes)
    : { ...noTemplates, modules: terraform.modules };
  const applications = new ApplicationFiles(request);
  const configurations = request.files.some(isBeanstalkConfigurationPath)
    ? evaluateBeanstalkConfigurations(request, applications)
    : { deployments: [], errors: [] };
  const configurationPaths = filesOf(configurations.deployments);
  const templatePaths = new Set([...filesOf(templates), ...deployedPaths]);
  for (const path of constructSources(templates)) templatePaths.delete(path);
  for (const { includedBy } of templates) {
    for (const path of includedBy?.keys() ?? []) templatePaths.delete(path);
  }
  const modulePaths = [...filesOf(modules)].filter((path) => !templatePaths.has(path));
  const moduleDirectories = new Set(modulePaths.map((path) => dirname(path)));
  return {
    deployments: [...templates, ...modules, ...found.plans].map((deployment) =>
      withAssumptions(deployment, request),
    ),
    configurations: configurations.deployments.map((deployment) =>
      withAssumptions(deployment, request),
    ),
    applications,
    policies: (isRead) => policiesIn(found.policies, request.fileSystem, isRead),
    parameterFiles,
    errors: [...found.errors, ...errors, ...terraform.errors, ...configurations.errors],
    counts: {
      cloudformationTemplates: templatePaths.size + configurationPaths.size,
      terraformModules: moduleDirectories.size,
      terraformPlans: found.plans.length,
      files:
        templatePaths.size +
        configurationPaths.size +
        modulePaths.length +
        found.plans.length +
        found.policies.length,
      policyFiles: found.policies.length,
    },
  };
}

/** With what is assumed of the directory whose template or root module it is. */
function withAssumptions(
  deployment: EvaluatedDeployment,
  request: LintRequest,
): EvaluatedDeployment {
  const [path] = deployment.files.keys();
  const { assume, place = {} } = path === undefined ? {} : deploymentIn(request, dirname(path));
  if (assume === undefined) return deployment;
  const { accountId, region } = place;
  return { ...deployment, assumed: { ...assume, accountId, region } };
}

function filesOf(deployments: readonly EvaluatedDeployment[]): ReadonlySet<string> {
  return new Set(deployments.flatMap(({ files }) => [...files.keys()]));
}

/** Files of apps that synthesise templates: shown, but not what is looked at. */
function constructSources(deployments: readonly EvaluatedDeployment[]): readonly string[] {
  const resources = deployments.flatMap((deployment) => deployment.resources);
  return resources.flatMap(({ construct }) => construct?.location?.path ?? []);
}
