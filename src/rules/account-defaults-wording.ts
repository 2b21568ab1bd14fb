import type { AccountDefaults } from "../model/account-defaults.js";

/** Where AWS says what the defaults are. */
export const accountDefaultsSources = [
  "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#set-imdsv2-account-defaults",
  "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_instance_metadata_defaults",
  "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html",
] as const;

/** What messages say of account defaults: whose they are, as a plural, and what the option is called. */
export function describeAccountDefaults({ kind, resource, tokensName }: AccountDefaults) {
  const { address } = resource;
  const isPolicy = kind === "declarative-policy";
  return {
    address,
    option: tokensName,
    subject: isPolicy ? `the defaults that ${address} sets` : `the account defaults of ${address}`,
  };
}
