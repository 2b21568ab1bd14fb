import type { Evaluated } from "../../../values/evaluated.js";
import { known } from "../../../values/value.js";
import type { DataNode, MappingNode } from "../../yaml/syntax-tree.js";
import { entryOf } from "../../yaml/syntax-tree.js";
import { type IntrinsicCall, intrinsicCall, listItems, plainText } from "../intrinsic-call.js";
import {
  combinePieces,
  isScalarValue,
  type ScalarValue,
  type TextPiece,
  textValue,
} from "../scalar-text.js";
import type { TemplateContext } from "../template-context.js";
import { attributeOf, referTo } from "./references.js";

/** A piece of a template string: text as it stands, and from which character on, or the name between `${` and `}`. */
type Piece = { readonly text: string; readonly offset: number } | { readonly name: string };

/**
 * Replaces `${Name}`, `${Resource.Attribute}` and `${Variable}`; `${!Name}` is the text `${Name}`.
 * A string that is nothing but one reference stays that reference.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function evaluateSub(call: IntrinsicCall, context: TemplateContext): Evaluated {
  const template = readArgument(call.argument);
  if (template === undefined) {
    const message = "Fn::Sub takes a string, or a list of a string and a mapping of variables";
    return unsupportedArgument(call, context) ?? context.diagnostics.invalid(call.node, message);
  }
  const pieces = splitTemplate(template.text);
  const wrong = pieces.find((piece) => "name" in piece && !/^[\w.:]+$/.test(piece.name));
  if (wrong !== undefined && "name" in wrong) {
    return context.diagnostics.invalid(
      template.node,
      `\${${wrong.name}} in Fn::Sub is not a name; text is written \${!${wrong.name}}`,
    );
  }
  return substitute(pieces, template, call, context);
}

interface TemplateString {
  readonly text: string;
  readonly node: DataNode;
  readonly variables: MappingNode | undefined;
}

function readArgument(argument: DataNode): TemplateString | undefined {
  const text = plainText(argument);
  if (text !== undefined) return { text, node: argument, variables: undefined };
  const [node, variables, ...others] = listItems(argument) ?? [];
  const listedText = node === undefined ? undefined : plainText(node);
  if (node === undefined || listedText === undefined || others.length > 0) return undefined;
  if (variables?.kind !== "mapping" || intrinsicCall(variables) !== undefined) return undefined;
  return { text: listedText, node, variables };
}

/** The argument, if a function makes it that we do not know: tools such as rain embed files so. */
function unsupportedArgument(
  { argument }: IntrinsicCall,
  context: TemplateContext,
): Evaluated | undefined {
  if (intrinsicCall(argument) === undefined) return undefined;
  const value = context.evaluate(argument);
  const isUnsupported = value.state === "unknown" && value.reason.kind === "not-supported";
  return isUnsupported ? value : undefined;
}

/** Spaces around a name do not count: https://github.com/aws-cloudformation/cfn-lint/issues/236 */
function splitTemplate(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  for (;;) {
    const start = template.indexOf("${", position);
    const end = start === -1 ? -1 : template.indexOf("}", start);
    if (end === -1) break;
    const name = template.slice(start + 2, end).trim();
    const text = template.slice(position, start);
    pieces.push({ text, offset: position });
    if (!name.startsWith("!")) pieces.push({ name });
    else {
      const mark = template.indexOf("!", start);
      pieces.push(
        { text: "${", offset: start },
        { text: template.slice(mark + 1, end + 1), offset: mark + 1 },
      );
    }
    position = end + 1;
  }
  pieces.push({ text: template.slice(position), offset: position });
  return pieces.filter((piece) => "name" in piece || piece.text !== "");
}

function substitute(
  pieces: readonly Piece[],
  template: TemplateString,
  call: IntrinsicCall,
  context: TemplateContext,
): Evaluated {
  const { diagnostics } = context;
  const origin = diagnostics.written(template.node);
  const values = new Map<string, ScalarValue>();
  const parts: TextPiece[] = [];
  for (const piece of pieces) {
    if ("text" in piece) {
      const { text, offset } = piece;
      parts.push({ isWritten: true, offset, value: known(text, origin) });
      continue;
    }
    const value = values.get(piece.name) ?? valueOf(piece.name, template, call, context);
    if (!isScalarValue(value)) {
      return diagnostics.invalid(template.node, `${piece.name} in Fn::Sub is not a string`);
    }
    values.set(piece.name, value);
    parts.push({ isWritten: false, value });
  }
  const only = parts[0]?.value;
  if (only !== undefined && pieces.length === 1 && values.size === 1) {
    return only.state === "known" ? textValue(String(only.value), only.origin) : only;
  }
  return combinePieces(parts, call.node, diagnostics);
}

/** Variables of the call come first; a name with a dot is a resource's attribute. */
function valueOf(
  name: string,
  { variables }: TemplateString,
  call: IntrinsicCall,
  context: TemplateContext,
): Evaluated {
  const variable = variables === undefined ? undefined : entryOf(variables, name);
  if (variable !== undefined) return context.evaluate(variable.value);
  const use = context.diagnostics.written(call.node);
  const dot = name.indexOf(".");
  return dot === -1
    ? referTo(name, use, context)
    : attributeOf(name.slice(0, dot), name.slice(dot + 1), use, context);
}
