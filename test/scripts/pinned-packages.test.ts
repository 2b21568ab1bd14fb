import { describe, expect, test } from "vitest";
import { packagesBeforeTokens } from "../../src/scripts/pinned-packages.js";

function pinned(script: string): readonly string[] {
  return packagesBeforeTokens(script).map(({ name, version, range }) => {
    expect(script.slice(range.start, range.end)).toContain(name);
    return `${name} ${version}`;
  });
}

describe("releases before session tokens", () => {
  test.each([
    ["pip install awscli==1.16.288", "awscli 1.16.288"],
    ["pip3 install -q 'boto3==1.9.0' requests", "boto3 1.9.0"],
    ["sudo /usr/bin/python3 -m pip install botocore==1.13.24", "botocore 1.13.24"],
    ["/opt/venv/bin/pip install --upgrade awscli==1.14", "awscli 1.14"],
    ["npm install --save aws-sdk@2.721.9", "aws-sdk 2.721.9"],
    ["yarn add aws-sdk@2.100.0", "aws-sdk 2.100.0"],
    ["gem install aws-sdk-core -v 3.78.9", "aws-sdk-core 3.78.9"],
    ["gem install aws-sdk-core --version=3.0.0", "aws-sdk-core 3.0.0"],
    ["go get github.com/aws/aws-sdk-go@v1.25.37", "github.com/aws/aws-sdk-go 1.25.37"],
    ["composer require aws/aws-sdk-php:3.147.6", "aws/aws-sdk-php 3.147.6"],
    ["apt-get install -y awscli=1.14.44-1ubuntu1", "awscli 1.14.44"],
    [
      "Install-Module -Name AWSPowerShell -RequiredVersion 3.3.618.0 -Force",
      "AWSPowerShell 3.3.618.0",
    ],
    ["#cloud-config\nruncmd:\n  - [pip, install, boto3==1.9.0]\n", "boto3 1.9.0"],
    ["sudo -H pip install awscli==1.0", "awscli 1.0"],
    ["bash -c 'pip install awscli==1.0'", "awscli 1.0"],
    ["VERSION=1.9.0\nPACKAGE=boto3==$VERSION\npip install boto3==1.9.0", "boto3 1.9.0"],
    ["set -e\nif true; then pip install awscli==1.0; fi", "awscli 1.0"],
  ])("%s", (script, expected) => {
    expect(pinned(script)).toEqual([expected]);
  });

  test.each([
    "pip install awscli==1.16.289",
    "pip install awscli==1.32.0",
    "pip install awscli",
    "pip install 'awscli>=1.10'",
    "pip install 'awscli~=1.10'",
    "pip install awscli-plugin==1.0",
    "pip download awscli==1.0",
    "echo pip awscli==1.0",
    "# pip install awscli==1.0",
    "echo pip install awscli==1.0",
    "cat > /etc/motd <<END\npip install awscli==1.0\nEND",
    "python3 setup.py install awscli==1.0",
    "Install-Module -Name AWSPowerShell -RequiredVersion 4.0.1.0",
    "Install-Module -Name AWSPowerShell -MinimumVersion 3.3.0",
    "npm install aws-sdk@latest",
    "npm install aws-sdk@^2.100.0",
    "npm install @aws-sdk/client-s3@3.0.0",
    "gem install aws-sdk-core -v 3.79.0",
    "gem install bundler -v 1.0.0",
    "go get github.com/aws/aws-sdk-go@latest",
    "apt-get install -y awscli",
    "apt-get install awscli=2.0.0-1",
  ])("not: %s", (script) => {
    expect(pinned(script)).toEqual([]);
  });
});
