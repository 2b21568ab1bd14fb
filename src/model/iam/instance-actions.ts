/**
 * The other actions whose requests say what metadata options an instance has: a condition on those may be
 * meant for instances as they are.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-actions-as-permissions
 */
export const instanceActions: readonly string[] = `
AssociateAddress AssociateIamInstanceProfile AttachClassicLinkVpc AttachNetworkInterface AttachVolume
CreateDelegateMacVolumeOwnershipTask CreateImage CreateInstanceExportTask
CreateMacSystemIntegrityProtectionModificationTask CreateNetworkInsightsPath CreateReplaceRootVolumeTask
CreateTags DescribeInstanceAttribute DetachClassicLinkVpc DetachNetworkInterface DetachVolume
DisableInstanceSqlHaStandbyDetections DisassociateIamInstanceProfile EnableInstanceSqlHaStandbyDetections
GetConsoleOutput GetConsoleScreenshot GetInstanceTpmEkPub GetInstanceUefiData GetLaunchTemplateData
GetPasswordData ModifyInstanceAttribute ModifyInstanceCapacityReservationAttributes ModifyInstanceCpuOptions
ModifyInstanceCreditSpecification ModifyInstanceEventStartTime ModifyInstanceMaintenanceOptions
ModifyInstanceMetadataOptions ModifyInstanceNetworkPerformanceOptions ModifyInstancePlacement
ModifyNetworkInterfaceAttribute ModifyPrivateDnsNameOptions MonitorInstances PauseVolumeIO RebootInstances
ReplaceIamInstanceProfileAssociation ResetInstanceAttribute SendDiagnosticInterrupt
SendSpotInstanceInterruptions StartInstances StopInstances TerminateInstances UnmonitorInstances
`
  .trim()
  .split(/\s+/)
  .map((name) => `ec2:${name}`);
