import type { Evaluated } from "../../values/evaluated.js";
import type { Resource } from "../resource.js";
import { itemsOf, type PropertyPath, readProperty } from "./read-property.js";

/** Users of IAM groups, as the properties of a resource name them. */
export interface GroupMembership {
  readonly groups: readonly Evaluated[];
  /** Undefined where the resource is the user itself. */
  readonly users: readonly Evaluated[] | undefined;
}

interface MembershipKind {
  readonly groups: PropertyPath;
  readonly users?: PropertyPath;
}

function path(cloudformation: string, terraform: string): PropertyPath {
  return { cloudformation: [cloudformation], terraform: [terraform] };
}

/**
 * What puts users into groups, whose policies they then have.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html
 */
const kinds: ReadonlyMap<string, MembershipKind> = new Map<string, MembershipKind>([
  ["AWS::IAM::User", { groups: path("Groups", "-") }],
  ["awscc_iam_user", { groups: path("-", "groups") }],
  ["AWS::IAM::UserToGroupAddition", { groups: path("GroupName", "-"), users: path("Users", "-") }],
  ["aws_iam_group_membership", { groups: path("-", "group"), users: path("-", "users") }],
  ["aws_iam_user_group_membership", { groups: path("-", "groups"), users: path("-", "user") }],
]);

/** The membership that a resource makes; undefined where it makes none. */
export function groupMembershipOf(resource: Resource): GroupMembership | undefined {
  const kind = kinds.get(resource.type);
  if (kind === undefined) return undefined;
  const list = (property: PropertyPath) => itemsOf(readProperty(resource, property).value);
  return {
    groups: list(kind.groups),
    users: kind.users === undefined ? undefined : list(kind.users),
  };
}
