import fc, { type Arbitrary } from "fast-check";

/** A node without its range; the parser's types all have one. */
export interface Tree {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** A body without its ranges. */
export interface BodyTree {
  readonly attributes: readonly { readonly name: NameTree; readonly value: Tree }[];
  readonly blocks: readonly BlockTree[];
}

/** A block without its ranges. */
export interface BlockTree {
  readonly type: NameTree;
  readonly labels: readonly { readonly value: string }[];
  readonly body: BodyTree;
}

interface NameTree {
  readonly name: string;
}

/** `for` is left out: at the start of a list or object it has another meaning. */
const nameText = fc.constantFrom("a", "b2", "_c", "d-e", "in", "if", "größe", "日本", "𝒳");
const name = nameText.map((text): NameTree => ({ name: text }));
const anyName = fc.oneof(nameText, fc.constantFrom("for", "true", "null"));

const variable = nameText.map((text): Tree => ({ kind: "variable", name: text }));
const number = fc
  .constantFrom("0", "7", "42", "1.5", "0.25", "1e3", "2E-2", "12345678901234567890")
  .map((text): Tree => ({ kind: "literal", value: Number(text), text }));
const keyword = fc
  .constantFrom(true, false, null)
  .map((value): Tree => ({ kind: "literal", value, text: String(value) }));

/** Binary operators with how tight they bind. */
const binaryOperators = new Map(
  Object.entries({
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
  }),
);

/** How tight an expression binds: 0 for a conditional, 7 for a unary one, 8 for any other. */
function tightness(tree: Tree): number {
  if (tree.kind === "conditional") return 0;
  if (tree.kind === "binary") return binaryOperators.get(String(tree["operator"])) ?? 0;
  return tree.kind === "unary" ? 7 : 8;
}

/** The tree, in parentheses if it binds less tight than that. */
function atLeast(minimum: number, expression: Tree): Tree {
  return tightness(expression) >= minimum ? expression : { kind: "parentheses", expression };
}

/** The tree, in parentheses if steps behind it would not be applied to it as a whole. */
function asRoot(expression: Tree): Tree {
  // A number takes the dot behind it, and a splat what follows.
  const isGreedy = typeof expression["value"] === "number" || expression.kind === "splat";
  return isGreedy ? { kind: "parentheses", expression } : atLeast(8, expression);
}

type Step =
  | { readonly kind: "attribute"; readonly name: NameTree }
  | { readonly kind: "legacy" | "index"; readonly index: Tree }
  | { readonly kind: "attribute-only" | "full" };

/** The steps without those `.*` that HCL rejects, since only names and numbers are between it and another. */
function withoutNestedStars(steps: readonly Step[]): readonly Step[] {
  let isBehindStar = false;
  return steps.filter(({ kind }) => {
    const isNested = kind === "attribute-only" && isBehindStar;
    if (kind === "attribute-only") isBehindStar = true;
    else if (kind === "index" || kind === "full") isBehindStar = false;
    return !isNested;
  });
}

const element: Tree = { kind: "variable", name: "*" };

/** Applies steps as HCL does: behind `[*]` all of them go to each element, behind `.*` those with a dot. */
function applySteps(root: Tree, steps: readonly Step[]): Tree {
  const [step, ...rest] = steps;
  switch (step?.kind) {
    case undefined:
      return root;
    case "attribute":
      return applySteps({ kind: "attribute", target: root, name: step.name }, rest);
    case "legacy":
    case "index":
      return applySteps({ kind: "index", target: root, index: step.index }, rest);
    case "full":
      return { kind: "splat", style: "full", target: root, each: applySteps(element, rest) };
    case "attribute-only": {
      const behind = rest.findIndex(({ kind }) => kind !== "attribute" && kind !== "legacy");
      const own = behind === -1 ? rest : rest.slice(0, behind);
      const each = applySteps(element, own);
      const splat = { kind: "splat", style: "attribute-only", target: root, each };
      return applySteps(splat, rest.slice(own.length));
    }
  }
}

/** Text with all that must be escaped. At its end no mark that would join with what comes next. */
function textOf(pieces: readonly string[]): Arbitrary<Tree> {
  return fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 })
    .map((chosen) => ({ kind: "text", value: chosen.join("").replace(/[$%]$/, "$&.") }));
}

const commonPieces = ["a", "B 1", "é", "😀", " ", "\n", "\t", '"', "\\", "$", "%", "{", "}"];
const quotedText = textOf([...commonPieces, "\r", "${", "%{", "$${", "#"]);
const heredocText = textOf([...commonPieces, "${", "%{", "\\n", "EOT", "  b\n"]);

function joinTexts(parts: readonly Tree[]): readonly Tree[] {
  const joined: Tree[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === "text" && last?.kind === "text") {
      joined[joined.length - 1] = {
        kind: "text",
        value: String(last["value"]) + String(part["value"]),
      };
    } else {
      joined.push(part);
    }
  }
  return joined;
}

function partsOf(expression: Arbitrary<Tree>, text: Arbitrary<Tree>): Arbitrary<readonly Tree[]> {
  const { parts } = fc.letrec<{ parts: readonly Tree[]; part: Tree }>((tie) => ({
    parts: fc.array(tie("part"), { maxLength: 3 }).map(joinTexts),
    part: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      text,
      expression.map((inner) => ({ kind: "interpolation", expression: inner })),
      fc.record({
        kind: fc.constant("if"),
        condition: expression,
        then: tie("parts"),
        otherwise: tie("parts"),
      }),
      withOptional(
        fc.record({
          kind: fc.constant("for"),
          value: name,
          collection: expression,
          body: tie("parts"),
        }),
        "key",
        name,
      ),
    ),
  }));
  return parts;
}

/** The trees with that field, or without. */
function withOptional(
  tree: Arbitrary<Tree>,
  field: string,
  value: Arbitrary<unknown>,
): Arbitrary<Tree> {
  return fc
    .tuple(tree, fc.option(value, { nil: undefined }))
    .map(([node, present]) => (present === undefined ? node : { ...node, [field]: present }));
}

const { expression: anyExpression, item: anyItem } = fc.letrec<{
  expression: Tree;
  /** What may stand where a line ends behind it: also a heredoc. */
  item: Tree;
}>((tie) => {
  const expression = tie("expression");
  const item = tie("item");
  const items = fc.array(item, { maxLength: 3 });
  const quoted = partsOf(expression, quotedText).map((parts): Tree => ({
    kind: "template",
    style: "quoted",
    parts,
  }));
  const step: Arbitrary<Step> = fc.oneof(
    name.map((attribute): Step => ({ kind: "attribute", name: attribute })),
    fc.constantFrom("0", "12").map((text): Step => ({
      kind: "legacy",
      index: { kind: "literal", value: Number(text), text },
    })),
    expression.map((index): Step => ({ kind: "index", index })),
    fc.constantFrom<Step[]>({ kind: "attribute-only" }, { kind: "full" }),
  );
  const nameKey = anyName.map((text): Tree => ({
    kind: "template",
    style: "quoted",
    parts: [{ kind: "text", value: text }],
  }));
  const otherKey = expression.filter(
    ({ kind, value }) => kind !== "variable" && (kind !== "literal" || typeof value === "number"),
  );
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      variable,
      number,
      keyword,
      quoted,
      fc
        .tuple(fc.constantFrom(...binaryOperators), expression, expression)
        .map(([[operator, precedence], left, right]): Tree => ({
          kind: "binary",
          operator,
          left: atLeast(precedence, left),
          right: atLeast(precedence + 1, right),
        })),
      fc.tuple(fc.constantFrom("-", "!"), expression).map(([operator, operand]): Tree => ({
        kind: "unary",
        operator,
        operand: atLeast(7, operand),
      })),
      fc.tuple(expression, expression, expression).map(([condition, then, otherwise]): Tree => ({
        kind: "conditional",
        condition: atLeast(1, condition),
        then,
        otherwise,
      })),
      item.map((inner): Tree => ({ kind: "parentheses", expression: inner })),
      items.map((all): Tree => ({ kind: "tuple", items: all })),
      fc
        .array(fc.record({ key: fc.oneof(nameKey, otherKey), value: item }), { maxLength: 3 })
        .map((all): Tree => ({ kind: "object", items: all })),
      fc
        .tuple(fc.constantFrom("f", "ns::f", "provider::aws::f", "true"), items, fc.boolean())
        .map(([text, all, expands]): Tree => ({
          kind: "call",
          name: { name: text },
          arguments: all,
          expandLast: expands && all.length > 0,
        })),
      fc
        .tuple(expression, fc.array(step, { minLength: 1, maxLength: 4 }))
        .map(([root, steps]) => applySteps(asRoot(root), withoutNestedStars(steps))),
      fc
        .tuple(
          fc.record({
            kind: fc.constant("for"),
            valueVariable: name,
            collection: expression,
            value: expression,
          }),
          fc.option(fc.tuple(expression, fc.boolean())),
        )
        .chain(([node, object]) => {
          const [key, grouping] = object ?? [undefined, false];
          const whole: Tree = { ...node, ...(key && { key }), grouping };
          const withKey = withOptional(fc.constant(whole), "keyVariable", name);
          return withOptional(withKey, "condition", expression);
        }),
    ),
    item: fc.oneof(
      { arbitrary: expression, weight: 6 },
      {
        arbitrary: partsOf(expression, heredocText).map((parts): Tree => {
          const lastLine = { kind: "text", value: "\n" };
          const lines = parts.length === 0 ? [] : joinTexts([...parts, lastLine]);
          return { kind: "template", style: "heredoc", parts: lines };
        }),
        weight: 1,
      },
    ),
  };
});

/** Any expression, but no heredoc outside of brackets. */
export const arbitraryExpression: Arbitrary<Tree> = anyExpression;

/** Any body, without duplicate attributes. */
export const arbitraryBody: Arbitrary<BodyTree> = fc.letrec<{ body: BodyTree; block: BlockTree }>(
  (tie) => ({
    body: fc.record({
      attributes: fc.uniqueArray(
        fc.record({ name: anyName.map((text) => ({ name: text })), value: anyItem }),
        { maxLength: 3, selector: (attribute) => attribute.name.name },
      ),
      blocks: fc.array(tie("block"), { maxLength: 2, depthIdentifier: "blocks" }),
    }),
    block: fc.record({
      type: anyName.map((text) => ({ name: text })),
      labels: fc.array(
        fc
          .oneof(
            anyName,
            quotedText.map((text) => String(text["value"])),
          )
          .map((value) => ({ value })),
        { maxLength: 2 },
      ),
      body: fc.oneof(
        { maxDepth: 2, depthIdentifier: "blocks" },
        fc.constant({ attributes: [], blocks: [] }),
        tie("body"),
      ),
    }),
  }),
).body;
