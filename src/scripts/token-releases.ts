/**
 * The first releases that know session tokens, by package manager and package.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-a-supported-sdk-version-for-imdsv2.html
 */
export const firstWithTokens: Readonly<Record<string, string>> = {
  "pip awscli": "1.16.289",
  "pip boto3": "1.12.6",
  "pip botocore": "1.13.25",
  "npm aws-sdk": "2.722.0",
  "gem aws-sdk-core": "3.79.0",
  "go github.com/aws/aws-sdk-go": "1.25.38",
  "go github.com/aws/aws-sdk-go-v2": "0.19.0",
  "composer aws/aws-sdk-php": "3.147.7",
  "apt awscli": "1.16.289",
  "powershell AWSPowerShell": "4.0.1.0",
  "powershell AWSPowerShell.NetCore": "4.0.1.0",
};

/** Whether a script may install one of these, by a quick look; most do not. */
export function mayInstallSdk(text: string): boolean {
  return /aws|boto/i.test(text);
}
