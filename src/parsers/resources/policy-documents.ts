import type { PolicyDocument, PolicyGroup } from "../../model/iam/policy-document.js";
import { type Evaluated, identityOf } from "../../values/evaluated.js";
import type { SourceOf } from "../composed-text.js";
import { documentIn } from "../json-document.js";
import type { LaunchSpecification } from "../../model/launch-specification.js";
import type { Resource } from "../resource.js";
import { launchResourceOf } from "./launch-resource.js";
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

/** The policies of one deployment, and which of them count together. */
export class PolicyDocuments {
  readonly #held: readonly Held[];
  readonly #resources: readonly Resource[];
  readonly #sourceOf: SourceOf;
  readonly #launches: readonly LaunchSpecification[];

  /** `sourceOf` gives the files that texts are written in, `launches` are those of the same deployment. */
  constructor(
    resources: readonly Resource[],
    sourceOf: SourceOf,
    launches: readonly LaunchSpecification[],
  ) {
    this.#resources = resources;
    this.#launches = launches;
    this.#sourceOf = sourceOf;
    this.#held = resources.flatMap((resource) => this.#read(resource));
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
      groups: () => this.#groupsOf(document),
      launches: () => this.#launches,
    };
    return [{ document, resource, kind }];
  }

  #groupsOf(document: PolicyDocument): readonly PolicyGroup[] {
    const targets = new Map(this.#held.map((held) => [held.document, this.#targetsOf(held)]));
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

  /** What the document is attached to; nothing where that is not in the deployment. */
  #targetsOf({ resource, kind }: Held): readonly string[] {
    const written = kind.attachedTo(resource).flatMap((value) => this.#identityOf(value) ?? []);
    const own = kind.isPrincipal === true ? [resource.address] : [];
    return [...new Set([...own, ...written, ...this.#attachmentsOf(resource)])];
  }

  #attachmentsOf(policy: Resource): readonly string[] {
    const all = this.#resources.flatMap((resource) =>
      policyAttachments
        .filter(({ types }) => types.includes(resource.type))
        .map((attachment) => ({ resource, attachment })),
    );
    return all.flatMap(({ resource, attachment }) => {
      const isAttached = attachment
        .policies(resource)
        .some((value) => this.#identityOf(value) === policy.address);
      if (!isAttached) return [];
      const targets =
        attachment.isPrincipal === true
          ? [resource.address]
          : attachment.targets(resource).flatMap((value) => this.#identityOf(value) ?? []);
      return attachment.isBoundary === true ? targets.map(boundaryOf) : targets;
    });
  }

  /** The address of the resource that a value names, else what else is known to be equal. */
  #identityOf(value: Evaluated): string | undefined {
    if (value.state === "unknown") return value.link?.address ?? identityOf(value);
    const text = asText(value);
    if (text.state !== "known") return undefined;
    const named = this.#resources.find(
      (resource) => namedTypes.has(resource.type) && nameOf(resource) === text.value,
    );
    return named?.address ?? `"${text.value}"`;
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
