/**
 * The public API: `lint` with what it takes and gives, and `defineRule` for rules of one's own.
 */
export type { LoadModuleCatalogue, ModuleCatalogue } from "./data/module-catalogue.js";
export { registryModules } from "./data/registry-modules.generated.js";
export { lint } from "./engine/lint.js";
export type {
  DeploymentSettings,
  FileSettings,
  LintRequest,
  LoadTolerantYaml,
  ParameterSources,
  ParameterText,
} from "./engine/lint-request.js";
export type { ChainStep, Finding, FindingResource, RelatedLocation } from "./findings/finding.js";
export type { InputError, InputErrorCode } from "./findings/input-error.js";
export type { Problem, RelatedOrigin } from "./findings/problem.js";
export type { Coverage, Report } from "./findings/report.js";
export type { Severity } from "./findings/severity.js";
export type { Skipped } from "./findings/skipped.js";
export type { LaunchSpecification } from "./model/launch-specification.js";
export type { MetadataOption, MetadataOptions } from "./model/metadata-options.js";
export type { CommandLineVariable, VariableSources } from "./parsers/terraform/given-variables.js";
export { parseTolerantly } from "./parsers/yaml/tolerant.js";
export { chooseRules } from "./rules/choose-rules.js";
export type { RuleSetting } from "./rules/default-setting.js";
export { defineRule, type Rule, type RuleMetadata } from "./rules/define-rule.js";
export type { DirectoryEntry, FileSystem, ReadResult } from "./source/file-system.js";
export { MemoryFileSystem } from "./source/memory-file-system.js";
export { SourceFile } from "./source/source-file.js";
export type { Location, Position, TextRange } from "./source/text-range.js";
export type { Origin, OriginStep } from "./values/origin.js";
export type { Ternary } from "./values/ternary.js";
export type { Known, Unknown, UnknownReason, Unset, Value } from "./values/value.js";
