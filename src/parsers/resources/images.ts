import type { Image } from "../../model/image.js";
import { known, undecided, unset, type Value } from "../../values/value.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Resource } from "../resource.js";
import { launchResourceOf } from "./launch-resource.js";
import { asText, readProperty } from "./read-property.js";

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

  constructor(resources: readonly Resource[]) {
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

  /** The image that a reference means; unknown where it is not one of this deployment. */
  find(reference: Evaluated): Value<Image> {
    const { origin } = reference;
    if (reference.state === "unset") return unset(origin);
    const link = reference.state === "unknown" ? reference.link : undefined;
    const image = link === undefined ? undefined : this.#byAddress.get(link.address);
    if (image !== undefined) return known(image, origin);
    return undecided({ kind: "not-available", what: "the image" }, origin);
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
