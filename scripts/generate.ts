import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { generateRuleIndex } from "./generate-rule-index.js";

const root = new URL("../", import.meta.url);

writeFileSync(
  new URL("src/rules/index.ts", root),
  await format(generateRuleIndex(), { parser: "typescript", printWidth: 100 }),
);
