import { decidedBy } from "../../model/default-options.js";
import type { WrittenOption } from "../../model/metadata-options.js";
import type { Script } from "../../model/script.js";
import type { Location } from "../../source/text-range.js";
import { type Evaluated, seenFrom } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { unset } from "../../values/value.js";
import { NAMESPACE, OPTION } from "../beanstalk-option.js";
import type { SourceOf } from "../composed-text.js";
import type { Resource } from "../resource.js";
import { applicationBundleOf } from "./application-bundle.js";
import { initScripts } from "./init-metadata.js";
import {
  type LaunchResourceKind,
  type NormalizeContext,
  typesOfKind,
} from "./launch-resource-kind.js";
import { readLaunchParameters } from "./launch-parameters.js";
import { listOf, readLaunches } from "./launches.js";
import { readSwitch, tokensWhenDisabled } from "./own-spelling.js";
import {
  asText,
  nameFor,
  type Property,
  type PropertyName,
  type PropertyPath,
  readPart,
  readProperty,
} from "./read-property.js";

const paths = {
  settings: { cloudformation: ["OptionSettings"], terraform: ["setting"] },
  template: { cloudformation: ["TemplateName"], terraform: ["template_name"] },
  /** CloudFormation makes the names of configuration templates. */
  name: { cloudformation: ["TemplateName"], terraform: ["name"] },
  /** What else configuration templates take settings from. */
  copied: { cloudformation: ["SourceConfiguration"], terraform: [] },
  copiedFrom: { cloudformation: ["EnvironmentId"], terraform: ["environment_id"] },
} as const satisfies Record<string, PropertyPath>;

const settingsArgument = { cloudformation: "OptionSettings", terraform: "setting" };

const names = {
  namespace: { cloudformation: "Namespace", terraform: "namespace" },
  option: { cloudformation: "OptionName", terraform: "name" },
  value: { cloudformation: "Value", terraform: "value" },
} as const satisfies Record<string, PropertyName>;

/** How configuration files of applications are read: as if environments in CloudFormation had their settings. */
const inFiles = { type: "AWS::ElasticBeanstalk::Environment", dialect: "cloudformation" } as const;

/** Newer platforms disable IMDSv1 by themselves, and configurations saved elsewhere may say so too. */
const byPlatform = decidedBy("the platform's version");

/**
 * AWS::ElasticBeanstalk::Environment and ConfigurationTemplate, aws_elastic_beanstalk_environment and
 * _configuration_template: IMDSv1 is switched by an option setting, else by that of the configuration
 * template that is named, else by the configuration files of the application version that is deployed. Left
 * out of all, the platform decides.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-ec2-imds.html
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html#command-options-general-autoscalinglaunchconfiguration
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options.html#configuration-options-precedence
 */
export const beanstalkEnvironment = beanstalk(
  "AWS::ElasticBeanstalk::Environment",
  "aws_elastic_beanstalk_environment",
);

/** The same of a configuration that environments are made from. */
export const beanstalkConfigurationTemplate = beanstalk(
  "AWS::ElasticBeanstalk::ConfigurationTemplate",
  "aws_elastic_beanstalk_configuration_template",
);

const templateTypes = typesOfKind(beanstalkConfigurationTemplate);

function beanstalk(cloudformation: string, terraform: string): LaunchResourceKind {
  return {
    cloudformation,
    terraform,
    read: (resource, context) =>
      readLaunches(resource, context, {
        kind: "beanstalk-environment",
        takes: ["httpTokens"],
        spelling: {
          httpTokens: { name: OPTION, words: { optional: '"false"', required: '"true"' } },
        },
        defaults: () => byPlatform,
        parameters: {
          ...readLaunchParameters(resource, context, {}),
          otherScripts: () => scriptsOf(resource, context),
        },
        service: "Elastic Beanstalk",
        place:
          resource.dialect === "terraform"
            ? `in a setting block for ${NAMESPACE}`
            : `in OptionSettings for ${NAMESPACE}`,
        optionsArgument: nameFor(resource, settingsArgument),
        count: () => 1,
        launch: () => ({
          template: () => undefined,
          instanceTypes: () => [],
          declared: () => {
            const written = settingOf(resource, context);
            const declared = readSwitch({ name: OPTION, written, tokensFor: tokensWhenDisabled });
            return {
              ...declared,
              written: () => [
                ...declared.written(),
                ...misplacedSettings(ownSettings(resource)),
                ...misplacedSettings(configuredSettings(resource, context)),
              ],
            };
          },
        }),
      }),
  };
}

/** Settings, and how their parts are spelled. */
interface Settings {
  readonly spelling: Pick<Resource, "type" | "dialect">;
  readonly all: Property;
  /** What settings that are not there would stand in. */
  readonly location: Location;
}

/** Its own setting, else that of the configuration template that it names, else that of the files it deploys. */
function settingOf(resource: Resource, context: NormalizeContext): Property {
  const own = readSetting(ownSettings(resource));
  if (own.value.state !== "unset") return own;
  const { value: name } = readProperty(resource, paths.template);
  const template = context.resources.find((candidate) => isNamed(candidate, name));
  const saved = template === undefined ? undefined : readSetting(ownSettings(template));
  if (saved !== undefined && saved.value.state !== "unset") {
    return { value: seenFrom(saved.value, name.origin), place: saved.place };
  }
  // What is saved elsewhere counts before files do.
  if (name.state !== "unset" && (template === undefined || isCopy(template))) return own;
  const configured = configuredSettings(resource, context);
  const last = configured === undefined ? undefined : readSetting(configured);
  if (configured === undefined || last === undefined || last.value.state === "unset") return own;
  return { value: seenFrom(last.value, configured.origin), place: last.place };
}

function ownSettings(resource: Resource): Settings {
  const all = readProperty(resource, paths.settings);
  return { spelling: resource, all, location: resource.location };
}

/** The settings in the configuration files that it is deployed with, seen from what names the version. */
function configuredSettings(
  resource: Resource,
  context: NormalizeContext,
): (Settings & { readonly origin: Origin }) | undefined {
  const bundle = applicationBundleOf(resource, context.resources);
  const configuration =
    bundle === undefined ? undefined : context.configurationIn(bundle.directory);
  if (bundle === undefined || configuration === undefined) return undefined;
  const { place, settings } = configuration;
  return {
    spelling: inFiles,
    all: { value: settings, place },
    location: place,
    origin: bundle.origin,
  };
}

/** The commands and files of the configuration files, its own or those that it is deployed with. */
function scriptsOf(resource: Resource, context: NormalizeContext): readonly Script[] {
  const bundle = applicationBundleOf(resource, context.resources);
  const configuration =
    bundle === undefined ? undefined : context.configurationIn(bundle.directory);
  const own = initScripts(resource, context.sourceOf);
  if (configuration === undefined) return own;
  const { files, place, initMetadata } = configuration;
  const deployed = { location: place, initMetadata: () => initMetadata };
  const sourceOf: SourceOf = (path) => files.get(path) ?? context.sourceOf(path);
  return [...own, ...initScripts(deployed, sourceOf)];
}

/** Whether a configuration template may have settings of another one, or of an environment. */
function isCopy(template: Resource): boolean {
  return [paths.copied, paths.copiedFrom].some(
    (path) => readProperty(template, path).value.state !== "unset",
  );
}

/** Whether a reference, or the name that Terraform knows, means this configuration template. */
function isNamed(candidate: Resource, name: Evaluated): boolean {
  if (!templateTypes.includes(candidate.type)) return false;
  if (name.state === "unknown") return name.link?.address === candidate.address;
  const own = asText(readProperty(candidate, paths.name).value);
  return name.state === "known" && own.state === "known" && own.value === String(name.value);
}

/** The last setting of the option counts; settings that are not known in full leave it open. */
function readSetting({ spelling, all, location }: Settings): Property {
  const absent = { location, step: "written", name: OPTION } as const;
  if (all.value.state === "unknown") return all;
  const part = (setting: Property, name: PropertyName) => readPart(spelling, setting, name);
  const found = listOf(all).flatMap((setting): readonly Property[] => {
    const namespace = asText(part(setting, names.namespace).value);
    const option = asText(part(setting, names.option).value);
    const isOther =
      (namespace.state === "known" && namespace.value !== NAMESPACE) ||
      (option.state === "known" && option.value !== OPTION);
    if (isOther || setting.value.state === "unset") return [];
    const open = [namespace, option].find(({ state }) => state === "unknown");
    if (open?.state === "unknown") {
      const value: Evaluated = { state: "unknown", reason: open.reason, origin: open.origin };
      return [{ value, place: setting.place }];
    }
    return [part(setting, names.value)];
  });
  return found.at(-1) ?? { value: unset(absent), place: location };
}

/**
 * Settings that are meant for the option and stand in another namespace, or in other letters, which
 * Beanstalk rejects.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
function misplacedSettings(settings: Settings | undefined): readonly WrittenOption[] {
  if (settings === undefined) return [];
  const { spelling, all } = settings;
  return listOf(all).flatMap((setting) => {
    const part = (name: PropertyName) => readPart(spelling, setting, name);
    const [namespace, option] = [part(names.namespace), part(names.option)];
    const [inNamespace, text] = [asText(namespace.value), asText(option.value)];
    const isMeant = text.state === "known" && text.value.toLowerCase() === OPTION.toLowerCase();
    if (!isMeant || inNamespace.state !== "known") return [];
    const isElsewhere = inNamespace.value !== NAMESPACE;
    if (!isElsewhere && text.value === OPTION) return [];
    const name = isElsewhere ? `${text.value} in the namespace ${inNamespace.value}` : text.value;
    return [
      {
        name,
        key: (isElsewhere ? inNamespace : text).origin.location,
        value: part(names.value).value,
        option: undefined,
        rightPlace: isElsewhere ? `the namespace ${NAMESPACE}` : OPTION,
      },
    ];
  });
}
