import { describe, expect, test } from "vitest";
import { parseHclExpression } from "../../../src/parsers/hcl/parse-hcl.js";
import { sketchExpression } from "./sketch-tree.js";

/** Sketch of a text that must be a valid expression. */
function sketch(text: string): string {
  const { expression, errors } = parseHclExpression(text);
  expect(errors).toEqual([]);
  return sketchExpression(expression);
}

describe("literals and names", () => {
  test.each([
    ["0", "0"],
    ["007", "007"],
    ["1.5", "1.5"],
    ["1e3", "1e3"],
    ["1.5E-3", "1.5E-3"],
    ["123456789012345678901234567890", "123456789012345678901234567890"],
    ["true", "true"],
    ["false", "false"],
    ["null", "null"],
    ["nullable", "nullable"],
    ["_a1", "_a1"],
    ["a-b", "a-b"],
    ["a--b-", "a--b-"],
    ["größe", "größe"],
    ["日本", "日本"],
    ["𝒳", "𝒳"],
    ["for", "for"],
    ["in", "in"],
  ])("%s", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });

  test("numbers have a value and keep their text", () => {
    expect(parseHclExpression("1.50e1").expression).toMatchObject({ value: 15, text: "1.50e1" });
  });
});

describe("operators", () => {
  test.each([
    ["a || b && c", "(|| a (&& b c))"],
    ["a && b || c", "(|| (&& a b) c)"],
    ["a && b == c", "(&& a (== b c))"],
    ["a == b != c", "(!= (== a b) c)"],
    ["a == b < c", "(== a (< b c))"],
    ["a <= b >= c", "(>= (<= a b) c)"],
    ["a > b + c", "(> a (+ b c))"],
    ["a + b * c - d", "(- (+ a (* b c)) d)"],
    ["a / b % c", "(% (/ a b) c)"],
    ["a - b - c", "(- (- a b) c)"],
    ["a -b", "(- a b)"],
    ["a-b", "a-b"],
    ["-a * b", "(* (- a) b)"],
    ["--a", "(- (- a))"],
    ["!!a", "(! (! a))"],
    ["!a == b", "(== (! a) b)"],
    ["-a.b[0]", "(- ([] (. a b) 0))"],
    ["a % -b", "(% a (- b))"],
    ["(a + b) * c", "(* ((+ a b)) c)"],
  ])("%s", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});

describe("conditionals", () => {
  test.each([
    ["a ? b : c", "(? a b c)"],
    ["a?b.c:d", "(? a (. b c) d)"],
    ["a ? b : c ? d : e", "(? a b (? c d e))"],
    ["a ? b ? c : d : e", "(? a (? b c d) e)"],
    ["a || b ? c + d : e", "(? (|| a b) (+ c d) e)"],
    ["a ? n::f() : b", "(? a (call n::f) b)"],
  ])("%s", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});

describe("traversals", () => {
  test.each([
    ["a.b.c", "(. (. a b) c)"],
    ["a . b", "(. a b)"],
    ["a\n.b", "(. a b)"],
    ["a.true", "(. a true)"],
    ["a.b-c", "(. a b-c)"],
    ["a[0]", "([] a 0)"],
    ['a["k"].b', '(. ([] a "k") b)'],
    ["a[b.c][-1]", "([] ([] a (. b c)) (- 1))"],
    ["a[\n0\n]", "([] a 0)"],
    ["a.0.b", "(. ([] a 0) b)"],
    ["f(x).y[0]", "([] (. (call f x) y) 0)"],
    ['"x".a', '(. "x" a)'],
    ["[1][0]", "([] [1] 0)"],
    ["{a = 1}.a", '(. {"a"=1} a)'],
    ["(a).b", "(. (a) b)"],
    ["true.a", "(. true a)"],
    ["1.a", "(. 1 a)"],
  ])("%s", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});

describe("splats", () => {
  test.each([
    ["a.*", "(.* a *)"],
    ["a.*.b.c", "(.* a (. (. * b) c))"],
    ["a.*.0.b", "(.* a (. ([] * 0) b))"],
    ["a.*.b[0].c", "(. ([] (.* a (. * b)) 0) c)"],
    ["a.*.b[*].c", "([*] (.* a (. * b)) (. * c))"],
    ["a[*]", "([*] a *)"],
    ["a[ * ]", "([*] a *)"],
    ["a[*].b[0].c", "([*] a (. ([] (. * b) 0) c))"],
    ["a[*].b[*].c", "([*] a ([*] (. * b) (. * c)))"],
    ["a[*].*.b", "([*] a (.* * (. * b)))"],
    ["f()[*].a", "([*] (call f) (. * a))"],
  ])("%s", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});

describe("calls", () => {
  test.each([
    ["f()", "(call f)"],
    ["f(a, b)", "(call f a b)"],
    ["f(a,)", "(call f a)"],
    ["f(a, b...)", "(call f a b...)"],
    ["f(\na,\nb\n)", "(call f a b)"],
    ["f (a)", "(call f a)"],
    ["true(a)", "(call true a)"],
    ["n::f(a)", "(call n::f a)"],
    ["provider::aws::arn_parse(a)", "(call provider::aws::arn_parse a)"],
    ["n :: f(a)", "(call n::f a)"],
    ["f(g(h(1)))", "(call f (call g (call h 1)))"],
  ])("%s", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});

describe("tuples and objects", () => {
  test.each([
    ["[]", "[]"],
    ["[a, b]", "[a b]"],
    ["[\n  a, # first\n  b,\n]", "[a b]"],
    ["{}", "{}"],
    ["{a = 1}", '{"a"=1}'],
    ["{a : 1, b = 2}", '{"a"=1 "b"=2}'],
    ["{\n  a = 1\n  b = 2,\n\n  c = 3\n}", '{"a"=1 "b"=2 "c"=3}'],
    ['{"a b" = 1}', '{"a b"=1}'],
    ['{"${a}-x" = 1}', '{"${a}|-x"=1}'],
    ["{(a) = 1}", "{(a)=1}"],
    ["{a.b = 1}", "{(. a b)=1}"],
    ["{true = 1, null = 2}", '{"true"=1 "null"=2}'],
    ["{(true) = 1}", "{(true)=1}"],
    ["{1 = a}", "{1=a}"],
    ["{f(x) = 1}", "{(call f x)=1}"],
    ["{a ? b : c : d}", "{(? a b c)=d}"],
    ["{a-b = 1}", '{"a-b"=1}'],
    ["{a = for}", '{"a"=for}'],
    ["[(for)]", "[(for)]"],
    ["[{a = [1,\n2]\nb = f(\n3)}]", '[{"a"=[1 2] "b"=(call f 3)}]'],
    ["{a = (1\n+ 2)\nb = 3}", '{"a"=((+ 1 2)) "b"=3}'],
  ])("%s", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});

describe("for expressions", () => {
  test.each([
    ["[for v in c : v]", "(for v in c: v)"],
    ["[for k, v in c : v if k]", "(for k,v in c: v if k)"],
    ["[\nfor v\nin c :\nv\n]", "(for v in c: v)"],
    ["[for in in in : in]", "(for in in in: in)"],
    ["{for k, v in c : k => v}", "(for k,v in c: k=>v)"],
    ["{for v in c : v => v.x... if v}", "(for v in c: v=>(. v x)... if v)"],
    ["{\nfor v in c :\nv => {\na = 1\nb = 2\n}\n}", '(for v in c: v=>{"a"=1 "b"=2})'],
    ["[for v in [for w in c : w] : v]", "(for v in (for w in c: w): v)"],
  ])("%s", (text, expected) => {
    expect(sketch(text)).toBe(expected);
  });
});
