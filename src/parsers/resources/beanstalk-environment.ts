import { decidedBy } from "../../model/default-options.js";
import type { Evaluated } from "../../values/evaluated.js";
import { unset } from "../../values/value.js";
import type { Resource } from "../resource.js";
import type { LaunchResourceKind } from "./launch-resource-kind.js";
import { listOf, readLaunches } from "./launches.js";
import { readSwitch, tokensWhenDisabled } from "./own-spelling.js";
import {
  asText,
  type Property,
  type PropertyName,
  type PropertyPath,
  readPart,
  readProperty,
} from "./read-property.js";

const settings: PropertyPath = { cloudformation: ["OptionSettings"], terraform: ["setting"] };

const names = {
  namespace: { cloudformation: "Namespace", terraform: "namespace" },
  option: { cloudformation: "OptionName", terraform: "name" },
  value: { cloudformation: "Value", terraform: "value" },
} as const satisfies Record<string, PropertyName>;

const NAMESPACE = "aws:autoscaling:launchconfiguration";
const OPTION = "DisableIMDSv1";

/** Newer platforms disable IMDSv1 by themselves, and saved configurations may say so too. */
const byPlatform = decidedBy("the platform's version");

/**
 * AWS::ElasticBeanstalk::Environment and ConfigurationTemplate, aws_elastic_beanstalk_environment and
 * _configuration_template: IMDSv1 is switched by an option setting. Left out, the platform decides.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-ec2-imds.html
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html#command-options-general-autoscalinglaunchconfiguration
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
        service: "Elastic Beanstalk",
        place:
          resource.dialect === "terraform"
            ? `in a setting block for ${NAMESPACE}`
            : `in OptionSettings for ${NAMESPACE}`,
        count: () => 1,
        launch: () => ({
          template: () => undefined,
          instanceTypes: () => [],
          declared: () =>
            readSwitch({
              name: OPTION,
              written: readSetting(resource),
              tokensFor: tokensWhenDisabled,
            }),
        }),
      }),
  };
}

/** The last setting of the option counts; settings that are not known in full leave it open. */
function readSetting(resource: Resource): Property {
  const all = readProperty(resource, settings);
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
