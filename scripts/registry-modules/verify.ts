import type { Resource } from "../../src/parsers/resource.js";
import { unknown } from "../../src/values/evaluated.js";
import type { Choose, InputState } from "./decision-tree.js";
import { unknownInput } from "./expression.js";
import { describeLaunch } from "./launch-map.js";
import { everything, type InputHints } from "./question.js";
import type { RealModule } from "./real-module.js";
import { SymbolicInputs } from "./symbolic-input.js";

const elsewhere = unknown(
  { kind: "not-supported", what: unknownInput },
  { location: { path: "/input", range: { start: 0, end: 0 } }, step: "written" },
);

/**
 * Calls a module and its reduction with the same inputs, drawn by lot but always the same ones, and
 * tells the first difference in what they launch; undefined where there is none. `draws` is how
 * often.
 */
export function findDifference(
  real: RealModule,
  reduced: RealModule,
  hints: InputHints,
  draws: number,
): string | undefined {
  const { groups = {} } = hints;
  const question = everything(hints);
  let compared = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const answers = new Map<string, InputState>();
    const random = lots(draw);
    // Every third draw leaves most things out, so that maps come out empty too.
    const sparseness = draw % 3 === 0 ? 0.9 : 0;
    const choose: Choose = (path, states) => {
      const key = path.join(".");
      const known = answers.get(key);
      if (known !== undefined) return known;
      const isLeftOut = states.includes("absent") && random() < sparseness;
      const state = isLeftOut ? "absent" : (states[Math.floor(random() * states.length)] ?? "null");
      answers.set(key, state);
      return state;
    };
    const left = describeAll(launchesOf(real));
    const right = describeAll(launchesOf(reduced));
    if (!isComparable(left, right)) continue;
    compared += 1;
    const difference = compare(left, right);
    if (difference !== undefined) {
      return `${difference} where ${JSON.stringify(Object.fromEntries(answers))}`;
    }

    function launchesOf(module: RealModule): readonly Resource[] {
      // The types are those that the real module declares, whichever of both is asked.
      const inputs = new SymbolicInputs(question, choose, { groups });
      return module.launches((declaration) => {
        const declared = real.module.variables.get(declaration.labels[0] ?? "");
        if (declared !== undefined) {
          const isLeftOut = choose(["default", ...declared.labels], ["no", "no", "yes"]) === "yes";
          const hasDefault = declared.arguments.has("default");
          return isLeftOut && hasDefault ? undefined : inputs.argument(declared);
        }
        return declaration.labels[0] === unknownInput ? elsewhere : undefined;
      });
    }
  }
  return compared * 4 < draws ? "hardly ever is it known what is launched" : undefined;
}

type Described = ReadonlyMap<string, ReadonlyMap<string, string>>;

function describeAll(resources: readonly Resource[]): Described {
  return new Map(
    resources
      .filter((resource) => resource.exists() !== "no")
      .map((resource) => [resource.address, describeLaunch(resource)] as const),
  );
}

/** Where the number of instances is rejected, there is nothing to compare. */
function isComparable(real: Described, reduced: Described): boolean {
  const addresses = [...real.keys(), ...reduced.keys()];
  return (
    addresses.every((address) => real.has(address) && reduced.has(address)) ||
    addresses.every((address) => !address.includes("[*]"))
  );
}

function compare(real: Described, reduced: Described): string | undefined {
  for (const address of reduced.keys()) {
    if (!real.has(address)) return `${address} is not launched by the module`;
  }
  for (const [address, launch] of real) {
    const other = reduced.get(address);
    if (other === undefined) return `${address} is missing`;
    for (const [name, value] of launch) {
      if (value === "rejected" || other.get(name) === value) continue;
      // What is not known is never wrong.
      if (other.get(name) === "unknown") continue;
      return `${address} has ${name} ${value}, not ${String(other.get(name))},`;
    }
  }
  return undefined;
}

/** A small generator of numbers from 0 to 1 (mulberry32), so that every run draws the same. */
function lots(seed: number): () => number {
  let state = seed * 0x9e3779b9 + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
