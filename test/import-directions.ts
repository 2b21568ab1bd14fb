import type { IForbiddenRuleType } from "dependency-cruiser";

/** The folders of `src/`, the highest first; one may import only what stands further down. */
const layers = [
  ["cli"],
  ["language-server"],
  ["node"],
  ["engine"],
  ["reporters", "fixes", "config"],
  ["rules", "parsers"],
  ["model"],
  ["findings"],
  ["values"],
  ["source", "data"],
];

const rank = new Map(layers.flatMap((folders, index) => folders.map((name) => [name, index])));

/** A folder may not import what stands above it, nor what stands beside it. */
const directions = [...rank].map(([folder, index]) => {
  const forbidden = [...rank].filter(([other, at]) => other !== folder && at <= index);
  return {
    name: `${folder}-imports-down-only`,
    severity: "error" as const,
    from: { path: `^src/${folder}/` },
    to: { path: `^src/(${forbidden.map(([other]) => other).join("|")})/` },
  };
});

/** Who may not import whom, for dependency-cruiser. */
export const forbiddenImports: IForbiddenRuleType[] = [
  ...directions,
  {
    name: "no-cycles",
    severity: "error",
    from: { path: "^src/" },
    to: { circular: true },
  },
  {
    name: "core-without-node",
    comment: "The core runs in browsers too: files come through FileSystem.",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/(node|cli|language-server)/" },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "dialects-apart",
    severity: "error",
    from: { path: "^src/parsers/cloudformation/" },
    to: { path: "^src/parsers/terraform/" },
  },
  {
    name: "dialects-apart-too",
    severity: "error",
    from: { path: "^src/parsers/terraform/" },
    to: { path: "^src/parsers/cloudformation/" },
  },
  {
    name: "plans-apart",
    comment: "A plan is located in its Terraform source, so it reads that; nothing reads a plan.",
    severity: "error",
    from: { path: "^src/parsers/(cloudformation|terraform|resources)/" },
    to: { path: "^src/parsers/terraform-plan/" },
  },
  {
    name: "plans-without-cloudformation",
    severity: "error",
    from: { path: "^src/parsers/terraform-plan/" },
    to: { path: "^src/parsers/(cloudformation|resources)/" },
  },
  {
    name: "syntax-knows-no-meaning",
    comment: "Syntax trees depend on text alone.",
    severity: "error",
    from: { path: "^src/parsers/(yaml|json|hcl)/" },
    to: {
      path: "^src/(values|model|parsers/(cloudformation|terraform|terraform-plan|resources))/",
    },
  },
];
