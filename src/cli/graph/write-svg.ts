import { displayWidth } from "../../reporters/text/display-width.js";
import { makeVisible } from "../../reporters/visible-text.js";
import { escapeMarkup } from "../../reporters/xml.js";
import { exposureWords, type GraphNode, type LaunchGraph, type NodeKind } from "./launch-graph.js";

/** From left to right: arrows lead from what launches to what it launches through. */
const columns: readonly NodeKind[] = ["launcher", "launch-template", "account-defaults"];

/** In pixels. */
const LINE = 16;
const CHARACTER = 7.3;
const PADDING = 10;
const ROW_GAP = 18;
const COLUMN_GAP = 90;
const MARGIN = 20;
const NODE_HEIGHT = 4 * LINE + PADDING;

/** A node with where it is drawn: its upper left corner. */
interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/**
 * The graph as a picture. Nodes stand in columns by their kind, each as near as may be to the nodes
 * that lead to it, so that few arrows cross.
 */
export function writeSvg(graph: LaunchGraph): string {
  const placed = placeNodes(graph);
  const byId = new Map(placed.map((place) => [place.node.id, place]));
  const right = Math.max(0, ...placed.map(({ x, width }) => x + width));
  const bottom = Math.max(0, ...placed.map(({ y }) => y + NODE_HEIGHT));
  const arrows = graph.edges.flatMap(({ from, to, kind }) => {
    const [start, end] = [byId.get(from), byId.get(to)];
    return start === undefined || end === undefined ? [] : [drawArrow(start, end, kind)];
  });
  const [width, height] = [Math.ceil(right + MARGIN), Math.ceil(bottom + MARGIN)];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="What launches instances through what">
<style>
text { font: 12px ui-monospace, monospace; fill: #202124 }
.address { font-weight: bold }
.note { fill: #5f6368 }
rect { stroke-width: 1.5 }
.unsafe rect { fill: #fce8e6; stroke: #b3261e; stroke-width: 3 }
.open rect { fill: #fff4d6; stroke: #8a6100; stroke-dasharray: 5 3 }
.safe rect { fill: #e8f5e9; stroke: #2e7d32 }
path { fill: none; stroke: #5f6368; stroke-width: 1.2 }
.account-defaults { stroke-dasharray: 4 3 }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><polygon points="0,0 8,4 0,8" fill="#5f6368"/></marker></defs>
<rect width="${width}" height="${height}" fill="#fff" stroke="none"/>
${[...arrows, ...placed.map(drawNode)].join("\n")}
</svg>
`;
}

function placeNodes({ nodes, edges }: LaunchGraph): readonly PlacedNode[] {
  const placed: PlacedNode[] = [];
  let x = MARGIN;
  for (const kind of columns) {
    const own = nodes.filter((node) => node.kind === kind);
    if (own.length === 0) continue;
    const width =
      Math.max(...own.flatMap(linesOf).map(({ text }) => textWidth(text))) + 2 * PADDING;
    const centre = (node: GraphNode) => {
      const sources = placed.filter(({ node: { id } }) =>
        edges.some(({ from, to }) => from === id && to === node.id),
      );
      const sum = sources.reduce((total, { y }) => total + y, 0);
      return sources.length === 0 ? undefined : sum / sources.length;
    };
    const wanted = own.map((node) => ({ node, at: centre(node) }));
    // Those that nothing leads to go below the others, in the order of the files.
    wanted.sort((left, right) => (left.at ?? Infinity) - (right.at ?? Infinity) || 0);
    let next = MARGIN;
    for (const { node, at = next } of wanted) {
      const y = Math.round(Math.max(next, at));
      placed.push({ node, x, y, width });
      next = y + NODE_HEIGHT + ROW_GAP;
    }
    x += width + COLUMN_GAP;
  }
  return placed;
}

function linesOf({ address, type, exposure, place }: GraphNode) {
  return [
    { text: address, style: "address" },
    { text: type, style: "" },
    { text: exposureWords[exposure], style: "" },
    { text: place, style: "note" },
  ];
}

function textWidth(text: string): number {
  return displayWidth(makeVisible(text)) * CHARACTER;
}

function drawNode({ node, x, y, width }: PlacedNode): string {
  const lines = linesOf(node).map(({ text, style }, index) => {
    const baseline = y + PADDING / 2 + (index + 1) * LINE - 4;
    const attribute = style === "" ? "" : ` class="${style}"`;
    return `<text x="${x + PADDING}" y="${baseline}"${attribute}>${escapeMarkup(text)}</text>`;
  });
  const corner = node.kind === "launcher" ? 0 : 12;
  return `<g class="${node.exposure}"><rect x="${x}" y="${y}" width="${width}" height="${NODE_HEIGHT}" rx="${corner}"/>${lines.join("")}</g>`;
}

function drawArrow(start: PlacedNode, end: PlacedNode, kind: string): string {
  const [fromX, fromY] = [start.x + start.width, start.y + NODE_HEIGHT / 2];
  const [toX, toY] = [end.x, end.y + NODE_HEIGHT / 2];
  const bend = COLUMN_GAP / 2;
  return `<path class="${kind}" marker-end="url(#tip)" d="M${fromX},${fromY} C${fromX + bend},${fromY} ${toX - bend},${toY} ${toX},${toY}"/>`;
}
