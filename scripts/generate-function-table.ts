import { readdirSync, readFileSync } from "node:fs";
import { functionFamilies } from "../src/parsers/terraform/functions/index.js";
import type { TerraformFunction } from "../src/parsers/terraform/functions/terraform-function.js";
import type { OracleFile } from "../test/parsers/terraform/functions/oracle-case.js";

const recordings = new URL("../fixtures/oracle/terraform-functions/", import.meta.url);

/** How often each function was checked, by function and then by what it was checked against. */
type Checks = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The tables of `docs/terraform.md`, in Markdown: each function, and what is known of its result. */
export function generateFunctionTables(): string {
  const checks = countChecks();
  return Object.entries(functionFamilies)
    .map(([family, functions]) => {
      const rows = Object.entries(functions)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, run]) => row(name, run, family, checks));
      return `### ${family}\n\n| Function | Result | Checked against |\n| --- | --- | --- |\n${rows.join("\n")}`;
    })
    .join("\n\n");
}

function row(name: string, run: TerraformFunction, family: string, checks: Checks): string {
  const result = run.unknownBecause === undefined ? "known" : `unknown: ${run.unknownBecause}`;
  const against = [...(checks.get(name) ?? [])].map(([program, count]) => `${program} (${count})`);
  return `| [\`${name}\`](${addressOf(name, family)}) | ${result} | ${against.join(", ")} |`;
}

/** Where the function is documented. */
function addressOf(name: string, family: string): string {
  const [, provider, own = ""] = /^provider::(\w+)::(\w+)$/.exec(name) ?? [];
  if (provider === "terraform") {
    return `https://developer.hashicorp.com/terraform/language/functions/terraform-${own}`;
  }
  if (provider !== undefined) {
    return `https://registry.terraform.io/providers/hashicorp/${provider}/latest/docs/functions/${own}`;
  }
  return family === "OpenTofu only"
    ? `https://opentofu.org/docs/language/functions/${name}/`
    : `https://developer.hashicorp.com/terraform/language/functions/${name}`;
}

function countChecks(): Checks {
  const checks = new Map<string, Map<string, number>>();
  for (const name of readdirSync(recordings)) {
    const file = JSON.parse(readFileSync(new URL(name, recordings), "utf8")) as OracleFile;
    for (const one of file.cases) {
      const counts = checks.get(one.function) ?? new Map<string, number>();
      counts.set(file.program, (counts.get(file.program) ?? 0) + 1);
      checks.set(one.function, counts);
    }
  }
  return checks;
}
