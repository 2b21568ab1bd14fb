import type { SuppressionSettings } from "../config/suppressions/written-suppression.js";
import type { LoadModuleCatalogue } from "../data/module-catalogue.js";
import type { Severity } from "../findings/severity.js";
import type { VariableSources } from "../parsers/terraform/given-variables.js";
import type { DeploymentPlace } from "../parsers/cloudformation/pseudo-parameters.js";
import type { TolerantYamlParser } from "../parsers/yaml/parsed-yaml.js";
import type { Rule } from "../rules/define-rule.js";
import type { FileSystem } from "../source/file-system.js";

/** What is known of deployments that no file of theirs says. */
export interface DeploymentSettings {
  /** Values for variables of Terraform root modules; by default those of the modules' own files alone. */
  readonly variables?: VariableSources;
  /** Values for parameters of CloudFormation templates; by default their own defaults alone. */
  readonly parameters?: ParameterSources;
  /** Where CloudFormation templates are deployed to. */
  readonly place?: DeploymentPlace;
}

/** What counts for some files of a run and not for others. Paths are absolute; equal answers should be one object. */
export interface FileSettings {
  /** The rules for what stands in a file, and the severity of each. */
  rulesFor(path: string): ReadonlyMap<Rule, Severity>;
  /** What is known of the root module or the templates of a directory. */
  deploymentIn(directory: string): DeploymentSettings;
}

/** What to lint, and how. Paths are absolute, with forward slashes. */
export interface LintRequest extends DeploymentSettings {
  /** The files that are judged and shown; whatever they need is read besides. */
  readonly files: readonly string[];
  /** Those of them that somebody named, which must therefore be readable. */
  readonly named: ReadonlySet<string>;
  readonly fileSystem: FileSystem;
  /** The git top level, else the working directory: the tree that may be read, and what paths are relative to. */
  readonly rootDirectory: string;
  /** The rules to run, and the severity of each, unless `byFile` says otherwise. */
  readonly rules: ReadonlyMap<Rule, Severity>;
  /** By default one and the same counts for all files. */
  readonly byFile?: FileSettings;
  /** Whether findings come with the edits that put them right; by default not, which is faster. */
  readonly withFixes?: boolean;
  readonly loadTolerantYaml: LoadTolerantYaml;
  /** Fetches what is known of public modules that are not installed; by default nothing is. */
  readonly loadModuleCatalogue?: LoadModuleCatalogue;
  /** The root module that the Terraform plans among the files were made of. */
  readonly sourceRoot?: string;
  /** Where else to look for it: by default only where the plan lies. */
  readonly workingDirectory?: string;
  /** How suppressions in the files are read. */
  readonly suppressions?: SuppressionSettings;
}

/** Where values for parameters of CloudFormation templates come from. */
export interface ParameterSources {
  /** Absolute paths. Each file is a deployment of its own. */
  readonly files: readonly string[];
  /** Values that count in each of them, by name. */
  readonly values: ReadonlyMap<string, ParameterText>;
  /** Values that count where the files say nothing, by name. */
  readonly weakerValues?: ReadonlyMap<string, ParameterText>;
}

/** A value for a parameter, and by what it is given: `--parameters` unless it says otherwise. */
export interface ParameterText {
  readonly text: string;
  readonly by?: string;
}

/** Fetches the parser for broken YAML, which is slow to load. */
export type LoadTolerantYaml = () => TolerantYamlParser;
