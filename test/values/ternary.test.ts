import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Origin } from "../../src/values/origin.js";
import { and, equals, firstUnknown, not, or, satisfies } from "../../src/values/ternary.js";
import { known, undecided, unset, type Unknown } from "../../src/values/value.js";

const origin: Origin = { location: { path: "/a", range: { start: 0, end: 1 } }, step: "written" };
const ternary = fc.constantFrom("yes" as const, "no" as const, "unknown" as const);

function unknownAmong<T>(...possible: readonly T[]): Unknown<T> {
  return { ...undecided({ kind: "parameter-without-default", name: "P" }, origin), possible };
}

describe("Kleene's logic", () => {
  test("negation is its own inverse", () => {
    fc.assert(
      fc.property(ternary, (a) => {
        expect(not(not(a))).toBe(a);
      }),
    );
  });

  test("de Morgan's laws hold", () => {
    fc.assert(
      fc.property(ternary, ternary, (a, b) => {
        expect(not(and(a, b))).toBe(or(not(a), not(b)));
        expect(not(or(a, b))).toBe(and(not(a), not(b)));
      }),
    );
  });

  test("conjunction and disjunction commute, associate and absorb", () => {
    fc.assert(
      fc.property(ternary, ternary, ternary, (a, b, c) => {
        expect(and(a, b)).toBe(and(b, a));
        expect(or(a, b)).toBe(or(b, a));
        expect(and(a, and(b, c))).toBe(and(a, b, c));
        expect(or(a, or(b, c))).toBe(or(a, b, c));
        expect(and(a, or(a, b))).toBe(a);
      }),
    );
  });

  test("an unknown operand allows what either value would give", () => {
    const decided = fc.constantFrom("yes" as const, "no" as const);
    fc.assert(
      fc.property(ternary, decided, (a, b) => {
        const results = [and(a, "unknown"), and(a, b)];
        expect(results[0] === "unknown" || results[0] === results[1]).toBe(true);
      }),
    );
  });
});

describe("satisfies", () => {
  const isShort = (text: string) => text.length < 3;

  test("asks a known value", () => {
    expect(satisfies(known("ab", origin), isShort)).toBe("yes");
    expect(satisfies(known("abc", origin), isShort)).toBe("no");
  });

  test("takes unset for no", () => {
    expect(satisfies(unset(origin), isShort)).toBe("no");
  });

  test("asks every possible value of an unknown", () => {
    expect(satisfies(unknownAmong("a", "b"), isShort)).toBe("yes");
    expect(satisfies(unknownAmong("abc", "abcd"), isShort)).toBe("no");
    expect(satisfies(unknownAmong("a", "abc"), isShort)).toBe("unknown");
    expect(satisfies(undecided({ kind: "invalid" }, origin), isShort)).toBe("unknown");
  });
});

test("equals excludes what cannot be", () => {
  expect(equals(unknownAmong("optional", "nothing"), "required")).toBe("no");
  expect(equals(unknownAmong("optional", "required"), "required")).toBe("unknown");
});

test("firstUnknown skips what is known or unset", () => {
  const unknown = unknownAmong("a", "b");
  expect(firstUnknown(known("a", origin), unset(origin), unknown)).toBe(unknown);
  expect(firstUnknown(known("a", origin))).toBeUndefined();
});
