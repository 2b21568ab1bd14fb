import type { Evaluated } from "../../values/evaluated.js";
import type { Resource } from "../resource.js";
import { asText, readProperty } from "./read-property.js";

const namePath = { cloudformation: ["Name"], terraform: ["name"] };

/** How ARNs name what Image Builder has. */
export type ImageBuilderKind =
  "infrastructure-configuration" | "image-recipe" | "container-recipe" | "component";

/**
 * Whether a value stands for a resource of Image Builder in the same deployment: as a reference, or as an ARN
 * that has its name, be the account and Region known or not.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2imagebuilder.html#amazonec2imagebuilder-resources-for-iam-policies
 */
export function standsFor(value: Evaluated, kind: ImageBuilderKind, resource: Resource): boolean {
  if (value.state === "unknown" && value.link !== undefined) {
    return value.link.address === resource.address;
  }
  const named = nameInArn(textOf(value), kind);
  if (named === undefined) return false;
  const name = asText(readProperty(resource, namePath).value);
  return name.state === "known" && inArn(name.value) === named;
}

function nameInArn(text: string, kind: ImageBuilderKind): string | undefined {
  const [, type, name] = /^[^/]*:imagebuilder:[^/]*:([a-z-]+)\/([^/]+)/.exec(text) ?? [];
  return type === kind && name !== undefined && !name.includes(HOLE) ? name : undefined;
}

/** ARNs have names in small letters, with hyphens between the words. */
function inArn(name: string): string {
  return name.toLowerCase().replace(/[\s_]/g, "-");
}

/** What stands for a part that is not known. */
const HOLE = "\0";

function textOf(value: Evaluated): string {
  if (value.state === "known") return String(value.value);
  if (value.state !== "unknown" || value.composition?.kind !== "pieces") return HOLE;
  return value.composition.pieces.map((piece) => textOf(piece.value)).join("");
}
