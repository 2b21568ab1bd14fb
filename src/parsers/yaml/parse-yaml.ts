import { parseFast } from "./fast.js";
import type { ParsedYaml, TolerantYamlParser } from "./parsed-yaml.js";
import { readWithoutBrokenLines } from "./recover.js";

/**
 * Reads YAML: all styles, tags, anchors and aliases, several documents. Never throws.
 *
 * A text that the fast parser refuses is given to the tolerant one, which
 * `loadTolerantParser` fetches only then, being slow to load; the bundle of the
 * command line keeps it in a file of its own. Texts that both refuse are read
 * without their broken lines. Without a tolerant parser, a few well-formed texts
 * are reported as broken, and quotes left open cost more of the rest.
 */
export function parseYaml(text: string, loadTolerantParser?: () => TolerantYamlParser): ParsedYaml {
  const fast = parseFast(text);
  if (fast.isRead) return fast.parsed;
  if (fast.error.code === "too-deep") return { documents: [], errors: [fast.error] };

  const tolerant = loadTolerantParser?.()(text);
  if (tolerant !== undefined && tolerant.syntaxError === undefined) return tolerant;
  const recovered = readWithoutBrokenLines(text, fast.error, tolerant);
  return recovered ?? tolerant ?? { documents: [], errors: [fast.error] };
}
