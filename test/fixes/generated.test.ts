import fc from "fast-check";
import { parseToObject } from "hcl2-parser";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fixFindings } from "../../src/engine/fix-findings.js";
import { requestFor } from "../lint-files.js";

/** White space, comments and quotes as people write them. */
const lineEnd = fc.constantFrom("", " # comment", "  # two: words");
const comment = fc.constantFrom("", "# about the next line", "# key: value");
const ending = fc.constantFrom("\n", "\r\n");

/** Options of an instance: each absent, right or wrong. */
const options = fc.record(
  {
    tokens: fc.constantFrom("optional", "required", "Required"),
    endpoint: fc.constantFrom("enabled"),
    hops: fc.integer({ min: 1, max: 64 }),
  },
  { requiredKeys: [] },
);

interface Written {
  readonly name: string;
  readonly value: string;
}

function toYaml(
  instances: readonly (readonly Written[] | undefined)[],
  layout: {
    readonly step: number;
    readonly end: string;
    readonly comment: string;
    readonly isFlow: boolean;
    readonly newline: string;
    readonly isFinal: boolean;
  },
): string {
  const indent = (level: number) => " ".repeat(layout.step * level);
  const lines = ["Resources:"];
  instances.forEach((written, index) => {
    if (layout.comment !== "") lines.push(`${indent(1)}${layout.comment}`);
    lines.push(`${indent(1)}Instance${String(index)}:${layout.end}`);
    lines.push(`${indent(2)}Type: AWS::EC2::Instance`, `${indent(2)}Properties:${layout.end}`);
    lines.push(`${indent(3)}ImageId: ami-0abcdef1234567890${layout.end}`);
    if (written !== undefined) {
      const entries = written.map(({ name, value }) => `${name}: ${value}`);
      if (layout.isFlow || entries.length === 0) {
        lines.push(`${indent(3)}MetadataOptions: {${entries.join(", ")}}${layout.end}`);
      } else {
        lines.push(`${indent(3)}MetadataOptions:`);
        lines.push(...entries.map((entry) => `${indent(4)}${entry}${layout.end}`));
      }
    }
    lines.push(`${indent(3)}Tags: [{ Key: Name, Value: web }]`);
  });
  return lines.join(layout.newline) + (layout.isFinal ? layout.newline : "");
}

/** As JSON, on one line or several; the reader of JSON takes no comments. */
function toJson(
  instances: readonly (readonly Written[] | undefined)[],
  layout: { readonly step: number; readonly isFlow: boolean; readonly newline: string },
): string {
  const resources = instances.map((written, index) => {
    const options = written?.map(
      ({ name, value }) => [name, JSON.parse(value) as unknown] as const,
    );
    const properties = {
      ImageId: "ami-0abcdef1234567890",
      ...(options === undefined ? {} : { MetadataOptions: Object.fromEntries(options) }),
      Tags: [{ Key: "Name", Value: "web" }],
    };
    return [`Instance${String(index)}`, { Type: "AWS::EC2::Instance", Properties: properties }];
  });
  const template = { Resources: Object.fromEntries(resources) as unknown };
  const text = JSON.stringify(template, undefined, layout.isFlow ? undefined : layout.step);
  return text.replaceAll("\n", layout.newline);
}

function toHcl(
  instances: readonly (readonly Written[] | undefined)[],
  layout: { readonly end: string; readonly comment: string; readonly newline: string },
): string {
  const lines = instances.flatMap((written, index) => [
    ...(layout.comment === "" ? [] : [layout.comment]),
    `resource "aws_instance" "web${String(index)}" {${layout.end}`,
    `  ami = "ami-0abcdef1234567890"${layout.end}`,
    ...(written === undefined
      ? []
      : [
          "  metadata_options {",
          ...written.map(({ name, value }) => `    ${name} = ${value}${layout.end}`),
          "  }",
        ]),
    "  tags = {",
    '    Name = "web"',
    "  }",
    "}",
    "",
  ]);
  return lines.join(layout.newline);
}

/** Every comment that a layout puts in, as often as it stands there. */
function commentsIn(text: string): readonly string[] {
  return [...text.matchAll(/# (?:comment|about the next line|key: value)|# two: words/g)].map(
    ([comment]) => comment,
  );
}

function withoutOptions(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      key === "MetadataOptions" || key === "metadata_options" ? undefined : inner,
    ),
  ) as unknown;
}

/** As HashiCorp's parser reads it. */
const readHcl = parseToObject as (text: string) => unknown;

function fixed(path: string, text: string): string {
  const { changed, report } = fixFindings(
    { ...requestFor({ [path]: text }), rootDirectory: "/case" },
    ["safe"],
  );
  const left = report.findings.filter(
    ({ ruleId, kind }) => ruleId === "require-imdsv2" && kind === "fail",
  );
  expect(left).toEqual([]);
  expect(report.errors).toEqual([]);
  const after = changed.get(path)?.after ?? text;
  expect(
    fixFindings({ ...requestFor({ [path]: after }), rootDirectory: "/case" }, ["safe"]).changed
      .size,
  ).toBe(0);
  return after;
}

const layout = {
  step: fc.constantFrom(1, 2, 4),
  end: lineEnd,
  comment,
  isFlow: fc.boolean(),
  newline: ending,
  isFinal: fc.boolean(),
};

function written(
  { tokens, endpoint, hops }: { tokens?: string; endpoint?: string; hops?: number },
  names: readonly [string, string, string],
  quote: (word: string) => string,
): readonly Written[] {
  return [
    ...(endpoint === undefined ? [] : [{ name: names[1], value: quote(endpoint) }]),
    ...(hops === undefined ? [] : [{ name: names[2], value: String(hops) }]),
    ...(tokens === undefined ? [] : [{ name: names[0], value: quote(tokens) }]),
  ];
}

describe("templates of any layout", () => {
  test("in YAML require tokens afterwards, and are otherwise as before", () => {
    const quotes = fc.constantFrom("", "'", '"');
    fc.assert(
      fc.property(
        fc.array(fc.option(options, { nil: undefined }), { minLength: 1, maxLength: 4 }),
        quotes,
        fc.record(layout),
        (instances, quote, style) => {
          const names = ["HttpTokens", "HttpEndpoint", "HttpPutResponseHopLimit"] as const;
          const text = toYaml(
            instances.map((each) =>
              each === undefined ? undefined : written(each, names, (word) => quote + word + quote),
            ),
            style,
          );
          const after = fixed("/case/template.yaml", text);
          expect(commentsIn(after)).toEqual(commentsIn(text));
          expect(withoutOptions(parse(after))).toEqual(withoutOptions(parse(text)));
        },
      ),
    );
  });

  test("in JSON require tokens afterwards, and are otherwise as before", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(options, { nil: undefined }), { minLength: 1, maxLength: 4 }),
        fc.record(layout),
        (instances, style) => {
          const names = ["HttpTokens", "HttpEndpoint", "HttpPutResponseHopLimit"] as const;
          const text = toJson(
            instances.map((each) =>
              each === undefined ? undefined : written(each, names, (word) => JSON.stringify(word)),
            ),
            style,
          );
          const after = fixed("/case/template.json", text);
          expect(withoutOptions(JSON.parse(after))).toEqual(withoutOptions(JSON.parse(text)));
          const isOneLine = !text.includes("\n");
          expect(!after.includes("\n")).toBe(isOneLine);
          if (isOneLine) expect(after).toBe(JSON.stringify(JSON.parse(after)));
        },
      ),
    );
  });

  test("in HCL require tokens afterwards, and are otherwise as before", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(options, { nil: undefined }), { minLength: 1, maxLength: 4 }),
        fc.record(layout),
        (instances, style) => {
          const names = ["http_tokens", "http_endpoint", "http_put_response_hop_limit"] as const;
          const text = toHcl(
            instances.map((each) =>
              each === undefined ? undefined : written(each, names, (word) => JSON.stringify(word)),
            ),
            style,
          );
          const after = fixed("/case/main.tf", text);
          expect(commentsIn(after)).toEqual(commentsIn(text));
          expect(withoutOptions(readHcl(after))).toEqual(withoutOptions(readHcl(text)));
        },
      ),
      { numRuns: 40 },
    );
  });
});
