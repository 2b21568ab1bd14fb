import { type Evaluated, unknown } from "../../../values/evaluated.js";
import { convertToString } from "../conversion.js";
import { variadic } from "./arity.js";
import { failure, success } from "./function-result.js";
import { madeFrom, madeString } from "./made-value.js";
import { tryPossibleValues } from "./possible-values.js";

/** https://developer.hashicorp.com/terraform/language/functions/join */
export const join = variadic((separator, lists, call) => {
  if (lists.length === 0) return failure("at least one list is required");
  const items: Evaluated[] = [];
  for (const list of lists) {
    // A list that is unknown stands in for its items: nothing is joined then.
    if (list.state === "unknown") items.push(unknown(list.reason, list.origin));
    else if (list.state === "list") items.push(...list.items);
    else return failure("a list of strings is required");
  }
  const strings: Evaluated[] = [];
  for (const part of [separator, ...items]) {
    const result = convertToString(part);
    if (!result.ok) return result;
    if (result.value.state === "unset") return failure("null cannot be joined");
    strings.push(result.value);
  }
  const [, only, ...others] = strings;
  // `join("", aws_launch_template.web[*].id)` is the one there is, so that it still leads there.
  if (only?.state === "unknown" && others.length === 0) return success(only);
  return tryPossibleValues(strings, call, (values) => {
    const [between = "", ...texts] = values.flatMap((value) =>
      value.state === "known" ? [String(value.value)] : [],
    );
    return success(madeString(texts.join(between), madeFrom(values, call).origin));
  });
});
