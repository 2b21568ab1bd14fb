import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Condition, Subject } from "../../src/values/condition.js";
import { Scenarios } from "../../src/values/scenarios.js";
import type { Scalar } from "../../src/values/value.js";

function subject(key: string, ...domain: readonly Scalar[]): Subject {
  return { key, label: key, ...(domain.length === 0 ? {} : { domain }) };
}

function isOneOf(of: Subject, ...values: readonly Scalar[]): Condition {
  return { kind: "is-one-of", subject: of, values };
}

function statement(key: string): Extract<Condition, { readonly kind: "statement" }> {
  const reason = { kind: "decided-at-deployment", expression: key } as const;
  return { kind: "statement", key, label: key, reason };
}

const environment = subject("env", "dev", "test", "prod");

/** The results of all scenarios. */
function resultsOf<T>(run: (scenarios: Scenarios) => T): readonly T[] {
  const scenarios = new Scenarios();
  return scenarios.explore(() => run(scenarios)).map(({ result }) => result);
}

const number = subject("x", 1, 2, 3);
const letter = subject("y", "a", "b");

const assignments: readonly ReadonlyMap<string, Scalar>[] = [1, 2, 3].flatMap((x) =>
  ["a", "b"].flatMap((y) =>
    [true, false].map(
      (s) =>
        new Map<string, Scalar>([
          ["x", x],
          ["y", y],
          ["s", s],
        ]),
    ),
  ),
);

const choice = fc
  .constantFrom(number, letter)
  .chain((of) =>
    fc.subarray([...(of.domain ?? [])], { minLength: 1 }).map((values) => isOneOf(of, ...values)),
  );

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small" },
    { arbitrary: choice, weight: 3 },
    fc.constant(statement("s")),
    tie("condition").map((operand) => ({ kind: "not" as const, operand })),
    fc
      .record({
        kind: fc.constantFrom("and" as const, "or" as const),
        operands: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
      })
      .map(({ kind, operands }) => ({ kind, operands })),
  ),
}));

/** The truths that conditions can have together. */
function truthsOf(
  conditions: readonly Condition[],
  among: readonly ReadonlyMap<string, Scalar>[],
): ReadonlySet<string> {
  return new Set(
    among.map((assignment) => JSON.stringify(conditions.map((one) => holds(one, assignment)))),
  );
}

/** The truth of a condition under a full assignment. */
function holds(condition: Condition, assignment: ReadonlyMap<string, Scalar>): boolean {
  switch (condition.kind) {
    case "is-one-of":
      return condition.values.includes(assignment.get(condition.subject.key) ?? "");
    case "not":
      return !holds(condition.operand, assignment);
    case "and":
      return condition.operands.every((operand) => holds(operand, assignment));
    case "or":
      return condition.operands.some((operand) => holds(operand, assignment));
    case "named":
      return holds(condition.condition, assignment);
    case "statement":
      return assignment.get(condition.key) === true;
  }
}

describe("explore", () => {
  test("runs once where nothing is open", () => {
    expect(resultsOf(() => "same")).toEqual(["same"]);
  });

  test("sees both answers of a condition", () => {
    expect(resultsOf((scenarios) => scenarios.decide(statement("a")))).toEqual([true, false]);
  });

  test("answers the same question alike within a scenario", () => {
    const pairs = resultsOf((s) => [s.decide(statement("a")), s.decide(statement("a"))]);
    expect(pairs).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test("keeps the values of a subject consistent", () => {
    const found = resultsOf((scenarios) => {
      if (scenarios.decide(isOneOf(environment, "dev")) === true) return "dev";
      if (scenarios.decide(isOneOf(environment, "test")) === true) return "test";
      // Nothing else is left, so this is no question any more.
      return scenarios.decide(isOneOf(environment, "prod")) === true ? "prod" : "impossible";
    });
    expect(found).toEqual(["dev", "test", "prod"]);
  });

  test("never takes a value outside the domain", () => {
    expect(resultsOf((scenarios) => scenarios.decide(isOneOf(environment, "qa")))).toEqual([false]);
  });

  test("knows what a subject can still be", () => {
    const found = resultsOf((scenarios) => {
      const isDev = scenarios.decide(isOneOf(environment, "dev"));
      return [isDev, scenarios.possibleValues(environment)];
    });
    expect(found).toEqual([
      [true, ["dev"]],
      [false, ["test", "prod"]],
    ]);
  });

  test("keeps a subject without domain apart from what it is not", () => {
    const name = subject("name");
    const found = resultsOf((scenarios) => {
      const isA = scenarios.decide(isOneOf(name, "a"));
      const isAOrB = scenarios.decide(isOneOf(name, "a", "b"));
      return [isA, isAOrB];
    });
    expect(found).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ]);
  });

  test("merges beyond the limit instead of multiplying", () => {
    let runs = 0;
    const scenarios = new Scenarios();
    const outcomes = scenarios.explore(() => {
      runs += 1;
      return Array.from({ length: 30 }, (_, index) => scenarios.decide(statement(String(index))));
    });
    const merged = outcomes.at(-1);
    expect(merged?.isMerged).toBe(true);
    expect(merged?.result).toEqual(Array.from({ length: 30 }, () => undefined));
    expect(runs).toBeLessThan(40);
  });

  test("cannot decide what we are unable to evaluate", () => {
    const reason = { kind: "not-supported", what: "something" } as const;
    const beyondUs: Condition = { kind: "statement", key: "a", label: "a", reason };
    expect(resultsOf((scenarios) => scenarios.decide(beyondUs))).toEqual([undefined]);
  });

  test("names what was decided", () => {
    const scenarios = new Scenarios();
    const isProduction: Condition = {
      kind: "named",
      label: "condition IsProduction",
      condition: isOneOf(environment, "prod"),
    };
    const outcomes = scenarios.explore(() => scenarios.decide(isProduction));
    const texts = outcomes.map(({ decisions }) => decisions.map(({ text }) => text));
    expect(texts).toEqual([
      ["env is prod", "condition IsProduction is true"],
      ["env is not prod", "condition IsProduction is false"],
    ]);
  });

  test("reads well whatever the condition is", () => {
    const textsOf = (condition: Condition) => {
      const scenarios = new Scenarios();
      const outcomes = scenarios.explore(() => scenarios.decide(condition));
      return outcomes.flatMap(({ decisions }) => decisions.map(({ text }) => text));
    };
    expect(textsOf(statement("data.x.enabled"))).toEqual([
      "data.x.enabled is true",
      "data.x.enabled is false",
    ]);
    const comparison = { ...statement("a < b"), denial: "a >= b" };
    expect(textsOf(comparison)).toEqual(["a < b", "a >= b"]);
    const team = subject("team");
    expect(textsOf(isOneOf(team, "b"))).toEqual(["team is b", "team is not b"]);
    expect(textsOf(isOneOf(team, ""))).toEqual(['team is ""', 'team is not ""']);
    expect(textsOf(isOneOf(team, "a b"))).toEqual(['team is "a b"', 'team is not "a b"']);
    const nullness = {
      key: "n",
      label: "x is null",
      denial: "x is not null",
      domain: [true, false],
    };
    expect(textsOf(isOneOf(nullness, true))).toEqual(["x is null", "x is not null"]);
  });

  test("agrees with trying every assignment", () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), (conditions) => {
        const reached = new Set(
          resultsOf((s) => JSON.stringify(conditions.map((c) => s.decide(c)))),
        );
        expect(reached).toEqual(truthsOf(conditions, assignments));
      }),
    );
  });
});

describe("require", () => {
  test("agrees with trying every assignment", () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 2 }),
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        (conditions, required) => {
          const scenarios = new Scenarios();
          let left = assignments;
          for (const one of required) {
            const suiting = left.filter((assignment) => holds(one, assignment));
            // What nothing satisfies is left out.
            expect(scenarios.require(() => one)).toBe(suiting.length > 0);
            if (suiting.length > 0) left = suiting;
          }
          const outcomes = scenarios.explore(() =>
            JSON.stringify(conditions.map((one) => scenarios.decide(one))),
          );
          expect(new Set(outcomes.map(({ result }) => result))).toEqual(truthsOf(conditions, left));
          const values = scenarios.explore(() => scenarios.possibleValues(number) ?? []);
          expect(new Set(values.flatMap(({ result }) => result))).toEqual(
            new Set(left.map((assignment) => assignment.get("x"))),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test("is computed in each scenario that it depends on", () => {
    const scenarios = new Scenarios();
    scenarios.require(() => scenarios.decide(statement("a")) !== true || isOneOf(letter, "a"));
    const outcomes = scenarios.explore(() => [
      scenarios.decide(isOneOf(letter, "b")),
      scenarios.decide(statement("a")),
    ]);
    expect(outcomes.map(({ result }) => result)).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  test("leaves the values that it lists to a subject without domain", () => {
    const name = subject("name");
    const scenarios = new Scenarios();
    scenarios.require(() => isOneOf(name, "a", "b", "c"));
    scenarios.require(() => ({ kind: "not", operand: isOneOf(name, "b") }));
    expect(scenarios.explore(() => scenarios.possibleValues(name))).toMatchObject([
      { result: ["a", "c"] },
    ]);
    const outcomes = scenarios.explore(() => scenarios.decide(isOneOf(name, "b", "d")));
    expect(outcomes).toMatchObject([{ decisions: [], result: false }]);
  });

  test("narrows nothing where it is too much to search", () => {
    // Seven pigeons do not fit in six holes, which takes long to find out.
    const holes = Array.from({ length: 6 }, (_, index) => index);
    const pigeons = Array.from({ length: 7 }, (_, index) => index);
    const sits = (pigeon: number, hole: number) => statement(`${pigeon} in ${hole}`);
    const scenarios = new Scenarios();
    for (const pigeon of pigeons) {
      scenarios.require(() => ({ kind: "or", operands: holes.map((hole) => sits(pigeon, hole)) }));
    }
    for (const hole of holes) {
      for (const pigeon of pigeons) {
        for (const other of pigeons.slice(pigeon + 1)) {
          const operands = [sits(pigeon, hole), sits(other, hole)];
          const together: Condition = { kind: "and", operands };
          scenarios.require(() => ({ kind: "not", operand: together }));
        }
      }
    }
    const outcomes = scenarios.explore(() => scenarios.decide(sits(0, 0)));
    expect(outcomes.map(({ result }) => result)).toEqual([true, false]);
  });
});

describe("memoize", () => {
  test("computes once what does not depend on the scenario", () => {
    const scenarios = new Scenarios();
    let computed = 0;
    const read = scenarios.memoize(
      () => (computed += 1),
      () => -1,
    );
    scenarios.explore(() => [read(), scenarios.decide(statement("a")), read()]);
    expect(computed).toBe(1);
  });

  test("computes once per scenario what does", () => {
    const scenarios = new Scenarios();
    const inner = scenarios.memoize(
      () => scenarios.decide(statement("a")),
      () => undefined,
    );
    // It depends on the scenario only through something that was already computed.
    const outer = scenarios.memoize(
      () => [inner()],
      () => [],
    );
    const outcomes = scenarios.explore(() => [inner(), ...outer()]);
    expect(outcomes.map(({ result }) => result)).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test("computes once for each answer, however many explore", () => {
    const scenarios = new Scenarios();
    let computed = 0;
    const read = scenarios.memoize(
      () => [(computed += 1), scenarios.decide(statement("a"))],
      () => [],
    );
    const explored = () => scenarios.explore(() => [read(), scenarios.decide(statement("b"))]);
    expect(explored()).toEqual(explored());
    expect(computed).toBe(2);
  });

  test("depends on nothing that was explored inside", () => {
    const scenarios = new Scenarios();
    let computed = 0;
    const read = scenarios.memoize(
      () => [(computed += 1), scenarios.explore(() => scenarios.decide(statement("a"))).length],
      () => [],
    );
    scenarios.explore(() => [scenarios.decide(statement("a")), read()]);
    expect(computed).toBe(1);
  });

  // What was computed in other scenarios must never show, neither in results nor in decisions.
  test("gives what computing once per scenario gives", () => {
    fc.assert(
      fc.property(fc.array(computation, { minLength: 1, maxLength: 5 }), (computations) => {
        const runs = [computations, computations.toReversed(), computations];
        const remembered = new Scenarios();
        const read = readersOf(computations, remembered, (compute) =>
          remembered.memoize(compute, () => "cyclic"),
        );
        const fresh = new Scenarios();
        let run = 0;
        const readFresh = readersOf(computations, fresh, (compute) => {
          let cached: { readonly run: number; readonly value: string } | undefined;
          return () => {
            if (cached?.run !== run) cached = { run, value: compute() };
            return cached.value;
          };
        });
        for (const order of runs) {
          const indexes = order.map((each) => computations.indexOf(each));
          const expected = fresh.explore(() => {
            run += 1;
            return indexes.map((index) => readFresh[index]?.());
          });
          expect(remembered.explore(() => indexes.map((index) => read[index]?.()))).toEqual(
            expected,
          );
        }
      }),
    );
  });

  test("answers a computation that asks for itself", () => {
    const scenarios = new Scenarios();
    const read: () => string = scenarios.memoize(
      () => `(${read()})`,
      () => "cyclic",
    );
    expect(read()).toBe("(cyclic)");
  });
});

/** What a computation asks one after the other, of the scenario or of a computation before it. */
type Question =
  | { readonly kind: "decide"; readonly condition: Condition }
  | { readonly kind: "values"; readonly subject: Subject }
  | { readonly kind: "read"; readonly index: number };

const subjects: readonly Subject[] = [subject("color", "red", "green", "blue"), subject("name")];

const question: fc.Arbitrary<Question> = fc.oneof(
  fc.record({
    kind: fc.constant("decide" as const),
    condition: fc.oneof(
      fc.constantFrom("a", "b").map(statement),
      fc.record({
        kind: fc.constant("is-one-of" as const),
        subject: fc.constantFrom(...subjects),
        values: fc.uniqueArray(fc.constantFrom("red", "green", "other"), { minLength: 1 }),
      }),
    ),
  }),
  // Of a subject that is never decided: what is asked later of others may be told more exactly.
  fc.constant({ kind: "values" as const, subject: environment }),
  fc.record({ kind: fc.constant("read" as const), index: fc.nat(4) }),
);

/** Questions, and those that are asked only if the scenario says yes to the first. */
const computation = fc.record({
  always: fc.array(question, { maxLength: 3 }),
  ifSo: fc.array(question, { maxLength: 2 }),
});

/** A function for each computation that gives all it was told; none asks itself or a later one. */
function readersOf(
  computations: readonly {
    readonly always: readonly Question[];
    readonly ifSo: readonly Question[];
  }[],
  scenarios: Scenarios,
  remember: (compute: () => string) => () => string,
): readonly (() => string)[] {
  const readers: (() => string)[] = [];
  for (const { always, ifSo } of computations) {
    const earlier = [...readers];
    const ask = (asked: Question): unknown => {
      if (asked.kind === "decide") return scenarios.decide(asked.condition);
      if (asked.kind === "values") return scenarios.possibleValues(asked.subject);
      return earlier[asked.index]?.();
    };
    const compute = () => {
      const told = always.map(ask);
      return JSON.stringify([told, told.includes(true) ? ifSo.map(ask) : []]);
    };
    readers.push(remember(compute));
  }
  return readers;
}
