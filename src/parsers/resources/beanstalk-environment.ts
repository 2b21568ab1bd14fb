import { decidedBy } from "../../model/default-options.js";
import type { WrittenOption } from "../../model/metadata-options.js";
import { type Evaluated, seenFrom } from "../../values/evaluated.js";
import { unset } from "../../values/value.js";
import type { Resource } from "../resource.js";
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
} as const satisfies Record<string, PropertyPath>;

const settingsArgument = { cloudformation: "OptionSettings", terraform: "setting" };

const names = {
  namespace: { cloudformation: "Namespace", terraform: "namespace" },
  option: { cloudformation: "OptionName", terraform: "name" },
  value: { cloudformation: "Value", terraform: "value" },
} as const satisfies Record<string, PropertyName>;

const NAMESPACE = "aws:autoscaling:launchconfiguration";
const OPTION = "DisableIMDSv1";

/** Newer platforms disable IMDSv1 by themselves, and configurations saved elsewhere may say so too. */
const byPlatform = decidedBy("the platform's version");

/**
 * AWS::ElasticBeanstalk::Environment and ConfigurationTemplate, aws_elastic_beanstalk_environment and
 * _configuration_template: IMDSv1 is switched by an option setting, else by that of the configuration
 * template that is named. Left out, the platform decides.
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
        parameters: readLaunchParameters(resource, context, {}),
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
              written: () => [...declared.written(), ...misplacedSettings(resource)],
            };
          },
        }),
      }),
  };
}

/** Its own setting, else that of the configuration template that it names, if that is at hand. */
function settingOf(resource: Resource, { resources }: NormalizeContext): Property {
  const own = readSetting(resource);
  if (own.value.state !== "unset") return own;
  const { value: name } = readProperty(resource, paths.template);
  const template = resources.find((candidate) => isNamed(candidate, name));
  const saved = template === undefined ? undefined : readSetting(template);
  if (saved === undefined || saved.value.state === "unset") return own;
  return { value: seenFrom(saved.value, name.origin), place: saved.place };
}

/** Whether a reference, or the name that Terraform knows, means this configuration template. */
function isNamed(candidate: Resource, name: Evaluated): boolean {
  if (!templateTypes.includes(candidate.type)) return false;
  if (name.state === "unknown") return name.link?.address === candidate.address;
  const own = asText(readProperty(candidate, paths.name).value);
  return name.state === "known" && own.state === "known" && own.value === String(name.value);
}

/** The last setting of the option counts; settings that are not known in full leave it open. */
function readSetting(resource: Resource): Property {
  const all = readProperty(resource, paths.settings);
  const absent = { location: resource.location, step: "written", name: OPTION } as const;
  if (all.value.state === "unknown") return all;
  const part = (setting: Property, name: PropertyName) => readPart(resource, setting, name);
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
  return found.at(-1) ?? { value: unset(absent), place: resource.location };
}

/**
 * Settings that are meant for the option and stand in another namespace, or in other letters, which
 * Beanstalk rejects.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
function misplacedSettings(resource: Resource): readonly WrittenOption[] {
  return listOf(readProperty(resource, paths.settings)).flatMap((setting) => {
    const part = (name: PropertyName) => readPart(resource, setting, name);
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
