/** Whether a file belongs to a Terraform module, or gives its variables values. */
export function isTerraformPath(path: string): boolean {
  return /\.(?:tf|tofu|tfvars)(?:\.json)?$/i.test(path);
}

/** Whether a file of that name may hold a CloudFormation template. */
export function isTemplatePath(path: string): boolean {
  return /\.(?:ya?ml|json|template)$/i.test(path);
}
