import { decidedBy } from "../../model/default-options.js";
import { documentIn } from "../json-document.js";
import type { Resource } from "../resource.js";
import type { LaunchResourceKind, NormalizeContext } from "./launch-resource-kind.js";
import { readLaunches } from "./launches.js";
import { readSwitch, tokensFromVersion } from "./own-spelling.js";
import {
  namesFor,
  type Property,
  type PropertyPath,
  readChild,
  readProperty,
} from "./read-property.js";

const configuration: PropertyPath = {
  cloudformation: ["SecurityConfiguration"],
  terraform: ["configuration"],
};

/** Names within the document, which is the same in both dialects. */
const SECTION = "InstanceMetadataServiceConfiguration";
const VERSION = "MinimumInstanceMetadataServiceVersion";
const HOP_LIMIT = "HttpPutResponseHopLimit";

/** Left out, EMR does what its release does. */
const byRelease = decidedBy("the EMR release");

/**
 * AWS::EMR::SecurityConfiguration and aws_emr_security_configuration: for the instances of all clusters
 * that name it, in a JSON document whose numbers are integers.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html#emr-security-configuration-imdsv2
 */
export const emrSecurityConfiguration: LaunchResourceKind = {
  cloudformation: "AWS::EMR::SecurityConfiguration",
  terraform: "aws_emr_security_configuration",
  read(resource, context) {
    return readLaunches(resource, context, {
      kind: "emr-security-configuration",
      takes: ["httpTokens", "httpPutResponseHopLimit"],
      spelling: {
        httpTokens: { name: VERSION, words: { optional: "1", required: "2" } },
        httpPutResponseHopLimit: { name: HOP_LIMIT, words: {} },
      },
      defaults: () => byRelease,
      service: "EMR",
      place: `under ${SECTION}`,
      optionsArgument: namesFor(resource, configuration)[0] ?? "",
      count: () => 1,
      launch: () => ({
        template: () => undefined,
        instanceTypes: () => [],
        declared: () =>
          readSwitch(
            {
              name: VERSION,
              written: readSetting(resource, VERSION, context),
              tokensFor: tokensFromVersion,
            },
            { name: HOP_LIMIT, written: readSetting(resource, HOP_LIMIT, context) },
          ),
      }),
    });
  },
};

/** Within a text, a setting stands where it is written in that. */
function readSetting(
  resource: Resource,
  name: string,
  { sourceOf }: Pick<NormalizeContext, "sourceOf">,
): Property {
  const written = readProperty(resource, configuration);
  const { place } = written;
  const document = { value: documentIn(written.value, sourceOf), place };
  return readChild(readChild(document, SECTION, place), name, place);
}
