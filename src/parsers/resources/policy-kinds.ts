import type { PolicyDocument } from "../../model/iam/policy-document.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Resource } from "../resource.js";
import { asText, itemsOf, type PropertyPath, readPart, readProperty } from "./read-property.js";

/** A type of resource that holds policy documents, in one spelling or both. */
export interface PolicyKind {
  readonly kind: PolicyDocument["kind"];
  readonly types: readonly string[];
  /** The documents it holds, in the scenario of the moment. */
  readonly documents: (resource: Resource) => readonly Evaluated[];
  /** What they are attached to by the resource itself: names, ARNs, or the resource. */
  readonly attachedTo: (resource: Resource) => readonly Evaluated[];
  /** Whether the documents are attached to the resource itself. */
  readonly isPrincipal?: true;
}

function path(cloudformation: string, terraform: string): PropertyPath {
  return { cloudformation: cloudformation.split("."), terraform: terraform.split(".") };
}

const reading =
  (...paths: readonly PropertyPath[]) =>
  (resource: Resource): readonly Evaluated[] =>
    paths.flatMap((each) => {
      const { value } = readProperty(resource, each);
      return value.state === "unset" ? [] : [value];
    });

const listing =
  (...paths: readonly PropertyPath[]) =>
  (resource: Resource): readonly Evaluated[] =>
    reading(...paths)(resource).flatMap(itemsOf);

/** The inline policies of a role, user or group. */
function inlinePolicies(resource: Resource): readonly Evaluated[] {
  const { value, place } = readProperty(resource, path("Policies", "inline_policy"));
  return itemsOf(value).map((policy) => {
    const name = { cloudformation: "PolicyDocument", terraform: "policy" };
    return readPart(resource, { value: policy, place }, name).value;
  });
}

const none = (): readonly Evaluated[] => [];

/** What a file is that is a policy document by itself, in place of a type of resource. */
export const policyFileTypes = {
  identity: "IAM policy",
  serviceControl: "service control policy",
  declarative: "declarative policy",
} as const;

/** The text of such a file. */
const fileContent = reading(path("Document", "-"));

/** The types of an organization's policies, of whatever type these are in turn. */
export const organizationsTypes: readonly string[] = [
  "AWS::Organizations::Policy",
  "aws_organizations_policy",
  "awscc_organizations_policy",
];

/**
 * Where IAM policies and service control policies are written.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export const policyKinds: readonly PolicyKind[] = [
  {
    kind: "identity-policy",
    types: [
      "AWS::IAM::Policy",
      "AWS::IAM::ManagedPolicy",
      "aws_iam_policy",
      "awscc_iam_managed_policy",
    ],
    documents: reading(path("PolicyDocument", "policy")),
    attachedTo: listing(path("Roles", "-"), path("Users", "-"), path("Groups", "-")),
  },
  {
    kind: "identity-policy",
    types: [
      "AWS::IAM::RolePolicy",
      "AWS::IAM::UserPolicy",
      "AWS::IAM::GroupPolicy",
      "aws_iam_role_policy",
      "aws_iam_user_policy",
      "aws_iam_group_policy",
      "awscc_iam_role_policy",
      "awscc_iam_user_policy",
      "awscc_iam_group_policy",
    ],
    documents: reading(path("PolicyDocument", "policy")),
    attachedTo: reading(
      path("RoleName", "role"),
      path("UserName", "user"),
      path("GroupName", "group"),
    ),
  },
  {
    kind: "identity-policy",
    types: [
      "AWS::IAM::Role",
      "AWS::IAM::User",
      "AWS::IAM::Group",
      "aws_iam_role",
      "awscc_iam_role",
      "awscc_iam_user",
      "awscc_iam_group",
    ],
    documents: inlinePolicies,
    attachedTo: none,
    isPrincipal: true,
  },
  {
    kind: "identity-policy",
    types: ["AWS::SSO::PermissionSet", "awscc_sso_permission_set"],
    documents: reading(path("InlinePolicy", "-")),
    attachedTo: none,
    isPrincipal: true,
  },
  {
    kind: "identity-policy",
    types: ["aws_ssoadmin_permission_set_inline_policy"],
    documents: reading(path("-", "inline_policy")),
    attachedTo: reading(path("-", "permission_set_arn")),
  },
  {
    kind: "service-control-policy",
    types: organizationsTypes,
    documents: (resource) =>
      isServiceControlPolicy(resource) ? organizationsContent(resource) : [],
    attachedTo: listing(path("TargetIds", "-")),
  },
  {
    kind: "identity-policy",
    types: [policyFileTypes.identity],
    documents: fileContent,
    attachedTo: none,
  },
  {
    kind: "service-control-policy",
    types: [policyFileTypes.serviceControl],
    documents: fileContent,
    attachedTo: none,
  },
];

/** What an organization's policy says, of whatever type it is. */
export function organizationsContent(resource: Resource): readonly Evaluated[] {
  return isDeclarativeFile(resource)
    ? fileContent(resource)
    : reading(path("Content", "content"))(resource);
}

function isDeclarativeFile({ type }: Resource): boolean {
  return type === policyFileTypes.declarative;
}

/** Whether it is a declarative policy for EC2; no where its type is not known. */
export function isDeclarativePolicy(resource: Resource): boolean {
  if (isDeclarativeFile(resource)) return true;
  if (!organizationsTypes.includes(resource.type)) return false;
  const type = asText(organizationsPolicyType(resource));
  return type.state === "known" && type.value === "DECLARATIVE_POLICY_EC2";
}

/** Terraform's is one unless it says otherwise. */
function isServiceControlPolicy(resource: Resource): boolean {
  const type = asText(organizationsPolicyType(resource));
  const isDefault = type.state === "unset" && resource.type === "aws_organizations_policy";
  return isDefault || (type.state === "known" && type.value === "SERVICE_CONTROL_POLICY");
}

/** `SERVICE_CONTROL_POLICY`, `DECLARATIVE_POLICY_EC2`, … */
function organizationsPolicyType(resource: Resource): Evaluated {
  return readProperty(resource, path("Type", "type")).value;
}

/** A resource that attaches a policy to a principal or target. */
export interface PolicyAttachment {
  readonly types: readonly string[];
  readonly policies: (resource: Resource) => readonly Evaluated[];
  readonly targets: (resource: Resource) => readonly Evaluated[];
  /** Whether the resource is the target itself. */
  readonly isPrincipal?: true;
  /** Whether the policies limit the targets, as permissions boundaries do. */
  readonly isBoundary?: true;
}

/** The resources that attach policies: by ARN or id, as the policy's own resource names it. */
export const policyAttachments: readonly PolicyAttachment[] = [
  {
    types: [
      "aws_iam_role_policy_attachment",
      "aws_iam_user_policy_attachment",
      "aws_iam_group_policy_attachment",
      "aws_iam_policy_attachment",
    ],
    policies: reading(path("-", "policy_arn")),
    targets: listing(
      path("-", "role"),
      path("-", "user"),
      path("-", "group"),
      path("-", "roles"),
      path("-", "users"),
      path("-", "groups"),
    ),
  },
  {
    types: ["aws_organizations_policy_attachment"],
    policies: reading(path("-", "policy_id")),
    targets: reading(path("-", "target_id")),
  },
  {
    types: [
      "AWS::IAM::Role",
      "AWS::IAM::User",
      "AWS::IAM::Group",
      "aws_iam_role",
      "awscc_iam_role",
      "awscc_iam_user",
      "awscc_iam_group",
    ],
    policies: listing(path("ManagedPolicyArns", "managed_policy_arns")),
    targets: none,
    isPrincipal: true,
  },
  {
    types: [
      "AWS::IAM::Role",
      "AWS::IAM::User",
      "aws_iam_role",
      "aws_iam_user",
      "awscc_iam_role",
      "awscc_iam_user",
    ],
    policies: reading(path("PermissionsBoundary", "permissions_boundary")),
    targets: none,
    isPrincipal: true,
    isBoundary: true,
  },
  {
    types: ["aws_ssoadmin_customer_managed_policy_attachment"],
    policies: reading(path("-", "customer_managed_policy_reference.name")),
    targets: reading(path("-", "permission_set_arn")),
  },
  {
    types: ["aws_ssoadmin_permissions_boundary_attachment"],
    policies: reading(path("-", "permissions_boundary.customer_managed_policy_reference.name")),
    targets: reading(path("-", "permission_set_arn")),
    isBoundary: true,
  },
  {
    types: ["AWS::SSO::PermissionSet", "awscc_sso_permission_set"],
    policies: (resource) => {
      const { value, place } = readProperty(resource, path("CustomerManagedPolicyReferences", "-"));
      const name = { cloudformation: "Name", terraform: "name" };
      return itemsOf(value).map(
        (reference) => readPart(resource, { value: reference, place }, name).value,
      );
    },
    targets: none,
    isPrincipal: true,
  },
];
