import type { PolicyDocument, PolicyGroup } from "../../model/iam/policy-document.js";
import { type Evaluated, identityOf } from "../../values/evaluated.js";
import type { SourceOf } from "../composed-text.js";
import { documentIn } from "../json-document.js";
import type { LaunchSpecification } from "../../model/launch-specification.js";
import type { Resource } from "../resource.js";
import type { Scenarios } from "../../values/scenarios.js";
import { groupMembershipOf } from "./group-memberships.js";
import { launchResourceOf } from "./launch-resource.js";
import { malformedTexts } from "./malformed-texts.js";
import { policyAttachments, type PolicyKind, policyKinds } from "./policy-kinds.js";
import { policyStatements } from "./policy-statements.js";
import { asText, readProperty } from "./read-property.js";

const kindByType = new Map(
  policyKinds.flatMap((kind) => kind.types.map((type) => [type, kind] as const)),
);

/** A document with the resource that holds it. */
interface Held {
  readonly document: PolicyDocument;
  readonly resource: Resource;
  readonly kind: PolicyKind;
}

/** What documents are attached to, as far as it is in the deployment. */
type Targets = ReadonlyMap<PolicyDocument, readonly string[]>;

/** The policies of one deployment, and which of them count together. */
export class PolicyDocuments {
  readonly #held: readonly Held[];
  readonly #resources: readonly Resource[];
  readonly #sourceOf: SourceOf;
  readonly #launches: readonly LaunchSpecification[];
  readonly #targets: () => Targets;
  /** What attaches policies, by their addresses. */
  readonly #attachments: () => ReadonlyMap<string, readonly string[]>;
  /** The users of groups. */
  readonly #users: () => ReadonlyMap<string, readonly string[]>;
  /** The addresses of what attachments may name in words. */
  readonly #named: () => ReadonlyMap<string, string>;

  /** `sourceOf` gives the files that texts are written in, `launches` are those of the same deployment. */
  constructor(
    resources: readonly Resource[],
    sourceOf: SourceOf,
    launches: readonly LaunchSpecification[],
    scenarios: Scenarios,
  ) {
    this.#resources = resources;
    this.#launches = launches;
    this.#sourceOf = sourceOf;
    this.#held = resources.flatMap((resource) => this.#read(resource));
    // Every document asks for those of all others.
    const once = <T>(read: () => T) => scenarios.memoize(read, read);
    this.#named = once(() => this.#readNames());
    this.#attachments = once(() => this.#readAttachments());
    this.#users = once(() => this.#readUsers());
    this.#targets = once(
      () => new Map(this.#held.map((held) => [held.document, this.#targetsOf(held)])),
    );
  }

  get all(): readonly PolicyDocument[] {
    return this.#held.map(({ document }) => document);
  }

  /** All documents that a resource holds are one: they are attached together. */
  #read(resource: Resource): readonly Held[] {
    const kind = kindByType.get(resource.type);
    if (kind === undefined) return [];
    const document: PolicyDocument = {
      kind: kind.kind,
      resource: launchResourceOf(resource),
      exists: () => resource.exists(),
      read: () => {
        const documents = kind
          .documents(resource)
          .map((text) => policyStatements(documentIn(text, this.#sourceOf)));
        const open = documents.find((each) => each.open !== undefined)?.open;
        const statements = documents.flatMap((each) => each.statements);
        return open === undefined ? { statements } : { statements, open };
      },
      malformed: () => malformedTexts(kind.documents(resource), this.#sourceOf),
      groups: () => this.#groupsOf(document),
      launches: () => this.#launches,
    };
    return [{ document, resource, kind }];
  }

  #groupsOf(document: PolicyDocument): readonly PolicyGroup[] {
    const targets = this.#targets();
    const own = targets.get(document) ?? [];
    const alike = this.#held
      .map((held) => held.document)
      .filter(({ kind }) => kind === document.kind);
    const groups: readonly (string | undefined)[] = own.length === 0 ? [undefined] : own;
    return groups.map((target): PolicyGroup => {
      const isTogether = (other: PolicyDocument) =>
        other === document || (target !== undefined && (targets.get(other) ?? []).includes(target));
      const documents = alike.filter(isTogether);
      const limits = alike.filter(
        (other) => target !== undefined && (targets.get(other) ?? []).includes(boundaryOf(target)),
      );
      const perhaps = alike.filter(
        (other) => !isTogether(other) && (target === undefined || targets.get(other)?.length === 0),
      );
      return { documents, limits, perhaps };
    });
  }

  /**
   * What the document is attached to; nothing where that is not in the deployment. What a group has, its
   * users have, together with what they have besides.
   */
  #targetsOf({ resource, kind }: Held): readonly string[] {
    const written = kind.attachedTo(resource).flatMap((value) => this.#identityOf(value) ?? []);
    const own = kind.isPrincipal === true ? [resource.address] : [];
    const attached = this.#attachments().get(resource.address) ?? [];
    const targets = [...own, ...written, ...attached];
    return [...new Set(targets.flatMap((target) => this.#users().get(target) ?? [target]))];
  }

  /** The users of groups, by the groups' addresses; of those alone whose users are all known. */
  #readUsers(): ReadonlyMap<string, readonly string[]> {
    const users = new Map<string, readonly string[]>();
    const open = new Set<string>();
    for (const resource of this.#resources) {
      const membership = groupMembershipOf(resource);
      if (membership === undefined) continue;
      const named = membership.users?.map((user) => this.#identityOf(user)) ?? [resource.address];
      const known = named.filter((user) => user !== undefined);
      for (const group of membership.groups.flatMap((value) => this.#identityOf(value) ?? [])) {
        users.set(group, [...(users.get(group) ?? []), ...known]);
        if (known.length < named.length || known.length === 0) open.add(group);
      }
    }
    return new Map([...users].filter(([group]) => !open.has(group)));
  }

  #readAttachments(): ReadonlyMap<string, readonly string[]> {
    const attachments = new Map<string, string[]>();
    for (const resource of this.#resources) {
      for (const attachment of policyAttachments) {
        if (!attachment.types.includes(resource.type)) continue;
        const policies = attachment.policies(resource).map((value) => this.#identityOf(value));
        if (policies.length === 0) continue;
        const targets =
          attachment.isPrincipal === true
            ? [resource.address]
            : attachment.targets(resource).flatMap((value) => this.#identityOf(value) ?? []);
        const limited = attachment.isBoundary === true ? targets.map(boundaryOf) : targets;
        for (const policy of new Set(policies)) {
          if (policy === undefined) continue;
          attachments.set(policy, [...(attachments.get(policy) ?? []), ...limited]);
        }
      }
    }
    return attachments;
  }

  #readNames(): ReadonlyMap<string, string> {
    const named = new Map<string, string>();
    for (const resource of this.#resources) {
      const name = namedTypes.has(resource.type) ? nameOf(resource) : undefined;
      if (name !== undefined && !named.has(name)) named.set(name, resource.address);
    }
    return named;
  }

  /** The address of the resource that a value names, else what else is known to be equal. */
  #identityOf(value: Evaluated): string | undefined {
    if (value.state === "unknown") return value.link?.address ?? identityOf(value);
    const text = asText(value);
    if (text.state !== "known") return undefined;
    return this.#named().get(text.value) ?? `"${text.value}"`;
  }
}

/** Being limited by a policy is not having it. */
function boundaryOf(target: string): string {
  return `boundary of ${target}`;
}

/** What attachments may name in words. */
const namedTypes: ReadonlySet<string> = new Set([
  "AWS::IAM::ManagedPolicy",
  "aws_iam_policy",
  "AWS::IAM::Role",
  "AWS::IAM::User",
  "AWS::IAM::Group",
  "aws_iam_role",
  "aws_iam_user",
  "aws_iam_group",
]);

function nameOf(resource: Resource): string | undefined {
  const kind = /(Role|User|Group|ManagedPolicy)$/.exec(resource.type)?.[1] ?? "";
  const cloudformation = `${kind}Name`;
  const path = { cloudformation: [cloudformation], terraform: ["name"] };
  const name = asText(readProperty(resource, path).value);
  return name.state === "known" ? name.value : undefined;
}
