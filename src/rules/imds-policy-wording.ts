/** Where AWS says how policies on instance metadata are written and evaluated. */
export const imdsPolicySources = [
  "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata",
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html",
] as const;
