import type { TolerantYamlParser } from "../parsers/yaml/parsed-yaml.js";

/** Loads the parser for broken YAML from a file of its own, which the build makes beside the bundle. */
export function loadTolerantYaml(): TolerantYamlParser {
  const load = require;
  return (load("./tolerant-yaml.cjs") as { parseTolerantly: TolerantYamlParser }).parseTolerantly;
}
