import type { AssumedImage } from "../../model/assumptions.js";
import type { Image } from "../../model/image.js";
import { known, undecided, unset, type Value } from "../../values/value.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Resource } from "../resource.js";
import { launchResourceOf } from "./launch-resource.js";
import { asText, readProperty } from "./read-property.js";

/**
 * The ID, or the path in the parameter store, behind a reference: of `resolve:ssm:/path` as EC2 takes it,
 * of `{{resolve:ssm:/path}}` and of a parameter that CloudFormation looks up. Versions do not count.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
function nameOfImage(reference: Evaluated): string | undefined {
  if (reference.state === "unknown" && reference.reason.kind === "decided-at-deployment") {
    return /^\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}$/.exec(reference.reason.expression)?.[1];
  }
  if (reference.state !== "known") return undefined;
  const text = String(reference.value);
  return /^resolve:ssm:([^:]+)/.exec(text)?.[1] ?? text;
}

/** Whether a name is as the pattern has it, in which `*` stands for anything. */
function fits(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
}

const argument = (name: string) => ({ cloudformation: [], terraform: [name] });

/** The types of resources that register images. */
export const imageTypes = ["aws_ami", "aws_ami_copy"] as const;

/** A copy has its source's support: what it was copied from is named by that argument. */
const sources: Readonly<Record<string, string>> = { aws_ami_copy: "source_ami_id" };

/**
 * The images that a deployment registers: aws_ami, and aws_ami_copy of one of those. Other resources make
 * images of instances or by recipes, whose support nobody states.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ami
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html
 */
export class Images {
  readonly #byAddress: ReadonlyMap<string, Image>;

  readonly #assumed: readonly AssumedImage[];

  /** Takes all resources of the deployment, and what is assumed of images that are not among them. */
  constructor(resources: readonly Resource[], assumed: readonly AssumedImage[] = []) {
    this.#assumed = assumed;
    this.#byAddress = new Map(
      resources.flatMap((resource) => {
        const image = this.#read(resource);
        return image === undefined ? [] : [[resource.address, image] as const];
      }),
    );
  }

  get all(): readonly Image[] {
    return [...this.#byAddress.values()];
  }

  /** The image that a reference means; unknown where it is not one of this deployment and nothing is assumed of it. */
  find(reference: Evaluated): Value<Image> {
    const { origin } = reference;
    if (reference.state === "unset") return unset(origin);
    const link = reference.state === "unknown" ? reference.link : undefined;
    const image = link === undefined ? undefined : this.#byAddress.get(link.address);
    if (image !== undefined) return known(image, origin);
    const assumed = this.#assume(reference);
    if (assumed !== undefined) return known(assumed, origin);
    return undecided({ kind: "not-available", what: "the image" }, origin);
  }

  #assume(reference: Evaluated): Image | undefined {
    const name = nameOfImage(reference);
    const found = this.#assumed.find(({ image }) => name !== undefined && fits(name, image));
    if (found === undefined) return undefined;
    const { origin } = reference;
    const { location } = origin;
    return {
      // Of no resource here; nobody asks for it.
      resource: { dialect: "cloudformation", type: "image", address: name ?? "", location },
      exists: () => "yes",
      imdsSupport: () => (found.imdsSupport === "v2.0" ? known("v2.0", origin) : unset(origin)),
      isCopy: false,
      assumedBy: found.by,
    };
  }

  #read(resource: Resource): Image | undefined {
    const source = sources[resource.type];
    if (resource.type !== "aws_ami" && source === undefined) return undefined;
    const own = { resource: launchResourceOf(resource), exists: () => resource.exists() };
    if (source === undefined) {
      const support = () => asText(readProperty(resource, argument("imds_support")).value);
      return { ...own, imdsSupport: support, isCopy: false };
    }
    return {
      ...own,
      imdsSupport: () => {
        const copied = this.find(readProperty(resource, argument(source)).value);
        if (copied.state === "known") return copied.value.imdsSupport();
        return undecided({ kind: "not-available", what: "the image it copies" }, copied.origin);
      },
      isCopy: true,
    };
  }
}
