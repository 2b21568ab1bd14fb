/**
 * The namespace of the option setting by which Elastic Beanstalk switches IMDSv1 on instances.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-ec2-imds.html
 */
export const NAMESPACE = "aws:autoscaling:launchconfiguration";

/** The name of that option setting. */
export const OPTION = "DisableIMDSv1";
