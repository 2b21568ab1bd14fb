import { makeVisible } from "../../reporters/visible-text.js";
import { exposureWords, type GraphNode, type LaunchGraph } from "./launch-graph.js";

const brackets = {
  launcher: ["[", "]"],
  "launch-template": ["[/", "/]"],
  "account-defaults": ["([", "])"],
} as const;

/** The graph as a flowchart of Mermaid, which GitHub and GitLab draw. https://mermaid.js.org/syntax/flowchart.html */
export function writeMermaid({ nodes, edges }: LaunchGraph): string {
  const files = [...new Set(nodes.map(({ file }) => file))];
  const groups = files.flatMap((file, index) => [
    `  subgraph file${index + 1}[${quote(file)}]`,
    ...nodes.filter((node) => node.file === file).map((node) => `    ${writeNode(node)}`),
    "  end",
  ]);
  const arrows = edges.map(({ from, to, kind }) =>
    kind === "launch-template" ? `  ${from} --> ${to}` : `  ${from} -. defaults .-> ${to}`,
  );
  return [
    "flowchart LR",
    ...groups,
    ...arrows,
    "  classDef unsafe fill:#fce8e6,stroke:#b3261e,color:#202124",
    "  classDef open fill:#fff4d6,stroke:#8a6100,color:#202124",
    "  classDef safe fill:#e8f5e9,stroke:#2e7d32,color:#202124",
    "",
  ].join("\n");
}

function writeNode({ id, kind, address, type, exposure }: GraphNode): string {
  const [open, close] = brackets[kind];
  const lines = [address, type, exposureWords[exposure]].map(escape);
  return `${id}${open}"${lines.join("<br/>")}"${close}:::${exposure}`;
}

function quote(text: string): string {
  return `"${escape(text)}"`;
}

/** Everything that Mermaid or HTML would take for more than text, as an entity of Mermaid's. */
function escape(text: string): string {
  return makeVisible(text).replace(
    /[^\p{L}\p{N} ._:/@,()=+-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
