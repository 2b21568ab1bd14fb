import { readFileSync, writeFileSync } from "node:fs";
import { env } from "node:process";
import { expect } from "vitest";

/**
 * Compares a report with `expected/<name>`. `UPDATE=1 npx vitest run test/reporters` rewrites the
 * files; the difference is then read as carefully as code. The extension keeps formatters away.
 */
export function expectGolden(name: string, actual: string): void {
  const file = new URL(`expected/${name}.golden`, import.meta.url);
  if (env["UPDATE"] === "1") writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, "utf8"));
}
