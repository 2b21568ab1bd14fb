import type {
  EvaluatedList,
  EvaluatedMap,
  EvaluatedUnknown,
  Evaluated,
} from "../../values/evaluated.js";
import { lazyEntry } from "../../values/lazy-entry.js";

/** What only deploying decides, by its path within the resource: `metadata_options[0].http_tokens`. */
type Open = (path: string) => EvaluatedUnknown;

/**
 * The nested blocks of one type as an expression sees them that refers to them: a list, in which what
 * is written is known. What is not may be computed. Where it is open which blocks are made, so is the list.
 * https://developer.hashicorp.com/terraform/language/expressions/references#references-to-resource-attributes
 */
export function referencedBlocks(blocks: EvaluatedList, path: string, open: Open): Evaluated {
  const items: Evaluated[] = [];
  for (const [index, block] of blocks.items.entries()) {
    if (block.state !== "map" || block.madeOf !== undefined) return open(path);
    items.push(referencedBlock(block, `${path}[${index}]`, open));
  }
  return { ...blocks, items };
}

function referencedBlock(block: EvaluatedMap, path: string, open: Open): EvaluatedUnknown {
  const entries = new Map(
    [...block.entries].map(([name, entry]) => {
      const read = () => referencedPart(entry.value, `${path}.${name}`, open);
      return [name, lazyEntry(entry.key, read)] as const;
    }),
  );
  return { ...open(path), origin: block.origin, isNeverNull: true, contents: { entries } };
}

function referencedPart(written: Evaluated, path: string, open: Open): Evaluated {
  if (written.state === "unset") return open(path);
  return isBlocks(written) ? referencedBlocks(written, path, open) : written;
}

/** Blocks are neither maps nor objects, as what expressions make is. */
function isBlocks(written: Evaluated): written is EvaluatedList {
  return (
    written.state === "list" &&
    written.items.every((item) => item.state === "map" && item.collection === undefined)
  );
}
