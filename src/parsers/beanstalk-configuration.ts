import type { InputError } from "../findings/input-error.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import { entryValue, type Evaluated, type EvaluatedMap, unknown } from "../values/evaluated.js";
import type { Origin } from "../values/origin.js";
import { Scenarios } from "../values/scenarios.js";
import { known, unset } from "../values/value.js";
import { NAMESPACE, OPTION } from "./beanstalk-option.js";
import type { EvaluatedDeployment, Resource } from "./resource.js";
import { parseYaml } from "./yaml/parse-yaml.js";
import type { TolerantYamlParser } from "./yaml/parsed-yaml.js";
import { typedScalar } from "./yaml/scalar.js";
import type { DataNode, MappingNode } from "./yaml/syntax-tree.js";

/** What has to do with metadata in a configuration file: an option, or a script that asks for some. */
const mayMatter = /DisableIMDSv1|MetadataOptions|169\.254\.169\.254|fd00:ec2::254/;

/**
 * Where the resources have metadata options that Elastic Beanstalk launches an environment's instances by, one or
 * the other. Configuration files can change them.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/customize-containers-format-resources-eb.html
 */
const changedOptions = [
  ["AWSEBAutoScalingLaunchConfiguration", "Properties", "MetadataOptions"],
  ["AWSEBEC2LaunchTemplate", "Properties", "LaunchTemplateData", "MetadataOptions"],
] as const;

/** A file, and what it says; that is nothing where it cannot be read at all. */
interface ConfigurationFile {
  readonly file: SourceFile;
  readonly content: EvaluatedMap | undefined;
  readonly errors: readonly InputError[];
}

/** What the configuration files of one application say of the instances of its environments. */
export interface BeanstalkConfiguration {
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Where it begins: the first settings, or what stands first. */
  readonly place: Location;
  /** A list of settings, as environments in CloudFormation have them. */
  readonly settings: Evaluated;
  /** By path of each file, what cfn-init does there. */
  readonly initMetadata: EvaluatedMap;
  /** Of the files that have to do with metadata. */
  readonly errors: readonly InputError[];
}

/**
 * Reads the configuration files of one application; undefined where they say nothing of metadata. They are
 * YAML or JSON, and count in the order given, so that the last one decides. Their commands and files are
 * those of cfn-init.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions.html
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions-optionsettings.html
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/customize-containers-ec2.html
 */
export function readBeanstalkConfiguration(
  files: readonly SourceFile[],
  loadTolerantYaml?: () => TolerantYamlParser,
): BeanstalkConfiguration | undefined {
  const [firstFile] = files;
  if (firstFile === undefined || !files.some(({ text }) => mayMatter.test(text))) return undefined;
  const read = files.map((file) => readFile(file, loadTolerantYaml));
  const contents = read.flatMap(({ content }) => content ?? []);
  const [place = contents[0]?.origin ?? at(firstFile.location({ start: 0, end: 0 }))] =
    contents.flatMap(({ entries }) => {
      const [name] = entries.keys();
      const entry = entries.get("option_settings") ?? entries.get(name ?? "");
      return entry === undefined ? [] : [at(entry.key)];
    });
  const init = contents.map((content) => [content.origin.location.path, content] as const);
  return {
    files: new Map(files.map((file) => [file.path, file])),
    place: place.location,
    settings: listOf([...contents.flatMap(settingsIn), ...contents.flatMap(changesIn)], place),
    initMetadata: mapOf(Object.fromEntries(init), place),
    // Other people's files are left alone, broken or not.
    errors: read.flatMap(({ file, errors }) => (mayMatter.test(file.text) ? errors : [])),
  };
}

/** An environment of which nothing is known but its configuration files; they have none if nothing can be read. */
export function environmentByConfiguration(
  address: string,
  { files, place, settings, initMetadata }: BeanstalkConfiguration,
): EvaluatedDeployment {
  const environment: Resource = {
    dialect: "cloudformation",
    type: "AWS::ElasticBeanstalk::Environment",
    address,
    location: place,
    // Most of an environment is written elsewhere.
    isIncomplete: true,
    exists: () => "yes",
    properties: () => mapOf({ OptionSettings: settings }, at(place)),
    initMetadata: () => initMetadata,
  };
  return {
    dialect: "cloudformation",
    files,
    scenarios: new Scenarios(),
    resources: initMetadata.entries.size === 0 ? [] : [environment],
    errors: [],
    skipped: [],
  };
}

function readFile(
  file: SourceFile,
  loadTolerantYaml?: () => TolerantYamlParser,
): ConfigurationFile {
  const { documents, errors } = parseYaml(file.text, loadTolerantYaml);
  const [root] = documents;
  const content = root?.kind === "mapping" ? valueOfMapping(root, file) : undefined;
  return {
    file,
    content,
    errors: errors.map(({ code, message, range }) => ({
      code,
      message,
      path: file.path,
      location: file.location(range),
    })),
  };
}

/**
 * The settings as templates write them. They are a list of `namespace`, `option_name` and `value`, or a
 * mapping of namespaces to options.
 */
function settingsIn(content: EvaluatedMap): readonly Evaluated[] {
  const written = entryValue(content, "option_settings");
  if (written?.state === "list") return written.items.flatMap(ofList);
  if (written?.state !== "map") return [];
  return [...written.entries].flatMap(([namespace, { key, value }]) =>
    value.state === "map"
      ? [...value.entries].map(([option, entry]) =>
          setting(known(namespace, at(key)), known(option, at(entry.key)), entry.value, entry.key),
        )
      : [],
  );
}

/**
 * What a file changes of the resources themselves, as the setting that means the same. Whether anything but
 * required tokens counts more than the other settings, AWS does not say.
 */
function changesIn(content: EvaluatedMap): readonly Evaluated[] {
  return changedOptions.flatMap(([resource, ...path]) => {
    const names = ["Resources", resource, ...path, "HttpTokens"];
    const tokens = names.reduce<Evaluated | undefined>(
      (parent, name) => (parent?.state === "map" ? entryValue(parent, name) : undefined),
      content,
    );
    if (tokens === undefined || tokens.state === "unset") return [];
    const { origin } = tokens;
    const isRequired = tokens.state === "known" && tokens.value === "required";
    const value = isRequired
      ? known(true, origin)
      : unknown({ kind: "not-supported", what: `changes of ${resource}` }, origin);
    const [namespace, option] = [known(NAMESPACE, origin), known(OPTION, origin)];
    return [setting(namespace, option, value, origin.location)];
  });
}

function ofList(item: Evaluated): readonly Evaluated[] {
  if (item.state !== "map") return [];
  const part = (name: string) => entryValue(item, name) ?? unset(item.origin);
  const { location } = item.entries.get("value")?.value.origin ?? item.origin;
  return [setting(part("namespace"), part("option_name"), part("value"), location)];
}

function setting(
  namespace: Evaluated,
  option: Evaluated,
  value: Evaluated,
  place: Location,
): Evaluated {
  return mapOf({ Namespace: namespace, OptionName: option, Value: value }, at(place));
}

function mapOf(values: Readonly<Record<string, Evaluated>>, origin: Origin): EvaluatedMap {
  const entries = Object.entries(values).map(
    ([name, value]) => [name, { key: value.origin.location, value }] as const,
  );
  return { state: "map", entries: new Map(entries), origin };
}

function listOf(items: readonly Evaluated[], origin: Origin): Evaluated {
  return { state: "list", items, collection: "list", origin };
}

function at(location: Location): Origin {
  return { location, step: "written" };
}

function valueOf(node: DataNode, file: SourceFile): Evaluated {
  const origin = at(file.location(node.range));
  switch (node.kind) {
    case "mapping":
      return valueOfMapping(node, file);
    case "sequence":
      return listOf(
        node.items.map((item) => valueOf(item, file)),
        origin,
      );
    case "scalar": {
      const value = typedScalar(node);
      if (value === null) return unset(origin);
      if (typeof value !== "string" || !/^`.*`$/s.test(value)) return known(value, origin);
      // A function of CloudFormation in backquotes, which Beanstalk evaluates.
      return unknown({ kind: "decided-at-deployment", expression: value }, origin);
    }
  }
}

function valueOfMapping({ entries, range }: MappingNode, file: SourceFile): EvaluatedMap {
  const read = entries.map(
    ({ key, value }) =>
      [key.text, { key: file.location(key.range), value: valueOf(value, file) }] as const,
  );
  return { state: "map", entries: new Map(read), origin: at(file.location(range)) };
}
