import type { TolerantYamlParser } from "../../parsers/yaml/parsed-yaml.js";
import type { RuleMetadata } from "../../rules/define-rule.js";
import type { SourceFile } from "../../source/source-file.js";
import { checkovComments } from "./checkov-comments.js";
import { dataStructure } from "./data-structure.js";
import type { FileStructure } from "./file-structure.js";
import { hclStructure, terraformJsonStructure } from "./hcl-structure.js";
import { kicsComments } from "./kics-comments.js";
import { ownComments } from "./own-comments.js";
import { ownMetadata } from "./own-metadata.js";
import { PeerIds } from "./peer-ids.js";
import { peerMetadata } from "./peer-metadata.js";
import { Surroundings } from "./surroundings.js";
import { trivyComments } from "./trivy-comments.js";
import type {
  OwnSuppression,
  SuppressionSettings,
  WrittenSuppression,
} from "./written-suppression.js";

/** The suppressions of some files. */
export interface FoundSuppressions {
  /** Those of ours, whether they hold or not. */
  readonly own: readonly OwnSuppression[];
  /** Those of other tools that name rules which mean the same as ours. */
  readonly foreign: readonly WrittenSuppression[];
}

/** What reading suppressions needs beside the files. */
export interface SuppressionContext {
  readonly settings: SuppressionSettings;
  /** Every rule there is. */
  readonly rules: readonly RuleMetadata[];
  readonly loadTolerantYaml: () => TolerantYamlParser;
}

/**
 * Reads the suppressions of files, each of which should have one of the words that `maySuppress` looks
 * for. Parses them anew: few files have any, so that others need not keep what they do not use.
 */
export function readSuppressions(
  files: readonly SourceFile[],
  { settings, rules, loadTolerantYaml }: SuppressionContext,
): FoundSuppressions {
  const { inline = true, foreign = true, today } = settings;
  const context = { ...settings, ruleIds: new Set(rules.map(({ id }) => id)) };
  const peerIds = new PeerIds(rules);
  const around = files.map((file) => new Surroundings(file, structureOf(file, loadTolerantYaml)));
  return {
    own: !inline
      ? []
      : around.flatMap((each) => [...ownComments(each, context), ...ownMetadata(each, context)]),
    foreign: !foreign
      ? []
      : around.flatMap((each) => [
          ...checkovComments(each, peerIds),
          ...trivyComments(each, peerIds, today),
          ...kicsComments(each, peerIds),
          ...peerMetadata(each, peerIds),
        ]),
  };
}

function structureOf(file: SourceFile, loadTolerantYaml: () => TolerantYamlParser): FileStructure {
  if (/\.(?:tf|tofu|tfvars)$/i.test(file.path)) return hclStructure(file);
  if (/\.(?:tf|tofu|tfvars)\.json$/i.test(file.path)) return terraformJsonStructure(file);
  return dataStructure(file, loadTolerantYaml);
}
