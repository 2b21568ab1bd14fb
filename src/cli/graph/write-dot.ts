import { makeVisible } from "../../reporters/visible-text.js";
import { exposureWords, type GraphNode, type LaunchGraph } from "./launch-graph.js";

/** Colours of borders and of what is within, by exposure. */
const colors = {
  unsafe: { border: "#b3261e", fill: "#fce8e6" },
  open: { border: "#8a6100", fill: "#fff4d6" },
  safe: { border: "#2e7d32", fill: "#e8f5e9" },
} as const;

const shapes = {
  launcher: "box",
  "launch-template": "note",
  "account-defaults": "house",
} as const;

/** The graph in Graphviz's language. https://graphviz.org/doc/info/lang.html */
export function writeDot({ nodes, edges }: LaunchGraph): string {
  const files = [...new Set(nodes.map(({ file }) => file))];
  const clusters = files.map((file, index) => {
    const own = nodes.filter((node) => node.file === file);
    return [
      `  subgraph cluster_${index} {`,
      `    label=${quote(file)}; color="#9aa0a6";`,
      ...own.map((node) => `    ${writeNode(node)}`),
      "  }",
    ].join("\n");
  });
  const arrows = edges.map(({ from, to, kind }) =>
    kind === "launch-template"
      ? `  ${from} -> ${to};`
      : `  ${from} -> ${to} [style=dashed, label="defaults"];`,
  );
  return [
    "digraph imdslint {",
    "  rankdir=LR;",
    '  node [style=filled, fontname="sans-serif"];',
    ...clusters,
    ...arrows,
    "}",
    "",
  ].join("\n");
}

function writeNode({ id, kind, address, type, exposure }: GraphNode): string {
  const { border, fill } = colors[exposure];
  const label = quote(`${address}\n${type}\n${exposureWords[exposure]}`);
  return `${id} [label=${label}, shape=${shapes[kind]}, color="${border}", fillcolor="${fill}"];`;
}

function quote(text: string): string {
  const lines = text.split("\n").map((line) => makeVisible(line).replace(/["\\]/g, "\\$&"));
  return `"${lines.join("\\n")}"`;
}
