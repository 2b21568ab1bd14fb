import { known } from "../../../values/value.js";
import { failure, success } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import {
  formatAddress,
  formatNetwork,
  isMapped,
  lastAddress,
  type Network,
  parseAddress,
  parseNetwork,
} from "./ip-address.js";
import { madeString, madeStrings, notSupported } from "./made-value.js";
import { overScalars, overScalarsAndMore } from "./scalar-function.js";
import type { FunctionCallContext, FunctionResult } from "./terraform-function.js";

/** `cidrsubnets` extends a prefix by at most this many bits. */
const MOST_NEW_BITS = 32;

const notANetwork = failure("invalid CIDR expression");

/** Applies a function to the network that a text stands for. */
function withNetwork(
  text: string,
  call: FunctionCallContext,
  apply: (network: Network) => FunctionResult,
): FunctionResult {
  const network = parseNetwork(text);
  if (network === undefined) return notANetwork;
  return isMapped(network)
    ? notSupported("IPv4 networks in the notation of IPv6", call)
    : apply(network);
}

/**
 * A negative number counts from the network's end.
 * https://developer.hashicorp.com/terraform/language/functions/cidrhost
 */
const cidrhost = overScalars(["string", "number"], ([prefix, number], call) => {
  if (!Number.isInteger(number)) return failure("the host number must be a whole number");
  if (!Number.isSafeInteger(number)) return notSupported("integers beyond 2^53", call);
  return withNetwork(prefix, call, (network) => {
    const size = lastAddress(network) - network.address + 1n;
    const host = number < 0 ? size + BigInt(number) : BigInt(number);
    if (host < 0n || host >= size) {
      return failure(`prefix of ${network.length} does not accommodate a host numbered ${number}`);
    }
    const address = formatAddress({ ...network, address: network.address + host });
    return success(madeString(address, call.origin));
  });
});

/** https://developer.hashicorp.com/terraform/language/functions/cidrnetmask, for IPv4 alone. */
const cidrnetmask = overScalars(["string"], ([prefix], call) =>
  withNetwork(prefix, call, ({ bits, length }) => {
    if (bits !== 32) return failure("IPv6 addresses cannot have a netmask");
    const mask = lastAddress({ address: 0n, bits, length }) ^ 0xffffffffn;
    return success(madeString(formatAddress({ address: mask, bits, length }), call.origin));
  }),
);

/** https://developer.hashicorp.com/terraform/language/functions/cidrsubnet */
const cidrsubnet = overScalars(["string", "number", "number"], ([prefix, more, number], call) => {
  if (!Number.isInteger(more) || !Number.isInteger(number)) {
    return failure("new bits and network number must be whole numbers");
  }
  // Terraform gives some network or other instead of an error.
  if (more < 0 || number < 0) return notSupported("negative numbers in cidrsubnet", call);
  if (!Number.isSafeInteger(number)) return notSupported("integers beyond 2^53", call);
  return withNetwork(prefix, call, (network) => {
    const length = network.length + more;
    if (length > network.bits) {
      return failure(`insufficient address space to extend prefix of ${network.length} by ${more}`);
    }
    if (BigInt(number) >= 1n << BigInt(more)) {
      return failure(`prefix extension of ${more} does not accommodate a subnet ${number}`);
    }
    const address = network.address | (BigInt(number) << BigInt(network.bits - length));
    return success(madeString(formatNetwork({ ...network, address, length }), call.origin));
  });
});

/**
 * Networks one after the other, each as near to the one before as its size allows.
 * https://developer.hashicorp.com/terraform/language/functions/cidrsubnets
 */
const cidrsubnets = overScalarsAndMore(["string"], "number", ([prefix], extensions, call) =>
  withNetwork(prefix, call, (network) => {
    // Terraform steps back from the first address to begin with.
    if (network.address === 0n && extensions.length > 0) return failure("no room before address 0");
    const end = lastAddress(network);
    const subnets: string[] = [];
    let next = network.address;
    for (const more of extensions) {
      if (!Number.isInteger(more) || more < 1 || more > MOST_NEW_BITS) {
        return failure(`must extend prefix by 1 to ${MOST_NEW_BITS} bits`);
      }
      const length = network.length + more;
      if (length > network.bits) return failure(`would extend prefix to ${length} bits`);
      const size = 1n << BigInt(network.bits - length);
      const address = ((next + size - 1n) / size) * size;
      if (address > end) {
        return failure(`not enough remaining address space for a prefix of ${length} bits`);
      }
      subnets.push(formatNetwork({ ...network, address, length }));
      next = address + size;
    }
    return success(madeStrings(subnets, call.origin));
  }),
);

/** https://opentofu.org/docs/language/functions/cidrcontains/, which only OpenTofu has. */
export const cidrcontains = overScalars(["string", "string"], ([prefix, text], call) =>
  withNetwork(prefix, call, (containing) => {
    const contained = parseAddress(text) ?? parseNetwork(text);
    if (contained === undefined) return failure(`invalid IP address or prefix: ${text}`);
    if (isMapped(contained)) return notSupported("IPv4 in the notation of IPv6", call);
    if (contained.bits !== containing.bits) return failure("address family mismatch");
    const isWithin =
      contained.address >= containing.address && lastAddress(contained) <= lastAddress(containing);
    return success(known(isWithin, call.origin));
  }),
);

/**
 * Functions for networks and addresses, IPv4 and IPv6.
 * https://developer.hashicorp.com/terraform/language/functions#ip-network-functions
 */
export const ipFunctions: FunctionTable = { cidrhost, cidrnetmask, cidrsubnet, cidrsubnets };
