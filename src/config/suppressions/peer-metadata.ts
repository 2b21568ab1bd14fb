import type { PeerTool } from "../../findings/peer-tool.js";
import { decodeBase64, decodeUtf8 } from "../../source/bytes.js";
import type { Location } from "../../source/text-range.js";
import { type DataNode, entryOf } from "../../parsers/yaml/syntax-tree.js";
import type { DeclaredMetadata } from "./file-structure.js";
import type { PeerIds } from "./peer-ids.js";
import type { Surroundings } from "./surroundings.js";
import type { WrittenSuppression } from "./written-suppression.js";

/** What one item of another tool's metadata says. */
interface Entry {
  readonly tool: PeerTool;
  readonly node: DataNode;
  /** Whether it names the tool's rule. */
  readonly accepts: (id: string) => boolean;
  readonly reason?: string | undefined;
  readonly wildcard?: string | undefined;
}

/** The suppressions of other tools in `Metadata` of a template and of what is declared in it. */
export function peerMetadata(
  surroundings: Surroundings,
  peerIds: PeerIds,
): readonly WrittenSuppression[] {
  const { path } = surroundings.file;
  return surroundings.structure.metadata.flatMap((metadata) =>
    entriesOf(metadata).flatMap(({ tool, node, accepts, reason, wildcard }) => {
      const ruleIds = peerIds.matching([tool], accepts);
      if (ruleIds.length === 0) return [];
      const { element } = metadata;
      const location: Location = { path, range: node.range };
      return {
        source: tool,
        ruleIds,
        scope: element === undefined ? ("file" as const) : ("element" as const),
        path,
        covers: element?.range ?? surroundings.whole,
        location,
        ...(reason === undefined ? {} : { reason }),
        ...(wildcard === undefined ? {} : { wildcard }),
      };
    }),
  );
}

function entriesOf({ node, element }: DeclaredMetadata): readonly Entry[] {
  const everywhere = [...cfnLint(node), ...cdkNag(node)];
  // The others read it of resources alone.
  return element === undefined ? everywhere : [...everywhere, ...ofResources(node)];
}

function ofResources(node: DataNode): readonly Entry[] {
  return [
    ...[...itemsAt(node, "checkov", "skip"), ...itemsAt(node, "bridgecrew", "skip")].map((item) =>
      exactly("checkov", item, textAt(item, "id"), textAt(item, "comment")),
    ),
    ...itemsAt(node, "cfn_nag", "rules_to_suppress").map((item) =>
      exactly("cfn_nag", item, textAt(item, "id"), textAt(item, "reason")),
    ),
    ...itemsAt(node, "guard", "SuppressedRules").map((item) =>
      exactly("guard", item, textOf(item), undefined),
    ),
  ];
}

/**
 * Each names a rule or a prefix of many.
 * https://github.com/aws-cloudformation/cfn-lint#metadata
 */
function cfnLint(node: DataNode): readonly Entry[] {
  return itemsAt(node, "cfn-lint", "config", "ignore_checks").flatMap((item) => {
    const prefix = textOf(item);
    if (prefix === undefined || prefix === "") return [];
    const isWhole = /^[EWI]\d{4}$/.test(prefix);
    return {
      tool: "cfn-lint" as const,
      node: item,
      accepts: (id: string) => id.startsWith(prefix),
      wildcard: isWhole ? undefined : `ignore_checks ${prefix}`,
    };
  });
}

/**
 * Its packs put their names before the rule's: `AwsSolutions-EC2IMDSv2Enabled`. What is limited to some
 * findings of a rule (`applies_to`) never means one about IMDS, which has no such parts.
 * https://github.com/cdklabs/cdk-nag#suppressing-a-rule
 */
function cdkNag(node: DataNode): readonly Entry[] {
  return itemsAt(node, "cdk_nag", "rules_to_suppress").flatMap((item) => {
    const named = textAt(item, "id");
    const isLimited = item.kind === "mapping" && entryOf(item, "applies_to") !== undefined;
    if (named === undefined || isLimited) return [];
    const written = textAt(item, "reason");
    const isEncoded = textAt(item, "is_reason_encoded") === "true";
    return {
      tool: "cdk-nag" as const,
      node: item,
      accepts: (id: string) => named === id || named.endsWith(`-${id}`),
      reason: written !== undefined && isEncoded ? decoded(written) : written,
    };
  });
}

function exactly(
  tool: PeerTool,
  node: DataNode,
  named: string | undefined,
  reason: string | undefined,
): Entry {
  return { tool, node, accepts: (id) => id === named, reason };
}

function itemsAt(node: DataNode, ...path: readonly string[]): readonly DataNode[] {
  let at: DataNode | undefined = node;
  for (const key of path) at = at?.kind === "mapping" ? entryOf(at, key)?.value : undefined;
  return at?.kind === "sequence" ? at.items : [];
}

function textAt(node: DataNode, key: string): string | undefined {
  const value = node.kind === "mapping" ? entryOf(node, key)?.value : undefined;
  return value === undefined ? undefined : textOf(value);
}

function textOf(node: DataNode): string | undefined {
  return node.kind === "scalar" ? node.text : undefined;
}

function decoded(text: string): string {
  const bytes = decodeBase64(text);
  return (bytes === undefined ? undefined : decodeUtf8(bytes)) ?? text;
}
