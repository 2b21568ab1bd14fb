import type { FileSystem } from "../../source/file-system.js";
import { filesBelow } from "../../source/files-below.js";
import { reachedUpwards, rootsAmong } from "../call-graph.js";
import { entryOf } from "../yaml/syntax-tree.js";
import { mayInclude } from "./includes.js";
import { mayNestStacks, stackTemplateOf } from "./nested-stack-template.js";
import { isCloudFormationTemplate, isTemplatePath } from "./recognise-template.js";
import type { ParsedTemplate, TemplateFiles } from "./template-files.js";

/**
 * The templates through which the given ones are judged: those in the tree that nest them, directly
 * or not, and those of them that are deployed by themselves. Of `snippets`, files that are no templates,
 * those in the tree that include them. Absolute paths, sorted.
 */
export function rootTemplatesOf(
  templates: readonly string[],
  snippets: readonly string[],
  files: TemplateFiles,
  fileSystem: FileSystem,
  treeDirectory: string,
): readonly string[] {
  const textOf = (path: string) => {
    const input = fileSystem.read(path);
    return "error" in input ? "" : input.text;
  };
  // A template without parameters is the same whoever nests it, so that its parents need not be found.
  const isSameForAll =
    snippets.length === 0 && templates.every((path) => !/\bParameters\b/.test(textOf(path)));
  const all = new Set(templates);
  if (!isSameForAll) {
    for (const path of filesBelow(treeDirectory, fileSystem, isTemplatePath)) all.add(path);
  }
  const callers = new Map<string, string[]>();
  for (const path of [...all].sort()) {
    const text = textOf(path);
    if (!(mayNestStacks(text) || mayInclude(text)) || !isCloudFormationTemplate(text)) continue;
    for (const nested of new Set(templatesPartOf(path, files))) {
      if (nested === path) continue;
      const known = callers.get(nested);
      if (known === undefined) callers.set(nested, [path]);
      else known.push(path);
    }
  }
  const included = snippets.filter((path) => callers.has(path));
  const reached = [...reachedUpwards([...templates, ...included], callers)];
  const isSnippet = new Set(snippets);
  return rootsAmong(reached, callers, treeDirectory).filter((path) => !isSnippet.has(path));
}

/** The files that a template nests or includes. */
function templatesPartOf(path: string, files: TemplateFiles): readonly string[] {
  const template = files.load(path);
  if (template === undefined) return [];
  const { included = [] } = template;
  return [...included.map(({ file }) => file.path), ...templatesNestedIn(template, files)];
}

function templatesNestedIn(parsed: ParsedTemplate, files: TemplateFiles): readonly string[] {
  const { root } = parsed;
  const resources = root.kind === "mapping" ? entryOf(root, "Resources")?.value : undefined;
  if (resources?.kind !== "mapping") return [];
  return resources.entries.flatMap(({ key, value }) => {
    const template =
      value.kind === "mapping" ? stackTemplateOf(key.text, value, parsed, files) : undefined;
    return template?.kind === "file" ? [template.path] : [];
  });
}
