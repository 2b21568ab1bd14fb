/** Commands that few runs need, in one bundle since they share most of what they use. */
export { runEffective } from "./effective.js";
export { runExplain } from "./explain.js";
export { runGraph } from "./graph.js";
