import type { IgnoredChange } from "../../model/launch-resource.js";
import type { Expression } from "../hcl/syntax-tree.js";
import { type BlockContent, locate } from "./module.js";

/**
 * The entries of `ignore_changes` in a resource's `lifecycle` blocks. Terraform takes names and `all` there,
 * which are not evaluated; old configurations write them in quotes.
 * https://developer.hashicorp.com/terraform/language/meta-arguments#lifecycle
 */
export function readIgnoredChanges({ blocks }: BlockContent): readonly IgnoredChange[] {
  return blocks
    .filter(({ block }) => block.type.name === "lifecycle")
    .flatMap(({ block, file }) =>
      block.body.attributes
        .filter(({ name }) => name.name === "ignore_changes")
        .flatMap(({ value }) => (value.kind === "tuple" ? value.items : [value]))
        .flatMap((item) => {
          const name = firstName(item);
          return name === undefined ? [] : [{ name, location: locate(file, item.range) }];
        }),
    );
}

function firstName(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "variable":
      return expression.name;
    case "attribute":
    case "index":
    case "splat":
      return firstName(expression.target);
    case "template": {
      const [part, ...others] = expression.parts;
      return part?.kind === "text" && others.length === 0
        ? /^[\w-]+/.exec(part.value === "*" ? "all" : part.value)?.[0]
        : undefined;
    }
    default:
      return undefined;
  }
}
