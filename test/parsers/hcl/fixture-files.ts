import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

const folder = join(import.meta.dirname, "../../../fixtures/parsers/hcl");

/** Names of the files in HCL under fixtures/parsers/hcl/. */
export const fixtureNames: readonly string[] = readdirSync(folder).filter((name) =>
  [".tf", ".tfvars", ".hcl"].includes(extname(name)),
);

/** Text of a file under fixtures/parsers/hcl/. */
export function readFixture(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}
