/**
 * Properties of AWS's specification whose names speak of the metadata service, and which are none of a
 * launch's options; each with the reason. What is neither read nor listed here fails a test.
 */
export const coverageExceptions: Readonly<Record<string, string>> = {
  "AWS::AppSync::DataSource RelationalDatabaseConfig.RdsHttpEndpointConfig":
    "the HTTP endpoint of a database",
  "AWS::Batch::ComputeEnvironment InstanceLaunchTemplate.InstanceMetadataTagsPropagation":
    "tags alone: instances that Amazon ECS manages have no option for tokens or hops",
  "AWS::ECS::CapacityProvider InstanceLaunchTemplate.InstanceMetadataTagsPropagation":
    "tags alone: instances that Amazon ECS manages have no option for tokens or hops",
  "AWS::KinesisFirehose::DeliveryStream HttpEndpointDestinationConfiguration":
    "the HTTP endpoint that a stream delivers to",
  "AWS::RDS::DBCluster EnableHttpEndpoint": "the HTTP endpoint of a database",
};
