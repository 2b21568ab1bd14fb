import { resolve } from "node:path";
import { DiskFileSystem } from "../../../../src/node/disk-file-system.js";
import { Diagnostics } from "../../../../src/parsers/terraform/diagnostics.js";
import { evaluateExpression } from "../../../../src/parsers/terraform/evaluate-expression.js";
import type { FunctionCallContext } from "../../../../src/parsers/terraform/functions/terraform-function.js";
import { OpenValues } from "../../../../src/parsers/terraform/open-values.js";
import { Scope, withoutNames } from "../../../../src/parsers/terraform/scope.js";
import {
  evaluateTemplateText,
  evaluateVariablesText,
} from "../../../../src/parsers/terraform/texts.js";
import { SourceFile } from "../../../../src/source/source-file.js";
import { unknown } from "../../../../src/values/evaluated.js";
import type { Origin } from "../../../../src/values/origin.js";
import { Scenarios } from "../../../../src/values/scenarios.js";

/** The root module that the recordings were made in. */
const rootModule = resolve("fixtures/oracle/root-module").replaceAll("\\", "/");

/** The place of the call in every test. */
const callOrigin: Origin = {
  location: { path: `${rootModule}/main.tf`, range: { start: 0, end: 100 } },
  step: "written",
};

/** The place of the argument of that number, within the call. */
export function argumentOrigin(index: number): Origin {
  const start = 10 + 10 * index;
  return {
    location: { path: callOrigin.location.path, range: { start, end: start + 5 } },
    step: "written",
  };
}

/** A call in the root module, which is the tree being linted. */
export function callContext(changes: Partial<FunctionCallContext> = {}): FunctionCallContext {
  const fileSystem = changes.fileSystem ?? new DiskFileSystem();
  const scope = emptyScope(fileSystem);
  return {
    origin: callOrigin,
    fileSystem,
    moduleDirectory: rootModule,
    rootDirectory: rootModule,
    treeDirectory: rootModule,
    sourceFile: () => undefined,
    evaluateTemplate: (text, path, variables, by) =>
      evaluateTemplateText(new SourceFile(path, text), variables, by, callOrigin, scope),
    evaluateVariables: (text) => evaluateVariablesText(text, callOrigin, scope),
    ...changes,
  };
}

/** A scope in which nothing is declared. */
function emptyScope(fileSystem: FunctionCallContext["fileSystem"]): Scope {
  const scenarios = new Scenarios();
  const nothing = { kind: "not-available", what: "a declaration" } as const;
  return new Scope({
    context: {
      scenarios,
      diagnostics: new Diagnostics(),
      openValues: new OpenValues(scenarios),
      fileSystem,
      rootDirectory: rootModule,
      treeDirectory: rootModule,
      addFile: () => undefined,
      readFile: () => undefined,
      addBlock: () => undefined,
      findInstance: () => undefined,
      resourceAttribute: (_address, _name, use) => unknown(nothing, use),
      elementOf: (_address, _key, use) => unknown(nothing, use),
      awsProvider: () => undefined,
      evaluate: evaluateExpression,
    },
    namespaces: withoutNames({ path: "", directory: rootModule }, "in these tests"),
    file: new SourceFile(callOrigin.location.path, ""),
    step: "written",
    bindings: [],
    isGuarded: true,
  });
}
