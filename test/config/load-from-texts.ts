import type { Configuration } from "../../src/config/configuration.js";
import { loadConfiguration } from "../../src/config/load-configuration.js";
import { parseTolerantly } from "../../src/parsers/yaml/tolerant.js";
import { rules } from "../../src/rules/index.js";
import { MemoryFileSystem } from "../../src/source/memory-file-system.js";

/** What loading one of several files in `/tree` gave: the configuration, and what is wrong, by place. */
export interface LoadedFromTexts {
  readonly configuration: Configuration | undefined;
  /** `path:line:column: message`, counted from one. */
  readonly errors: readonly string[];
}

/** Loads the configuration at `path`. All paths are absolute. */
export function loadFromTexts(
  path: string,
  texts: Readonly<Record<string, string>>,
  patternDirectory = path.replace(/\/[^/]*$/, ""),
): LoadedFromTexts {
  const { configuration, errors, files } = loadConfiguration(path, {
    fileSystem: new MemoryFileSystem(texts),
    rootDirectory: "/tree",
    patternDirectory,
    loadTolerantYaml: () => parseTolerantly,
    rules,
  });
  const lines = errors.map(({ message, location }) => {
    const position = files.get(location.path)?.position(location.range.start);
    const { line = -1, column = -1 } = position ?? {};
    return `${location.path}:${line + 1}:${column + 1}: ${message}`;
  });
  return { configuration, errors: lines };
}
