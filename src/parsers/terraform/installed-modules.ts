import { parseJson } from "../json/parse-json.js";
import { type DataNode, entryOf } from "../yaml/syntax-tree.js";
import type { HclFiles } from "./hcl-files.js";
import { directoryAt } from "./module-source.js";

/** Directories of installed modules by the path of their call, such as `web` or `web.template`. */
export type InstalledModules = ReadonlyMap<string, string>;

/**
 * Reads what `terraform init` has installed for a root module. Directories are absolute; in the
 * manifest they are relative to the root module.
 * https://developer.hashicorp.com/terraform/cli/commands/get
 */
export function readInstalledModules(rootDirectory: string, files: HclFiles): InstalledModules {
  const installed = new Map<string, string>();
  const manifest = files.read(`${rootDirectory}/.terraform/modules/modules.json`);
  if ("error" in manifest) return installed;
  const { root } = parseJson(manifest.text);
  const modules = root === undefined ? undefined : member(root, "Modules");
  for (const module of modules?.kind === "sequence" ? modules.items : []) {
    const key = text(member(module, "Key"));
    const directory = text(member(module, "Dir"));
    if (key === undefined || directory === undefined) continue;
    installed.set(key, directoryAt(rootDirectory, directory));
  }
  return installed;
}

function member(node: DataNode, key: string): DataNode | undefined {
  return node.kind === "mapping" ? entryOf(node, key)?.value : undefined;
}

function text(node: DataNode | undefined): string | undefined {
  return node?.kind === "scalar" ? node.text : undefined;
}
