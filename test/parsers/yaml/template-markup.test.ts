import { describe, expect, it } from "vitest";
import { parseYaml } from "../../../src/parsers/yaml/parse-yaml.js";
import { foldMarkupErrors } from "../../../src/parsers/yaml/template-markup.js";
import { parseTolerantly } from "../../../src/parsers/yaml/tolerant.js";

/** Zero-based lines of the errors, before and after. */
function linesOf(text: string): {
  readonly all: readonly number[];
  readonly kept: readonly number[];
} {
  const { errors } = parseYaml(text, () => parseTolerantly);
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length - 1;
  return {
    all: errors.map(({ range }) => lineOf(range.start)),
    kept: foldMarkupErrors(text, errors).map(({ range }) => lineOf(range.start)),
  };
}

describe("errors of a file that is not rendered yet", () => {
  it("are one", () => {
    const text = "a:\n{% if x %}\n  b: 1\n{% endif %}\n  c: {{ d }} e\n";
    const { all, kept } = linesOf(text);
    expect(all.length).toBeGreaterThan(1);
    expect(kept).toEqual(all.slice(0, 1));
  });

  it("do not hide those on other lines", () => {
    const text = "a: 'open\nb: 1\n{% if x %}\nc: 1\n{% endif %}\nd: 1\n";
    const { all, kept } = linesOf(text);
    expect(kept.filter((line) => ![2, 4].includes(line))).toEqual(
      all.filter((line) => ![2, 4].includes(line)),
    );
    expect(kept.filter((line) => [2, 4].includes(line)).length).toBeLessThan(2);
  });

  it("are left as they are where nothing is rendered", () => {
    const text = "a: @x\nb: `y\nc: '{{resolve:ssm:z}}' d\n";
    const { all, kept } = linesOf(text);
    expect(all.length).toBeGreaterThan(1);
    expect(kept).toEqual(all);
  });

  it("say how many there are", () => {
    const range = { start: 0, end: 1 };
    const error = { code: "syntax", message: "no", range } as const;
    expect(foldMarkupErrors("{% x", [error, { ...error }, { ...error }])).toEqual([
      {
        ...error,
        message: "no; 2 more places are like this: the file seems to be rendered before it is YAML",
      },
    ]);
    expect(foldMarkupErrors("{% x", [error])).toEqual([error]);
  });
});
