import { parseFast } from "./fast.js";
import type { ParsedYaml, TolerantYamlParser } from "./parsed-yaml.js";
import { readWithoutBrokenLines } from "./recover.js";
import { readShallowLines } from "./shallow-lines.js";

/**
 * Reads YAML: all styles, tags, anchors and aliases, several documents. Never throws.
 *
 * What the fast parser refuses is tried with its shallow lines joined, as
 * CloudFormation reads it, and then given to the tolerant parser, which
 * `loadTolerantParser` fetches only now, being slow to load. What that one
 * refuses too is read without its broken lines. Without a tolerant parser, a few
 * more texts count as broken, and quotes left open cost more of the rest.
 */
export function parseYaml(text: string, loadTolerantParser?: () => TolerantYamlParser): ParsedYaml {
  const fast = parseFast(text);
  if (fast.isRead) return fast.parsed;
  if (fast.error.code === "too-deep") return { documents: [], errors: [fast.error] };

  const shallow = readShallowLines(text, fast.error);
  if (shallow !== undefined) return shallow;

  const tolerant = loadTolerantParser?.()(text);
  if (tolerant !== undefined && tolerant.syntaxError === undefined) return tolerant;
  const recovered = readWithoutBrokenLines(text, fast.error, tolerant);
  return recovered ?? tolerant ?? { documents: [], errors: [fast.error] };
}
