/** Other tools with rules that can mean the same as one of ours; what they suppress in files we do not read. */
export type ComparedTool = PeerTool | "semgrep" | "terrascan" | "prowler" | "snyk" | "datadog";

/** Tools whose rules can mean the same as one of ours, and whose suppressions we then honour. */
export type PeerTool =
  "checkov" | "trivy" | "tfsec" | "kics" | "cfn-lint" | "cfn_nag" | "cdk-nag" | "guard";
