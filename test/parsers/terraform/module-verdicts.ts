import { checkDeployment } from "../../../src/engine/check-deployment.js";
import type { LoadModuleCatalogue } from "../../../src/data/module-catalogue.js";
import { normalizeDeployment } from "../../../src/parsers/resources/normalize-deployment.js";
import { evaluateRootModule } from "../../../src/parsers/terraform/evaluate-root-module.js";
import { ModuleLoader } from "../../../src/parsers/terraform/load-module.js";
import { requireImdsv2 } from "../../../src/rules/require-imdsv2.js";
import { MemoryFileSystem } from "../../../src/source/memory-file-system.js";

/** Whether a launch answers IMDSv1; "rejected" where Terraform would not get that far. */
export type Verdict = "fail" | "open" | "pass" | "rejected";

/** One call of a public module, and what its launches came to when it was installed. */
export interface RecordedCall {
  readonly directory: string;
  readonly version: string;
  /** The call's arguments besides source and version. */
  readonly arguments: string;
  /** By address. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** The recordings of one module. */
export interface RecordedCalls {
  readonly module: string;
  readonly calls: readonly RecordedCall[];
}

/** The types of resources that recordings speak of. */
const recordedTypes: ReadonlySet<string> = new Set([
  "aws_instance",
  "aws_launch_template",
  "aws_launch_configuration",
]);

/** The root module that a recorded call stands in. */
export function rootModuleOf(
  module: string,
  { directory, version, arguments: own }: Omit<RecordedCall, "verdicts">,
): string {
  const source = directory === "" ? module : `${module}//${directory}`;
  return `module "m" {\n  source  = "${source}"\n  version = "${version}"\n  ${own}\n}\n`;
}

/** What the launches of the root module in `/` come to. */
export function judgeLaunches(
  texts: Readonly<Record<string, string>>,
  loadCatalogue?: LoadModuleCatalogue,
): Readonly<Record<string, Verdict>> {
  const fileSystem = new MemoryFileSystem(texts);
  const deployment = evaluateRootModule("/root", {
    fileSystem,
    loader: new ModuleLoader(fileSystem),
    treeDirectory: "/",
    resourceTypes: recordedTypes,
    ...(loadCatalogue === undefined ? {} : { loadCatalogue }),
  });
  if (deployment === undefined) throw new Error("no root module");
  const normalized = normalizeDeployment(deployment, () => undefined);
  const { problems } = checkDeployment(normalized, [requireImdsv2], deployment.scenarios);
  const verdicts = new Map<string, Verdict>();
  for (const launch of normalized.launchSpecifications) {
    if (launch.exists === "no") continue;
    const [first] = problems.filter((located) => located.launch === launch);
    const isRejected = first?.problem.kind === "open" && first.problem.reason.kind === "invalid";
    verdicts.set(launch.address, isRejected ? "rejected" : (first?.problem.kind ?? "pass"));
  }
  return Object.fromEntries([...verdicts].sort(([left], [right]) => (left < right ? -1 : 1)));
}
