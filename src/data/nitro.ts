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

/** The one family of these that also has a size of bare metal, which is always of the Nitro System. */
const MIXED_FAMILY = "i3";

/** `family.size` as a type is named, and `family` alone, as AWS Batch takes it too. */
const instanceType = /^([a-z][a-z0-9-]*\d[a-z0-9-]*)(?:\.([a-z0-9-]+))?$/;

/** A name with wildcards, as instance requirements take it. */
const wildcard = /^[a-z0-9.*-]*\*[a-z0-9.*-]*$/;

/**
 * What lets AWS Batch pick. `optimal` was c4, m4 and r4 among others and becomes what `default_x86_64` is since
 * November 2025; that and `default_arm64` are families of the sixth generation and later.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html
 */
const pickedByBatch: ReadonlyMap<string, "nitro" | "either"> = new Map([
  ["optimal", "either"],
  ["default_x86_64", "nitro"],
  ["default_arm64", "nitro"],
]);

/**
 * Of which system the instances of a type are, or of all types that a family (`c4`), a name with
 * wildcards (`c4.*`) or a word of AWS Batch (`optimal`) stands for: `either` where these differ. A family
 * not listed here counts as Nitro, since all newer ones are; for any other text it is undefined.
 */
export function systemOf(type: string): "nitro" | "xen" | "either" | undefined {
  const picked = pickedByBatch.get(type);
  if (picked !== undefined) return picked;
  if (wildcard.test(type)) return systemOfPattern(type);
  const [, family, size] = instanceType.exec(type) ?? [];
  if (family === undefined) return undefined;
  if (size?.startsWith("metal") === true) return "nitro";
  if (!xenFamilies.has(family)) return "nitro";
  return family === MIXED_FAMILY && size === undefined ? "either" : "xen";
}

function systemOfPattern(pattern: string): "nitro" | "xen" | "either" {
  const literal = pattern.slice(0, pattern.indexOf("*"));
  const [family = "", size] = literal.split(".");
  if (size === undefined) {
    const mayBeXen = [...xenFamilies].some((xen) => `${xen}.`.startsWith(literal));
    return mayBeXen ? "either" : "nitro";
  }
  if (size.startsWith("metal") || !xenFamilies.has(family)) return "nitro";
  // `i3.*` may be i3.metal, `i3.2*` cannot.
  return family === MIXED_FAMILY && "metal".startsWith(size) ? "either" : "xen";
}
