import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { execPath } from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CodeAction, TextEdit } from "vscode-languageserver-protocol";
import { applyEdits } from "../../src/source/apply-edits.js";
import { SourceFile } from "../../src/source/source-file.js";
import { type AskOptions, codes, DemoFolder } from "./demo-folder.js";

const imdslint = new URL("../../dist/imdslint.cjs", import.meta.url).pathname;

let folder: DemoFolder;
beforeEach(() => {
  folder = new DemoFolder();
});
afterEach(() => {
  folder.remove();
});

async function actions(path: string, text: string, options: AskOptions = {}) {
  return await folder.ask<CodeAction[]>("textDocument/codeAction", path, text, {
    context: { diagnostics: [] },
    ...options,
  });
}

/** A file's text with what an action does to it. */
function withAction(
  path: string,
  action: CodeAction | undefined,
  text = folder.read(path),
): string {
  const edits: readonly TextEdit[] = action?.edit?.changes?.[folder.uri(path)] ?? [];
  const file = new SourceFile(path, text);
  const offset = ({ line, character }: TextEdit["range"]["start"]) =>
    file.offset({ line, column: character });
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      location: file.location({ start: offset(range.start), end: offset(range.end) }),
      newText,
    })),
  );
}

describe("fixing all in a file", () => {
  test.each(["web-fleet.yaml", "terraform/main.tf"])("of %s is what --fix does", async (path) => {
    await folder.client.start(folder.directory);
    const context = { diagnostics: [], only: ["source.fixAll"] };
    const [all, ...others] = await actions(path, "", { context });
    expect(others).toEqual([]);
    expect(all?.kind).toBe("source.fixAll.imdslint");
    const fixed = withAction(path, all);
    spawnSync(execPath, [imdslint, "--fix"], { cwd: folder.directory });
    expect(fixed).toBe(folder.read(path));
    expect(fixed).not.toContain("optional]");
  });

  test("comes to edits of the lines that change alone", async () => {
    await folder.client.start(folder.directory);
    const context = { diagnostics: [], only: ["source.fixAll.imdslint"] };
    const [all] = await actions("web-fleet.yaml", "", { context });
    const edits = all?.edit?.changes?.[folder.uri("web-fleet.yaml")] ?? [];
    expect(edits.length).toBeGreaterThan(1);
    expect(edits[0]?.range.start.line).toBe(23);
  });

  test("is not offered where only the cursor moved, nor where nothing can be fixed", async () => {
    await folder.client.start(folder.directory);
    const kinds = (found: readonly CodeAction[]) => found.map(({ kind }) => kind);
    const automatic = { diagnostics: [], triggerKind: 2 };
    expect(kinds(await actions("web-fleet.yaml", "", { context: automatic }))).toEqual([]);
    writeFileSync(`${folder.directory}/right.tf`, "locals {}\n");
    expect(await actions("right.tf", "")).toEqual([]);
  });
});

test("edits are for the version that is open, where the client knows of versions", async () => {
  const { client, directory } = folder;
  await client.start(directory, { workspace: { workspaceEdit: { documentChanges: true } } });
  const uri = folder.uri("web-fleet.yaml");
  await client.open(uri, folder.read("web-fleet.yaml"));
  await client.change(uri, 7, { text: folder.read("web-fleet.yaml") });
  const [fix] = await actions("web-fleet.yaml", "optional]");
  expect(fix?.edit?.changes).toBeUndefined();
  expect(fix?.edit?.documentChanges).toMatchObject([
    { textDocument: { uri, version: 7 }, edits: [{ newText: "required" }] },
  ]);
});

test("fixes stand for the diagnostics that they solve", async () => {
  const { client, directory } = folder;
  await client.start(directory);
  const found = await client.diagnosticsWhen(
    folder.uri("web-fleet.yaml"),
    ({ length }) => length > 0,
  );
  const context = { diagnostics: found };
  const [fix] = await actions("web-fleet.yaml", "optional]", { context });
  expect(codes(fix?.diagnostics ?? [])).toEqual(["require-imdsv2"]);
  expect(fix?.isPreferred).toBe(true);
});

describe("ignoring", () => {
  /** The line that is offered, and whether it silences what is found there and nothing else. */
  async function ignoring(
    path: string,
    text: string,
    mark = "imdslint-ignore",
  ): Promise<string | undefined> {
    const before = folder.read(path);
    const found = await actions(path, text);
    const action = found.find(({ title }) => title.startsWith("Ignore require-imdsv2"));
    if (action === undefined) return undefined;
    const after = withAction(path, action);
    writeFileSync(`${folder.directory}/${path}`, after);
    const lint = (...parameters: readonly string[]) =>
      spawnSync(execPath, [imdslint, ...parameters], { cwd: folder.directory, encoding: "utf8" });
    expect(lint("--format", "json", path).stdout).not.toContain('"unused-suppression"');
    writeFileSync(`${folder.directory}/${path}`, before);
    const [line = ""] = after.split("\n").filter((each) => each.includes(mark));
    return line;
  }

  test("is by the line above, be it a value or a resource that lacks one", async () => {
    await folder.client.start(folder.directory);
    expect(await ignoring("web-fleet.yaml", "optional]")).toBe(
      "          # imdslint-ignore-next-line require-imdsv2 -- reason",
    );
    expect(await ignoring("web-fleet.yaml", "Builder:")).toBe(
      "  # imdslint-ignore-next-line require-imdsv2 -- reason",
    );
    expect(await ignoring("terraform/main.tf", '"optional"')).toBe(
      "  # imdslint-ignore-next-line require-imdsv2 -- reason",
    );
  });

  test("keeps line endings", async () => {
    const text = 'resource "aws_instance" "web" {\r\n  ami = "ami-0abcdef1234567890"\r\n}\r\n';
    writeFileSync(`${folder.directory}/crlf.tf`, text);
    await folder.client.start(folder.directory);
    expect(await ignoring("crlf.tf", "aws_instance")).toBe(
      "# imdslint-ignore-next-line require-imdsv2 -- reason\r",
    );
  });

  test("is an entry of the resource in JSON, which has no comments", async () => {
    const write = (path: string, value: unknown) => {
      writeFileSync(`${folder.directory}/${path}`, `${JSON.stringify(value, undefined, 2)}\n`);
    };
    write("template.json", { Resources: { A: { Type: "AWS::EC2::Instance" } } });
    write("a.tf.json", { resource: { aws_instance: { web: { ami: "ami-0abcdef1234567890" } } } });
    write("twice.json", {
      Resources: { A: { Type: "AWS::EC2::Instance", Metadata: { imdslint: { ignore: [] } } } },
    });
    await folder.client.start(folder.directory);
    const [entry = "", comment = ""] = [
      await ignoring("template.json", '"A"', '"ignore"'),
      await ignoring("a.tf.json", '"web"', '"//"'),
    ];
    expect(entry).toBe('          "ignore": [{"rule":"require-imdsv2","reason":"reason"}]');
    expect(comment).toBe('        "//": "imdslint-ignore-resource require-imdsv2 -- reason"');
    expect(await ignoring("twice.json", '"A"')).toBeUndefined();
  });

  test("is not offered where there is no place for it", async () => {
    const embedded =
      'resource "aws_cloudformation_stack" "a" {\n  template_body = <<-EOT\n    Resources:\n' +
      "      A:\n        Type: AWS::EC2::Instance\n        Properties:\n          MetadataOptions:\n" +
      "            HttpTokens: optional\n  EOT\n}\n";
    writeFileSync(`${folder.directory}/embedded.tf`, embedded);
    await folder.client.start(folder.directory);
    const [fix] = await actions("embedded.tf", "optional");
    expect(fix?.title).toBe('Replace "optional" by "required"');
    expect(await ignoring("embedded.tf", "optional")).toBeUndefined();
  });
});
