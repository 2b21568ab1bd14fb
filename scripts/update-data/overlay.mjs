// What @aws-cdk/aws-service-spec does not say, or says differently from the service. Each entry names
// a property as the table does: type, definition (if any), property. The generator fails on an entry
// that names nothing, or that the specification has caught up with.

/**
 * EC2's volume types, with two that Image Builder's part of the specification has already.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html
 */
const volumeTypes = ["standard", "io1", "io2", "io2a", "gp2", "gp3", "gp3a", "sc1", "st1"];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Placement.html */
const tenancies = ["default", "dedicated", "host"];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirements.html */
const inclusion = ["included", "required", "excluded"];

/** Values that a property is restricted to. Only lists that have long been closed are here. */
export const words = {
  "AWS::EC2::Instance Ebs.VolumeType": volumeTypes,
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
  "AWS::EC2::Instance InstanceInitiatedShutdownBehavior": ["stop", "terminate"],
  "AWS::EC2::Instance Tenancy": tenancies,
  "AWS::EC2::LaunchTemplate Ebs.VolumeType": volumeTypes,
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestLaunchTemplateData.html
  "AWS::EC2::LaunchTemplate LaunchTemplateData.InstanceInitiatedShutdownBehavior": [
    "stop",
    "terminate",
  ],
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMarketOptionsRequest.html
  "AWS::EC2::LaunchTemplate InstanceMarketOptions.MarketType": [
    "spot",
    "capacity-block",
    "interruptible-capacity-reservation",
  ],
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateSpotMarketOptionsRequest.html
  "AWS::EC2::LaunchTemplate SpotOptions.InstanceInterruptionBehavior": [
    "hibernate",
    "stop",
    "terminate",
  ],
  "AWS::EC2::LaunchTemplate SpotOptions.SpotInstanceType": ["one-time", "persistent"],
  "AWS::EC2::LaunchTemplate Placement.Tenancy": tenancies,
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplatePrivateDnsNameOptionsRequest.html
  "AWS::EC2::LaunchTemplate PrivateDnsNameOptions.HostnameType": ["ip-name", "resource-name"],
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMaintenanceOptionsRequest.html
  "AWS::EC2::LaunchTemplate MaintenanceOptions.AutoRecovery": ["default", "disabled"],
  "AWS::EC2::LaunchTemplate InstanceRequirements.BareMetal": inclusion,
  "AWS::EC2::LaunchTemplate InstanceRequirements.BurstablePerformance": inclusion,
  "AWS::EC2::LaunchTemplate InstanceRequirements.LocalStorage": inclusion,
  "AWS::AutoScaling::LaunchConfiguration BlockDevice.VolumeType": volumeTypes,
  // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html
  "AWS::AutoScaling::LaunchConfiguration PlacementTenancy": ["default", "dedicated"],
  "AWS::AutoScaling::AutoScalingGroup InstanceRequirements.BareMetal": inclusion,
  "AWS::AutoScaling::AutoScalingGroup InstanceRequirements.BurstablePerformance": inclusion,
  "AWS::AutoScaling::AutoScalingGroup InstanceRequirements.LocalStorage": inclusion,
  "AWS::EC2::EC2Fleet EbsBlockDevice.VolumeType": volumeTypes,
  "AWS::EC2::EC2Fleet Placement.Tenancy": tenancies,
  "AWS::EC2::SpotFleet EbsBlockDevice.VolumeType": volumeTypes,
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
  "AWS::EKS::Nodegroup CapacityType": ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"],
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html
  "AWS::EKS::Nodegroup Taint.Effect": ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"],
};

/**
 * Required by the specification, though the service does without.
 * https://github.com/aws-cloudformation/cfn-lint/tree/main/src/cfnlint/data/schemas (patches)
 */
export const optional = ["AWS::EC2::Instance LaunchTemplateSpecification.Version"];

/**
 * The specification knows CloudFormation's own tag by name alone; these types' schemas in the
 * registry require its value too.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export const required = [
  "AWS::AppStream::Fleet Tag.Value",
  "AWS::AppStream::ImageBuilder Tag.Value",
  "AWS::ControlTower::EnabledControl Tag.Value",
  "AWS::EC2::EC2Fleet Tag.Value",
  "AWS::EC2::Instance Tag.Value",
  "AWS::EC2::LaunchTemplate Tag.Value",
  "AWS::EC2::SpotFleet Tag.Value",
  "AWS::EMR::Cluster Tag.Value",
  "AWS::ElasticBeanstalk::Environment Tag.Value",
  "AWS::IAM::Role Tag.Value",
  "AWS::IAM::User Tag.Value",
  "AWS::Organizations::Policy Tag.Value",
  "AWS::SageMaker::NotebookInstance Tag.Value",
];

/** Judged by the rule valid-metadata-options, which knows more about them. */
export const judgedElsewhere = [
  "AWS::EC2::Instance MetadataOptions",
  "AWS::EC2::LaunchTemplate LaunchTemplateData.MetadataOptions",
  "AWS::AutoScaling::LaunchConfiguration MetadataOptions",
  "AWS::EC2::EC2Fleet FleetLaunchTemplateOverridesRequest.MetadataOptions",
  "AWS::WorkspacesInstances::WorkspaceInstance ManagedInstance.MetadataOptions",
  "AWS::ImageBuilder::InfrastructureConfiguration InstanceMetadataOptions",
  "AWS::AppStream::Fleet DisableIMDSV1",
  "AWS::AppStream::ImageBuilder DisableIMDSV1",
];
