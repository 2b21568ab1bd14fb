import { type Evaluated, identityOf, unknown } from "../../values/evaluated.js";
import type { Condition, Subject } from "../../values/condition.js";
import type { Origin } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { Scalar } from "../../values/value.js";
import type { MappingEntry } from "../yaml/syntax-tree.js";
import { isOneOf } from "./combine-conditions.js";
import type { Diagnostics } from "./diagnostics.js";
import {
  allowedTexts,
  fixedValue,
  isListType,
  isStoredType,
  type OpenScalar,
  openParameter,
  type Parameter,
  parameterType,
  storedParameter,
  subjectOf,
} from "./parameters.js";

/** What a nested stack's resource passes for one parameter. */
export interface PassedArgument {
  /** Its value in the scenario of the moment; unset where nothing is passed. */
  readonly value: () => Evaluated;
  /** The parameter of the parent that is passed on unchanged, if nobody has fixed its value. */
  readonly open: () => OpenScalar | undefined;
}

interface PassedTo {
  /** The stack's path, which goes before the names of what is unknown in it. */
  readonly path: string;
  readonly scenarios: Scenarios;
  readonly diagnostics: Diagnostics;
}

/**
 * A parameter of a nested stack: what the parent passes, else what the parameter is by itself. The
 * deployment fails unless it is allowed there, so that what is allowed narrows what is not known.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html#cfn-cloudformation-stack-parameters
 */
export function passedParameter(
  entry: MappingEntry,
  own: Parameter,
  argument: PassedArgument,
  { path, scenarios, diagnostics }: PassedTo,
): Parameter {
  const name = entry.key.text;
  const label = `${path}${name}`;
  const type = parameterType(entry.value);
  const isList = isListType(type);
  const allowed = allowedTexts(entry.value, label, diagnostics);

  /** As a scalar that scenarios can tell the values of; one of the parent's stays that. */
  const openOf = (value: Evaluated): OpenScalar | undefined => {
    if (value.state !== "unknown" || isList) return undefined;
    const { reason, possible, subject } = value;
    if (subject !== undefined) return narrowed({ subject, reason }, allowed);
    return narrowed({ subject: subjectOf(label, possible?.map(String)), reason }, allowed);
  };

  const read = (use: Origin): Evaluated => {
    const value = argument.value();
    const originFor = (place: Origin): Origin => ({
      ...place,
      from: { ...value.origin, step: "nested-stack-parameter", name: label },
    });
    const origin = originFor(use);
    if (value.state === "unset") return own.read(use);
    if (isStoredType(type) && value.state === "known") {
      return storedParameter(label, String(value.value), isList, scenarios, originFor).read(use);
    }
    switch (value.state) {
      case "known":
        return fixedValue(String(value.value), isList, origin);
      case "list":
        return isList ? { ...value, origin } : unknown({ kind: "invalid" }, origin);
      case "map":
        return unknown({ kind: "invalid" }, origin);
      case "unknown": {
        const open = openOf(value);
        if (open === undefined) return unknown(value.reason, origin);
        const seen = openParameter(open, scenarios, originFor).read(use);
        if (seen.state !== "unknown") return seen;
        const identity = identityOf(value);
        const { link } = value;
        return {
          ...seen,
          ...(link === undefined ? {} : { link }),
          ...(identity === undefined ? {} : { identity }),
        };
      }
    }
  };

  const isAllowed = () => {
    const passedOn = isList ? undefined : argument.open();
    return passedOn === undefined ? undefined : amongAllowed(passedOn.subject, allowed);
  };

  return {
    type,
    isAllowed,
    get open() {
      const passedOn = argument.open();
      if (passedOn !== undefined && !isList) return narrowed(passedOn, allowed);
      const value = argument.value();
      return value.state === "unset" ? own.open : openOf(value);
    },
    read,
  };
}

/** Undefined where anything is allowed, or nothing that it can be, which is somebody's mistake. */
function amongAllowed(
  subject: Subject,
  allowed: readonly string[] | undefined,
): Condition | undefined {
  if (allowed === undefined) return undefined;
  const values = subject.domain?.filter((value) => allowed.includes(String(value))) ?? allowed;
  return values.length === 0 ? undefined : isOneOf(subject, values);
}

/** Only those of the values that are allowed; all where none of them is, which is somebody's mistake. */
function narrowed(
  { subject, reason }: OpenScalar,
  allowed: readonly string[] | undefined,
): OpenScalar {
  if (allowed === undefined) return { subject, reason };
  const domain: readonly Scalar[] =
    subject.domain?.filter((value) => allowed.includes(String(value))) ?? allowed;
  return domain.length === 0 ? { subject, reason } : { subject: { ...subject, domain }, reason };
}
