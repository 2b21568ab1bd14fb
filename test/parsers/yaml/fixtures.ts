import { readdirSync, readFileSync } from "node:fs";

const ROOT = new URL("../../../fixtures/parsers/yaml/", import.meta.url);

/** One fixture's name without its extension, and its text. */
export interface YamlFixture {
  readonly name: string;
  readonly text: string;
}

/** The fixtures of one kind, by name. */
export function yamlFixtures(kind: "well-formed" | "broken"): readonly YamlFixture[] {
  const folder = new URL(`${kind}/`, ROOT);
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      name: file.replace(/\.yaml$/, ""),
      text: readFileSync(new URL(file, folder), "utf8"),
    }));
}
