import type { FunctionCallContext } from "../../../../src/parsers/terraform/functions/terraform-function.js";
import { MemoryFileSystem } from "../../../../src/source/memory-file-system.js";
import type { Evaluated } from "../../../../src/values/evaluated.js";
import type { Origin } from "../../../../src/values/origin.js";
import { known } from "../../../../src/values/value.js";

/** The place of the call in every test. */
const callOrigin: Origin = {
  location: { path: "/tree/main.tf", range: { start: 0, end: 100 } },
  step: "written",
};

/** The place of the argument of that number, within the call. */
export function argumentOrigin(index: number): Origin {
  const start = 10 + 10 * index;
  return {
    location: { path: "/tree/main.tf", range: { start, end: start + 5 } },
    step: "written",
  };
}

/** A call in the root module `/tree`; templates fill in `${name}` and nothing else. */
export function callContext(changes: Partial<FunctionCallContext> = {}): FunctionCallContext {
  return {
    origin: callOrigin,
    fileSystem: new MemoryFileSystem({}),
    moduleDirectory: "/tree",
    rootDirectory: "/tree",
    treeDirectory: "/tree",
    evaluateTemplate: (text, _, variables) => {
      const filled = text.replace(/\$\{(\w+)\}/g, (_match, name: string) =>
        textOf(variables.get(name)),
      );
      return { ok: true, value: known(filled, callOrigin) };
    },
    ...changes,
  };
}

function textOf(value: Evaluated | undefined): string {
  return value?.state === "known" ? String(value.value) : "?";
}
