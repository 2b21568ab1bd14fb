/** Tools whose rules can mean the same as one of ours, and whose suppressions we then honour. */
export type PeerTool =
  "checkov" | "trivy" | "tfsec" | "kics" | "cfn-lint" | "cfn_nag" | "cdk-nag" | "guard";
