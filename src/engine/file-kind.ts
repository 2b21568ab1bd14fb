/** Whether a file belongs to a Terraform module, or gives its variables values. */
export function isTerraformPath(path: string): boolean {
  return /\.(?:tf|tofu|tfvars)(?:\.json)?$/i.test(path);
}

/**
 * Whether a file configures an application of Elastic Beanstalk.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions.html
 */
export function isBeanstalkConfigurationPath(path: string): boolean {
  return /(?:^|\/)\.ebextensions\/[^/]+\.config$/.test(path);
}
