import { propertiesOfType } from "../../data/resource-types.js";
import { DeclaredProperty } from "../../model/declared-property.js";
import type { Deployment } from "../../model/deployment.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { SourceOf } from "../composed-text.js";
import type { EvaluatedDeployment, Resource } from "../resource.js";
import { AccountDefaultsByPlace, accountDefaultsType } from "./account-defaults.js";
import { agentCapacityProvider } from "./agent-capacity-provider.js";
import { appstreamFleet, appstreamImageBuilder } from "./appstream.js";
import { autoScalingGroup } from "./auto-scaling-group.js";
import { batchComputeEnvironment } from "./batch-compute-environment.js";
import { beanstalkConfigurationTemplate, beanstalkEnvironment } from "./beanstalk-environment.js";
import { capacityProvider } from "./capacity-provider.js";
import { computeNodeGroup } from "./compute-node-group.js";
import { declarativePolicies } from "./declarative-policies.js";
import { declarativeDocuments } from "./declarative-words.js";
import { ec2Fleet } from "./ec2-fleet.js";
import { eksNodeGroup } from "./eks-node-group.js";
import { emrSecurityConfiguration } from "./emr-security-configuration.js";
import { fastLaunch } from "./fast-launch.js";
import { gameServerGroup } from "./game-server-group.js";
import { Images, imageTypes } from "./images.js";
import { imageBuilderInfrastructure, imageBuildTypes } from "./image-builder-infrastructure.js";
import { associatedScriptTypes } from "./association-scripts.js";
import { imageRecipeTypes } from "./image-recipes.js";
import { notebookInstance } from "./notebook-instance.js";
import { PolicyDocuments } from "./policy-documents.js";
import { spotFleet } from "./spot-fleet.js";
import { Subnets, subnetResourceTypes } from "./subnets.js";
import { workspaceInstance } from "./workspace-instance.js";
import { instance } from "./instance.js";
import { launchConfiguration } from "./launch-configuration.js";
import { applicationBundleTypes } from "./application-bundle.js";
import {
  type ConfigurationIn,
  type LaunchResourceKind,
  typesOfKind,
} from "./launch-resource-kind.js";
import { launchResourceOf } from "./launch-resource.js";
import { launchTemplate } from "./launch-template.js";
import { LaunchTemplates } from "./launch-templates.js";
import { spotInstanceRequest } from "./spot-instance-request.js";

const kinds: readonly LaunchResourceKind[] = [
  instance,
  spotInstanceRequest,
  launchTemplate,
  launchConfiguration,
  autoScalingGroup,
  ec2Fleet,
  spotFleet,
  eksNodeGroup,
  batchComputeEnvironment,
  capacityProvider,
  agentCapacityProvider,
  gameServerGroup,
  computeNodeGroup,
  fastLaunch,
  imageBuilderInfrastructure,
  notebookInstance,
  appstreamFleet,
  appstreamImageBuilder,
  workspaceInstance,
  beanstalkEnvironment,
  beanstalkConfigurationTemplate,
  emrSecurityConfiguration,
];

const kindByType = new Map(
  kinds.flatMap((kind) => typesOfKind(kind).map((type) => [type, kind] as const)),
);

/** The types of resources of both dialects that launch instances, or that instances are launched from. */
export const launchingTypes: ReadonlySet<string> = new Set(kindByType.keys());

/** The types of resources of both dialects that say what instances get. */
export const launchResourceTypes: ReadonlySet<string> = new Set([
  ...kindByType.keys(),
  accountDefaultsType,
  ...imageTypes,
  ...subnetResourceTypes,
  ...imageBuildTypes,
  ...imageRecipeTypes,
  ...associatedScriptTypes,
  ...applicationBundleTypes,
]);

/**
 * Turns the resources of both dialects into the one model that rules see. `configurationIn` gives what
 * environments of Elastic Beanstalk are configured by beside their templates.
 */
export function normalizeDeployment(
  evaluated: EvaluatedDeployment,
  configurationIn: ConfigurationIn,
): Deployment {
  const { resources, scenarios, awsProvider, assumed } = evaluated;
  const sourceOf: SourceOf = (path) => evaluated.files.get(path) ?? evaluated.readFile?.(path);
  const images = new Images(resources, assumed?.images);
  const accountDefaults = new AccountDefaultsByPlace(resources, assumed);
  const templates = new LaunchTemplates(scenarios);
  const subnets = new Subnets(resources);
  const imageBuilds = resources.filter(({ type }) => imageBuildTypes.includes(type));
  const context = {
    templates,
    images,
    accountDefaults,
    subnets,
    sourceOf,
    imageBuilds,
    configurationIn,
    scenarios,
    awsProvider,
    resources,
  };
  const launchSpecifications = resources.flatMap((resource) => {
    const read = kindByType.get(resource.type)?.read(resource, context) ?? [];
    return resource.isFound === true ? [] : read;
  });
  return {
    launchSpecifications,
    images: images.all,
    accountDefaults: [...accountDefaults.all, ...declarativePolicies(resources, sourceOf)],
    policyDocuments: [
      ...new PolicyDocuments(resources, sourceOf, launchSpecifications, scenarios).all,
      ...declarativeDocuments(resources, sourceOf),
    ],
    properties: resources.flatMap((resource) => declaredProperties(resource, scenarios)),
  };
}

/**
 * The resource's properties with what CloudFormation takes there; none where they may be others than
 * were read.
 */
function declaredProperties(resource: Resource, scenarios: Scenarios): readonly DeclaredProperty[] {
  if (resource.dialect !== "cloudformation" || resource.isIncomplete === true) return [];
  const type = propertiesOfType(resource.type);
  if (type === undefined) return [];
  return [
    DeclaredProperty.ofResource(
      launchResourceOf(resource),
      type,
      () => resource.properties(),
      () => resource.exists(),
      scenarios,
    ),
  ];
}
