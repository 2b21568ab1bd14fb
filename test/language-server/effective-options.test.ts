import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Hover, InlayHint, Location } from "vscode-languageserver-protocol";
import { DemoFolder } from "./demo-folder.js";

let folder: DemoFolder;
beforeEach(() => {
  folder = new DemoFolder();
});
afterEach(() => {
  folder.remove();
});

const workers = "terraform/workers/main.tf";

async function hover(path: string, text: string, into?: number): Promise<string> {
  const options = into === undefined ? {} : { into };
  const answer = await folder.ask<Hover | null>("textDocument/hover", path, text, options);
  return answer === null ? "" : (answer.contents as { value: string }).value;
}

describe("hovering", () => {
  test("over a launch template shows its options, and where each comes from", async () => {
    await folder.client.start(folder.directory);
    const text = await hover("web-fleet.yaml", "WebTemplate:");
    expect(text.split("\n").slice(0, 5)).toEqual([
      "**WebTemplate (AWS::EC2::LaunchTemplate)**",
      "",
      "| Option | Value | Where from |",
      "| --- | --- | --- |",
      `| \`HttpTokens\` | \`required\` | when condition IsProduction is true: HttpTokens is required, [web-fleet.yaml:24](${folder.uri("web-fleet.yaml")}#L24) |`,
    ]);
    expect(text).toContain("| `HttpEndpoint` | `enabled` | HttpEndpoint is not set");
  });

  test("over an option, its name or the name of its mapping means its own resource", async () => {
    await folder.client.start(folder.directory);
    for (const text of ["HttpProtocolIpv6", "enabled", "MetadataOptions:"]) {
      const shown = await hover("web-fleet.yaml", text);
      expect(shown).toContain("**WebTemplate (AWS::EC2::LaunchTemplate)**");
      expect(shown).not.toContain("WebGroup");
    }
  });

  test("over what launches through a template shows what the template gives it", async () => {
    await folder.client.start(folder.directory);
    const text = await hover("web-fleet.yaml", "!Ref WebTemplate");
    expect(text).toContain("**WebGroup (AWS::AutoScaling::AutoScalingGroup)**");
    expect(text).toContain("web-fleet.yaml:24");
  });

  test("over what others use shows all of them", async () => {
    await folder.client.start(folder.directory);
    const text = await hover("terraform/main.tf", 'http_tokens = "optional"', 16);
    expect(text).toContain("module.workers.aws_launch_template.this");
    expect(text).toContain("module.workers.aws_autoscaling_group.this");
    expect(text).toContain("require-imdsv2");
  });

  test("says as much without Markdown", async () => {
    const capabilities = { textDocument: { hover: { contentFormat: ["plaintext" as const] } } };
    await folder.client.start(folder.directory, capabilities);
    const answer = await folder.ask<Hover>("textDocument/hover", "web-fleet.yaml", "Builder:");
    expect(answer.contents).toMatchObject({ kind: "plaintext" });
    const { value } = answer.contents as { value: string };
    expect(value).toMatch(/^HttpTokens +optional +HttpTokens is not set, .*, web-fleet\.yaml:51$/m);
    expect(value).not.toMatch(/[|*]/);
  });

  test("takes nothing of a template for Markdown", async () => {
    const text =
      'variable "a" {\n  default = { "x|*y*<b>" = "optional" }\n}\nresource "aws_instance" "web" {\n' +
      '  metadata_options {\n    http_tokens = var.a["x|*y*<b>"]\n  }\n}\n';
    writeFileSync(`${folder.directory}/terraform/odd.tf`, text);
    await folder.client.start(folder.directory);
    const shown = await hover("terraform/odd.tf", "http_tokens");
    for (const line of shown.split("\n").filter((each) => each.startsWith("|"))) {
      expect(line.replace(/\\./g, "").split("|")).toHaveLength(5);
      expect(line.replace(/\\./g, "")).not.toMatch(/[<*]/);
    }
  });

  test("counts what is in other buffers", async () => {
    await folder.client.start(folder.directory);
    const { client } = folder;
    const text = folder.read("terraform/main.tf");
    await client.open(folder.uri("terraform/main.tf"), text, "terraform");
    const changed = text.replace('http_tokens = "optional"', 'http_tokens = "required"');
    await client.change(folder.uri("terraform/main.tf"), 2, { text: changed });
    expect(await hover(workers, "var.http_tokens")).toContain("| `http_tokens` | `required` |");
  });

  test("over anything else shows nothing", async () => {
    await folder.client.start(folder.directory);
    expect(await hover("web-fleet.yaml", "Description")).toBe("");
    expect(await hover("terraform/main.tf", "locals")).toBe("");
  });
});

describe("definitions", () => {
  /** Path and line, from one, of where a place leads. */
  async function definitions(path: string, text: string, into = 0): Promise<readonly string[]> {
    const found = await folder.ask<Location[]>("textDocument/definition", path, text, { into });
    return found.map(
      ({ uri, range }) =>
        `${uri.slice(folder.uri("").length)}:${String(range.start.line + 1)}:${String(range.start.character + 1)}`,
    );
  }

  test("lead from what launches to its launch template", async () => {
    await folder.client.start(folder.directory);
    expect(await definitions("web-fleet.yaml", "WebGroup:")).toEqual(["web-fleet.yaml:16:3"]);
    expect(await definitions("web-fleet.yaml", "!Ref WebTemplate", 6)).toEqual([
      "web-fleet.yaml:16:3",
    ]);
    expect(await definitions(workers, "aws_launch_template.this.id", 4)).toEqual([
      `${workers}:10:10`,
    ]);
    expect(await definitions("web-fleet.yaml", "WebTemplate:")).toEqual([]);
  });

  test("lead from a value to what it is taken from", async () => {
    await folder.client.start(folder.directory);
    expect(await definitions(workers, "var.http_tokens", 5)).toEqual(["terraform/main.tf:14:17"]);
    expect(await definitions("web-fleet.yaml", "HttpTokens: !If")).toEqual([
      "web-fleet.yaml:24:42",
      "web-fleet.yaml:24:52",
    ]);
  });

  test("lead from a module's argument to its variable", async () => {
    await folder.client.start(folder.directory);
    const argument = 'http_tokens = "optional"';
    expect(await definitions("terraform/main.tf", argument)).toEqual([`${workers}:5:1`]);
    expect(await definitions("terraform/main.tf", argument, 18)).toEqual([`${workers}:5:1`]);
  });

  test("go on where an argument is itself taken from elsewhere", async () => {
    const text = folder
      .read("terraform/main.tf")
      .replace('http_tokens = "optional"', "http_tokens = local.tokens");
    writeFileSync(
      `${folder.directory}/terraform/main.tf`,
      `${text}\nlocals {\n  tokens = "optional"\n}\n`,
    );
    await folder.client.start(folder.directory);
    expect(await definitions("terraform/main.tf", "http_tokens = local")).toEqual([
      `${workers}:5:1`,
    ]);
    expect(await definitions("terraform/main.tf", "local.tokens", 7)).toEqual([
      "terraform/main.tf:43:12",
    ]);
  });
});

describe("inlay hints", () => {
  const everywhere = {
    range: { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } },
  };
  const hints = async (path: string, text: string, options = everywhere) =>
    await folder.ask<InlayHint[] | null>("textDocument/inlayHint", path, text, options);

  test("are off by default", async () => {
    await folder.client.start(folder.directory);
    expect(await hints("web-fleet.yaml", "Web")).toBeNull();
  });

  test("say behind each launch what tokens come to", async () => {
    await folder.client.start(folder.directory, {}, { inlayHints: true });
    const shown = await hints("web-fleet.yaml", "Web");
    expect(shown?.map(({ position, label }) => [position.line + 1, label])).toEqual([
      [16, "HttpTokens: required or optional"],
      [27, "HttpTokens: required or optional"],
      [42, "HttpTokens: optional or required"],
      [51, "HttpTokens: optional"],
    ]);
    const inModule = await hints(workers, "variable");
    expect(inModule?.map(({ position, label }) => [position, label])).toEqual([
      [{ line: 9, character: 39 }, "http_tokens: optional"],
      [{ line: 20, character: 41 }, "http_tokens: optional"],
    ]);
  });

  test("come for the lines asked for alone, and behind the name where more stands there", async () => {
    const line = "  A: { Type: AWS::EC2::Instance, Properties: {} }\n";
    writeFileSync(`${folder.directory}/one.yaml`, `Resources:\n${line}${line.replace("A", "B")}`);
    await folder.client.start(folder.directory, {}, { inlayHints: true });
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    expect(await hints("one.yaml", "Resources", { range })).toEqual([]);
    const second = { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } };
    const shown = await hints("one.yaml", "Resources", { range: second });
    expect(shown?.map(({ position }) => position)).toEqual([{ line: 2, character: 3 }]);
  });
});
