import { evaluateRootModule } from "../../../src/parsers/terraform/evaluate-root-module.js";
import { ModuleLoader } from "../../../src/parsers/terraform/load-module.js";
import type { Resource } from "../../../src/parsers/resource.js";
import { MemoryFileSystem } from "../../../src/source/memory-file-system.js";
import { entryValue, type Evaluated } from "../../../src/values/evaluated.js";
import type { Scenarios } from "../../../src/values/scenarios.js";

/** What stands for an unknown value in plain ones. */
export const unknownValue = { $unknown: null } as const;

/** A root module that was evaluated, ready to be asked for values. */
export interface EvaluatedTexts {
  readonly resources: readonly Resource[];
  readonly scenarios: Scenarios;
  /** The argument of a resource, as plain JSON; by default of `test.it`. */
  read(argument: string, address?: string): unknown;
  /** What was skipped since, as messages. */
  readonly skipped: () => readonly string[];
  readonly errors: () => readonly string[];
}

/** Evaluates the root module in `/root`; paths of texts are relative to it. Throws where there is none. */
export function evaluateTexts(texts: Readonly<Record<string, string>>): EvaluatedTexts {
  const files = Object.entries(texts).map(([path, text]) => [`/root/${path}`, text]);
  const fileSystem = new MemoryFileSystem(Object.fromEntries(files) as Record<string, string>);
  const loader = new ModuleLoader(fileSystem);
  const deployment = evaluateRootModule("/root", { fileSystem, loader });
  if (deployment === undefined) throw new Error("there is no module in /root");
  const { resources, scenarios } = deployment;
  return {
    resources,
    scenarios,
    read: (argument, address = "test.it") => {
      const resource = resources.find((candidate) => candidate.address === address);
      if (resource === undefined) throw new Error(`there is no ${address}`);
      const properties = resource.properties();
      const value = properties.state === "map" ? entryValue(properties, argument) : undefined;
      if (value === undefined) throw new Error(`${address} has no ${argument}`);
      return plainValue(value);
    },
    skipped: () => deployment.skipped.map(({ message }) => message),
    errors: () => deployment.errors.map(({ message }) => message),
  };
}

/** Evaluates one expression in the scope of a root module. */
export function evaluateIn(
  texts: Readonly<Record<string, string>>,
  expression: string,
): { readonly value: unknown; readonly rejections: readonly string[] } {
  const question = `resource "test" "it" {\n  value = ${expression}\n}\n`;
  const evaluated = evaluateTexts({ ...texts, "question.tf": question });
  const value = evaluated.read("value");
  const rejections = evaluated.skipped().filter((message) => message.includes("rejects"));
  return { value, rejections };
}

/**
 * A value without its origins: lists and sets as `{ "$tolist": … }` and `{ "$toset": … }`, tuples as
 * arrays, whatever is unknown as `unknownValue`.
 */
export function plainValue(value: Evaluated): unknown {
  switch (value.state) {
    case "unknown":
      return unknownValue;
    case "unset":
      return null;
    case "known":
      // JSON has no -0.
      return typeof value.value === "number" ? value.value + 0 : value.value;
    case "list": {
      const items = value.items.map(plainValue);
      return value.collection === "tuple" ? items : { [`$to${value.collection}`]: items };
    }
    case "map":
      return Object.fromEntries(
        [...value.entries].map(([key, entry]) => [key, plainValue(entry.value)]),
      );
  }
}
