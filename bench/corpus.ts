import { mkdirSync, writeFileSync } from "node:fs";

/** Writes `count` small CloudFormation templates, each a little different, below a directory. */
export function writeTemplates(directory: string, count: number): void {
  mkdirSync(directory, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    writeFileSync(`${directory}/template-${index}.yaml`, template(index));
  }
}

/** Writes `count` small Terraform root modules, each in a directory of its own. */
export function writeModules(directory: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    mkdirSync(`${directory}/module-${index}`, { recursive: true });
    writeFileSync(`${directory}/module-${index}/main.tf`, rootModule(index));
  }
}

/**
 * Writes `count` stacks of ten modules each: a root module that calls three services, of which each
 * calls two fleets. What launches instances stands in the fleets, so that options come through two
 * calls, and each module that is called has defaults of its own.
 */
export function writeStacks(directory: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const stack = `${directory}/stack-${index}`;
    writeModule(stack, calls("service", ["a", "b", "c"], index));
    for (const service of ["a", "b", "c"]) {
      writeModule(`${stack}/service-${service}`, calls("fleet", ["blue", "green"], index));
      for (const fleet of ["blue", "green"]) {
        writeModule(`${stack}/service-${service}/fleet-${fleet}`, rootModule(index, "var.tokens"));
      }
    }
  }
}

/**
 * Writes one template of 10,000 lines and 500 resources: instances, launch templates with the groups
 * that use them, security groups and roles. With conditions, of which there may be many, each instance and
 * launch template hangs on one of them, independent of all others.
 */
export function writeLargeTemplate(directory: string, conditions: number): void {
  mkdirSync(directory, { recursive: true });
  const names = Array.from({ length: conditions }, (_, index) => `Condition${index}`);
  const parameters = names.map((name) => `  ${name}Is:\n    Type: String\n`);
  const definitions = names.map((name) => `  ${name}: !Equals [!Ref ${name}Is, "yes"]\n`);
  const resources = Array.from({ length: 100 }, (_, index) => {
    const name = names[index % conditions];
    const tokens = name === undefined ? "required" : `!If [${name}, required, optional]`;
    return largePart(index, tokens);
  });
  const sections = [
    'AWSTemplateFormatVersion: "2010-09-09"\n',
    ...(conditions === 0 ? [] : ["Parameters:\n", ...parameters, "Conditions:\n", ...definitions]),
    "Resources:\n",
    ...resources,
  ];
  writeFileSync(`${directory}/large.yaml`, sections.join(""));
}

/** Five resources, of a hundred lines together. */
function largePart(index: number, tokens: string): string {
  const lines = (count: number, line: (each: number) => string) =>
    Array.from({ length: count }, (_, each) => line(each)).join("\n");
  return `  Instance${index}:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      InstanceType: t3.micro
      SubnetId: subnet-0abcdef1234567890
      SecurityGroupIds: [!Ref SecurityGroup${index}]
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: ${tokens}
      Tags:
        - Key: Name
          Value: !Sub "\${AWS::StackName}-instance-${index}"
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          echo instance-${index} in \${AWS::Region}
${lines(6, (each) => `          yum install -y package-${each}`)}
  Template${index}:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateName: !Sub "\${AWS::StackName}-template-${index}"
      LaunchTemplateData:
        ImageId: ami-0abcdef1234567890
        InstanceType: m5.large
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: ${tokens}
        BlockDeviceMappings:
          - DeviceName: /dev/xvda
            Ebs: { VolumeSize: 20, Encrypted: true }
        UserData:
          Fn::Base64: !Sub |
            #!/bin/bash
            echo template-${index} in \${AWS::Region}
  Group${index}:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "4"
      AvailabilityZones: !GetAZs ""
      MixedInstancesPolicy:
        LaunchTemplate:
          LaunchTemplateSpecification:
            LaunchTemplateId: !Ref Template${index}
            Version: !GetAtt Template${index}.LatestVersionNumber
          Overrides:
            - InstanceType: m5.large
            - InstanceType: m5a.large
  SecurityGroup${index}:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Part ${index}
      SecurityGroupIngress:
${lines(8, (each) => `        - { IpProtocol: tcp, FromPort: ${8000 + each}, ToPort: ${8000 + each}, CidrIp: 10.0.0.0/8 }`)}
  Role${index}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: ec2.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: part-${index}
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
${lines(8, (each) => `                  - s3:Action${each}`)}
                Resource: "*"
`;
}

function writeModule(directory: string, text: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/main.tf`, text);
}

function calls(kind: string, names: readonly string[], index: number): string {
  const blocks = names.map(
    (name) => `module "${name}" {
  source      = "./${kind}-${name}"
  environment = var.environment
  tokens      = ${kind === "service" ? '"required"' : "var.tokens"}
}
`,
  );
  return `variable "environment" {
  type    = string
  default = "stack-${index}"
}

variable "tokens" {
  type    = string
  default = "${defaultOf(index)}"
}

${blocks.join("\n")}`;
}

function template(index: number): string {
  return `AWSTemplateFormatVersion: "2010-09-09"
Description: Service ${index}

Parameters:
  Environment:
    Type: String
    AllowedValues: [production, staging]
  InstanceType:
    Type: String
    Default: t3.micro

Conditions:
  IsProduction: !Equals [!Ref Environment, production]

Resources:
  SecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: !Sub "Service ${index} of \${AWS::StackName}"
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8 }

  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0abcdef1234567890
        InstanceType: !Ref InstanceType
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: ${index % 10 === 0 ? "!If [IsProduction, required, optional]" : "required"}
        UserData:
          Fn::Base64: !Sub |
            #!/bin/bash
            echo service-${index} in \${AWS::Region} > /etc/service
            yum install -y amazon-cloudwatch-agent

  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "4"
      AvailabilityZones: !GetAZs ""
      LaunchTemplate:
        LaunchTemplateId: !Ref Template
        Version: !GetAtt Template.LatestVersionNumber

Outputs:
  Group:
    Value: !Ref Group
`;
}

function rootModule(index: number, tokens = tokensOf(index)): string {
  return `variable "environment" {
  type = string
}

variable "tokens" {
  type    = string
  default = "${defaultOf(index)}"
}

variable "instance_type" {
  type    = string
  default = "t3.micro"
}

locals {
  name = "service-${index}-\${var.environment}"
  tags = { Name = local.name, Service = "${index}" }
}

resource "aws_security_group" "this" {
  name = local.name
  tags = local.tags

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_launch_template" "this" {
  name_prefix   = local.name
  image_id      = "ami-0abcdef1234567890"
  instance_type = var.instance_type

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = ${tokens}
  }

  user_data = base64encode(<<-EOT
    #!/bin/bash
    echo \${local.name} > /etc/service
  EOT
  )
}

resource "aws_autoscaling_group" "this" {
  name               = local.name
  min_size           = 1
  max_size           = 4
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }
}
`;
}

function defaultOf(index: number): string {
  return index % 10 === 0 ? "optional" : "required";
}

function tokensOf(index: number): string {
  return index % 10 === 0
    ? 'var.environment == "production" ? "required" : "optional"'
    : '"required"';
}
