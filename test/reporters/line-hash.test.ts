import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineHashes } from "../../src/reporters/sarif/line-hash.js";

/** The definition itself, window by window: slow, and with nothing in common with the code but the numbers. */
function hashesByDefinition(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const counts = new Map<string, number>();
  return lines.map((_line, index) => {
    const ahead = lines.slice(index).join("\n").replace(/[ \t]/g, "");
    const units = Array.from({ length: ahead.length }, (_unit, offset) => ahead.charCodeAt(offset));
    const window = [...units, 0xffff, ...Array<number>(100).fill(0)].slice(0, 100);
    const hash = window.reduce((sum, unit) => (sum * 37n + BigInt(unit)) % 2n ** 64n, 0n);
    const digits = hash.toString(16);
    const count = (counts.get(digits) ?? 0) + 1;
    counts.set(digits, count);
    return `${digits}:${count}`;
  });
}

describe("GitHub's line hash", () => {
  // Computed by a third implementation, in Python; GitHub's own test vectors hold for all three.
  it.each<[name: string, text: string, hashes: readonly string[]]>([
    ["an empty file", "", ["c129715d7a2bc9a3:1"]],
    ["blanks only", " \t ", ["c129715d7a2bc9a3:1"]],
    [
      "a template",
      "Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      MetadataOptions:\n        HttpTokens: optional\n",
      [
        "368039030eb29c7c:1",
        "a05f8902671fa049:1",
        "ea30685cd721f487:1",
        "8684ac576eb8287b:1",
        "40b8d7d77ba916:1",
        "ce0c26e44747e6e1:1",
        "c129715d7a2bc9a3:1",
      ],
    ],
    [
      "mixed line endings",
      "a\r\nb\rc\n\n\td e\r",
      [
        "c7115062e1e13ce8:1",
        "83fe38f55acdab09:1",
        "a33bc9f49ffae22d:1",
        "83ce08c42b9b0a5c:1",
        "14a71e544e47ece2:1",
        "c129715d7a2bc9a3:1",
      ],
    ],
    [
      "repeated lines",
      'tokens = "optional"\n'.repeat(12),
      [
        "86848b407e178ac3:1",
        "86848b407e178ac3:2",
        "86848b407e178ac3:3",
        "86848b407e178ac3:4",
        "86848b407e178ac3:5",
        "86848b407e178ac3:6",
        "86848b407e178ac3:7",
        "fc802d29f82400f0:1",
        "cece13b8834d7b77:1",
        "80367f818dedb1a6:1",
        "e35ced9e36ab233d:1",
        "885560e6886609fc:1",
        "c129715d7a2bc9a3:1",
      ],
    ],
    [
      "characters beyond the basic plane",
      '# 🔒 Schlüssel\nhttp_tokens = "optional"\n',
      ["9208a8b72ef5b45c:1", "cb4c61520e4f4c0f:1", "c129715d7a2bc9a3:1"],
    ],
  ])("hashes %s", (_name, text, hashes) => {
    expect(lineHashes(text)).toEqual(hashes);
    expect(hashesByDefinition(text)).toEqual(hashes);
  });

  it("is the same as its definition for any text", () => {
    const unit = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("\n", "\r", " ", "\t", "a", ":") },
      { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
    );
    const text = fc.array(unit, { maxLength: 300 }).map((units) => units.join(""));
    fc.assert(
      fc.property(text, (any) => {
        expect(lineHashes(any)).toEqual(hashesByDefinition(any));
      }),
      { numRuns: 40 },
    );
  });
});
