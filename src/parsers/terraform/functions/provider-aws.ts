import { formatArn, parseArn } from "./arn.js";
import { failure } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { madeObject, madeString, neverKnown } from "./made-value.js";
import { overScalars, scalarFunction } from "./scalar-function.js";

const notAnArn = failure("the text is no ARN");

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse */
const arnParse = overScalars(["string"], ([text], { origin }) => {
  const arn = parseArn(text);
  if (arn === undefined) return notAnArn;
  const { partition, service, region, accountId, resource } = arn;
  const parts = { partition, service, region, account_id: accountId, resource };
  return madeObject(
    Object.entries(parts).map(([name, part]) => [name, madeString(part, origin)]),
    origin,
  );
});

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_build */
const arnBuild = scalarFunction(
  ["string", "string", "string", "string", "string"],
  (partition, service, region, accountId, resource) =>
    formatArn({ partition, service, region, accountId, resource }),
);

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/trim_iam_role_path */
const trimIamRolePath = scalarFunction(["string"], (text) => {
  const arn = parseArn(text);
  if (arn === undefined) return notAnArn;
  if (arn.service !== "iam" || arn.region !== "") return failure("the ARN is not one of IAM");
  if (!arn.resource.startsWith("role/")) return failure("the ARN is not one of a role");
  const name = arn.resource.slice(arn.resource.lastIndexOf("/") + 1);
  return formatArn({ ...arn, resource: `role/${name}` });
});

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/user_agent */
const userAgent = scalarFunction(["string", "string", "string"], (name, version, comment) => {
  if (name === "") return failure("product_name must be set");
  return `${name}${version && `/${version}`}${comment && ` (${comment})`}`;
});

const onPolicies = "it takes IAM policies apart, which no metadata option depends on";

/**
 * Functions of the AWS provider.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export const awsProviderFunctions: FunctionTable = {
  "provider::aws::arn_build": arnBuild,
  "provider::aws::arn_parse": arnParse,
  "provider::aws::iam_policy_split": neverKnown("iam_policy_split", 2, onPolicies),
  "provider::aws::iam_statements_distribute": neverKnown(
    "iam_statements_distribute",
    2,
    onPolicies,
  ),
  "provider::aws::trim_iam_role_path": trimIamRolePath,
  "provider::aws::user_agent": userAgent,
};
