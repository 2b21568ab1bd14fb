import type { Ternary } from "../values/ternary.js";
import type { Value } from "../values/value.js";
import type { LaunchResource } from "./launch-resource.js";
import type { MetadataOptions, Switch } from "./metadata-options.js";

/**
 * What an account or an organization sets for instances that say nothing of it.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#set-imdsv2-account-defaults
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
 */
export interface AccountDefaults {
  /** A declarative policy may be attached elsewhere, so that it counts for nothing in the same tree. */
  readonly kind: "account" | "declarative-policy";
  readonly resource: LaunchResource;
  readonly exists: () => Ternary;
  /** Unset where there is no preference. There is no default for the IPv6 endpoint. */
  readonly options: MetadataOptions;
  /** Whether launches that ask for optional tokens are refused; unset where that cannot be said. */
  readonly tokensEnforced: () => Value<Switch>;
  /** What the option for tokens is called. */
  readonly tokensName: string;
  /** Whether the launch that they count for may be made before they are, when all is applied for the first time. */
  readonly mayComeLater?: () => boolean;
  /** Who says so, where no file here does: `imdslint.config.yaml`. */
  readonly assumedBy?: string;
}
