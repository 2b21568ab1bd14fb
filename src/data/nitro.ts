/**
 * The families whose virtual sizes run on Xen; every family launched since November 2017 is built
 * on the Nitro System. Families that EC2 no longer describes (cc2, cr1, g2, g3, g3s, hs1, i3p, p2)
 * are of the same generations.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/master/pkg/vpc/vpc_ip_resource_limit.go (2026-08-20)
 */
const xenFamilies: ReadonlySet<string> = new Set(
  "c1 c3 c4 cc2 cr1 d2 f1 g2 g3 g3s h1 hs1 i2 i3 i3p m1 m2 m3 m4 p2 p3 r3 r4 t1 t2 x1 x1e".split(
    " ",
  ),
);

/** `family.size`: what every instance type looks like; wildcards and expressions do not. */
const instanceType = /^([a-z][a-z0-9-]*)\.([a-z0-9-]+)$/;

/**
 * Whether an instance type is built on the Nitro System. Bare metal always is (i3.metal, although
 * i3.large is not). A family not listed here counts as Nitro, since all newer ones are; for text that
 * is no instance type it is undefined.
 */
export function isNitro(type: string): boolean | undefined {
  const [, family, size] = instanceType.exec(type) ?? [];
  if (family === undefined || size === undefined) return undefined;
  if (size.startsWith("metal")) return true;
  return !xenFamilies.has(family);
}
