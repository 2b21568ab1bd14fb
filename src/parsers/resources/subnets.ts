import type { Presence, Subnet } from "../../model/launch-parameters.js";
import type { Evaluated } from "../../values/evaluated.js";
import { equals } from "../../values/ternary.js";
import { known, mapValue, undecided, unset, type Value } from "../../values/value.js";
import type { Resource } from "../resource.js";
import { presenceOf } from "./presence.js";
import { asScalar, asText, type PropertyPath, readProperty } from "./read-property.js";

const subnetTypes = ["AWS::EC2::Subnet", "aws_subnet", "awscc_ec2_subnet"];

const associationTypes = ["AWS::EC2::SubnetCidrBlock", "awscc_ec2_subnet_cidr_block"];

/** The types of resources that say what subnets are like. */
export const subnetResourceTypes: readonly string[] = [...subnetTypes, ...associationTypes];

const paths = {
  range: { cloudformation: ["Ipv6CidrBlock"], terraform: ["ipv6_cidr_block"] },
  netmask: { cloudformation: ["Ipv6NetmaskLength"], terraform: ["ipv6_netmask_length"] },
  pool: { cloudformation: ["Ipv6IpamPoolId"], terraform: ["ipv6_ipam_pool_id"] },
  native: { cloudformation: ["Ipv6Native"], terraform: ["ipv6_native"] },
  subnet: { cloudformation: ["SubnetId"], terraform: ["subnet_id"] },
} as const satisfies Record<string, PropertyPath>;

/**
 * AWS::EC2::Subnet, with AWS::EC2::SubnetCidrBlock, and aws_subnet.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnetcidrblock.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/subnet
 */
export class Subnets {
  readonly #byAddress: ReadonlyMap<string, Subnet>;
  readonly #associations: readonly Resource[];

  constructor(resources: readonly Resource[]) {
    this.#associations = resources.filter(({ type }) => associationTypes.includes(type));
    this.#byAddress = new Map(
      resources
        .filter(({ type }) => subnetTypes.includes(type))
        .map((resource) => [resource.address, this.#read(resource)]),
    );
  }

  /** The subnet that a reference means; unknown where it is not one of this deployment. */
  find(reference: Evaluated): Value<Subnet> {
    const { origin } = reference;
    if (reference.state === "unset") return unset(origin);
    const link = reference.state === "unknown" ? reference.link : undefined;
    const subnet = link === undefined ? undefined : this.#byAddress.get(link.address);
    if (subnet !== undefined) return known(subnet, origin);
    return undecided({ kind: "not-available", what: "the subnet" }, origin);
  }

  #read(resource: Resource): Subnet {
    const { address, location } = resource;
    return {
      address,
      location,
      hasIpv6: () => this.#presenceOfIpv6(resource),
      isIpv6Only: () =>
        mapValue(asText(readProperty(resource, paths.native).value), (text) => text === "true"),
    };
  }

  #presenceOfIpv6(resource: Resource): Presence {
    // An IPv6-only subnet cannot be without.
    const isOnly = equals(asScalar(readProperty(resource, paths.native).value), true);
    const given = [paths.range, paths.netmask, paths.pool].map((path) =>
      presenceOf(readProperty(resource, path)),
    );
    const associated = this.#associations
      .filter((association) => association.exists() !== "no")
      .map((association) => readProperty(association, paths.subnet).value)
      .flatMap((subnet) => presenceOfAssociation(subnet, resource.address));
    const origin = { location: resource.location, step: "written" } as const;
    if (isOnly === "yes") return { isGiven: "yes", origin };
    const all = [...given, ...associated];
    return (
      all.find(({ isGiven }) => isGiven === "yes") ??
      all.find(({ isGiven }) => isGiven === "unknown") ?? { isGiven: "no", origin }
    );
  }
}

/** A range that is associated with a subnet; one whose subnet is not known may be this one's. */
function presenceOfAssociation(subnet: Evaluated, address: string): readonly Presence[] {
  if (subnet.state !== "unknown") return [];
  const { link, reason, origin } = subnet;
  if (link === undefined) return [{ isGiven: "unknown", reason, origin }];
  return link.address === address ? [{ isGiven: "yes", origin }] : [];
}
