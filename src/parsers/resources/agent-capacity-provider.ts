import { allDecidedBy } from "../../model/default-options.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { readLaunches } from "./launches.js";

/** The parameters that the service makes a launch template of say nothing of metadata. */
const byService = allDecidedBy("the launch template that AgentCore makes");

/**
 * AWS::BedrockAgentCore::CapacityProvider: instances that AgentCore launches through a launch template of
 * its own, made of parameters among which metadata options are not. Terraform has it in `awscc` alone.
 * https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_LaunchParameters.html
 * https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_LaunchTemplateSource.html
 */
export const agentCapacityProvider: LaunchResourceKind = {
  cloudformation: "AWS::BedrockAgentCore::CapacityProvider",
  read: (resource, context) =>
    readLaunches(resource, context, {
      kind: "managed-instances",
      takes: [],
      defaults: () => byService,
      service: "AgentCore",
      count: () => 1,
      launch: () => ({
        template: () => undefined,
        instanceTypes: () => [],
        isManaged: () => true,
      }),
    }),
};
