import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OracleValue } from "../test/parsers/terraform/functions/oracle-case.js";
import { hclString } from "./hcl-literal.js";

/** An environment with nobody's settings, and no colours. */
export function quietEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", NO_COLOR: "1" };
}

/** Which version the program of that name on the PATH has. */
export function versionOf(command: string): string {
  const output = execFileSync(command, ["version", "-json"], {
    encoding: "utf8",
    env: quietEnvironment(),
  });
  return (JSON.parse(output) as { terraform_version: string }).terraform_version;
}

/** `terraform console` or `tofu console` in a copy of a root module. */
export class Console {
  readonly command: string;
  readonly version: string;
  readonly #directory: string;
  readonly #references: string[] = [];

  constructor(command: string, rootModule: string) {
    this.command = command;
    this.version = versionOf(command);
    this.#directory = mkdtempSync(join(tmpdir(), "record-oracle-"));
    cpSync(rootModule, this.#directory, { recursive: true });
  }

  /** Removes the copy. */
  close(): void {
    rmSync(this.#directory, { recursive: true });
  }

  /** A reference to a text, as `templatestring` wants it. */
  referTo(text: string): string {
    this.#references.push(`  text_${this.#references.length} = ${hclString(text)}\n`);
    writeFileSync(
      join(this.#directory, "references.tf"),
      `locals {\n${this.#references.join("")}}\n`,
    );
    return `local.text_${this.#references.length - 1}`;
  }

  /** What the console prints for an expression; undefined if it is refused. */
  print(expression: string): string | undefined {
    try {
      return execFileSync(this.command, ["console"], {
        cwd: this.#directory,
        encoding: "utf8",
        env: quietEnvironment(),
        input: `${expression}\n`,
        stdio: ["pipe", "pipe", "ignore"],
      }).trim();
    } catch {
      return undefined;
    }
  }

  /** What the console prints for an expression that is not refused. */
  evaluate(expression: string): string {
    const output = this.print(expression);
    if (output === undefined) throw new Error(`${this.command} refuses ${expression}`);
    return output;
  }
}

/** The value that the console has printed; what is unknown becomes `{ "$unknown": "any" }`. */
export function readPrinted(output: string): OracleValue {
  const json = output
    .replace(/\bto(?:set|list|map)\((?=[[{])/g, "")
    .replace(/(?<=[\]}])\)/g, "")
    .replace(/^(\s*)([\w-]+) = /gm, '$1"$2" = ')
    .replace(/^(\s*"(?:[^"\\]|\\.)*") = /gm, "$1: ")
    .replace(/\(known after apply\)/g, '{"$unknown":"any"}')
    .replace(/(?<![[{,])\n/g, ",\n")
    .replace(/,(?=\s*[\]}])/g, "");
  return JSON.parse(json) as OracleValue;
}
