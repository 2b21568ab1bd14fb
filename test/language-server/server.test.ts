import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CodeAction, CompletionItem, Diagnostic, Hover } from "vscode-languageserver-protocol";
import { Client } from "./client.js";

const demo = new URL("../../fixtures/demo", import.meta.url).pathname;

let directory = "";
let client: Client;
const uri = (path: string) => pathToFileURL(`${directory}/${path}`).href;
const read = (path: string) => readFileSync(`${directory}/${path}`, "utf8");
const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/imdslint-lsp-`);
  cpSync(demo, directory, { recursive: true });
  client = new Client();
});
afterEach(() => {
  client.process.kill("SIGKILL");
  rmSync(directory, { recursive: true });
});

describe("a client that is pushed to", () => {
  test("gets the diagnostics of the whole folder", async () => {
    await client.start(directory);
    expect(client.result?.capabilities.positionEncoding).toBe("utf-16");
    expect(client.result?.capabilities.diagnosticProvider).toBeUndefined();
    const found = await client.diagnosticsWhen(uri("web-fleet.yaml"), ({ length }) => length > 0);
    expect(codes(found)).toEqual([
      "require-imdsv2",
      "ipv6-needs-endpoint",
      "ipv6-needs-nitro",
      "require-imdsv2",
    ]);
    expect(found[0]).toMatchObject({
      source: "imdslint",
      severity: 1,
      range: { start: { line: 23, character: 51 }, end: { line: 23, character: 59 } },
    });
    const terraform = await client.diagnosticsWhen(
      uri("terraform/main.tf"),
      ({ length }) => length > 0,
    );
    expect(terraform[0]?.relatedInformation?.map(({ message }) => message)).toEqual([
      "http_tokens is taken from var.http_tokens",
    ]);
    expect(await client.stop()).toBe(0);
  });

  test("sees the problem come and go while somebody types, also in other files", async () => {
    await client.start(directory);
    const path = "terraform/workers/main.tf";
    await client.diagnosticsWhen(uri("terraform/main.tf"), (found) =>
      codes(found).includes("require-imdsv2"),
    );
    await client.open(uri(path), read(path), "terraform");
    const fixed = read(path).replace("var.http_tokens", '"required"');
    await client.change(uri(path), 2, { text: fixed });
    await client.diagnosticsWhen(
      uri("terraform/main.tf"),
      (found) => !codes(found).includes("require-imdsv2"),
    );
    await client.change(uri(path), 3, { text: read(path) });
    await client.diagnosticsWhen(uri("terraform/main.tf"), (found) =>
      codes(found).includes("require-imdsv2"),
    );
  });

  test("keeps what can be known of a half-typed file", async () => {
    await client.start(directory);
    const text = read("web-fleet.yaml");
    await client.open(uri("web-fleet.yaml"), text);
    const broken = text.replace("  WebGroup:", '  Half: "typed\n  WebGroup:');
    await client.change(uri("web-fleet.yaml"), 2, { text: broken });
    const found = await client.diagnosticsWhen(uri("web-fleet.yaml"), (all) =>
      codes(all).includes("syntax"),
    );
    expect(codes(found)).toContain("require-imdsv2");
  });

  test("is shown what is open where it wants that", async () => {
    await client.start(directory, {}, { showOpen: true });
    const found = await client.diagnosticsWhen(uri("web-fleet.yaml"), ({ length }) => length > 4);
    expect(found.filter(({ severity }) => severity === 4)).toHaveLength(1);
  });

  test("counts columns in UTF-16", async () => {
    await client.start(directory);
    const text =
      'Resources: { "😀": 1, I: { Type: AWS::EC2::Instance, Properties: { MetadataOptions: { HttpTokens: optional } } } }\n';
    await client.open(uri("new.yaml"), text);
    const found = await client.diagnosticsWhen(uri("new.yaml"), (all) =>
      codes(all).includes("require-imdsv2"),
    );
    const [first] = found.filter(({ code }) => code === "require-imdsv2");
    expect(first?.range.start.character).toBe(text.indexOf("optional"));
  });

  test("edits part of a document, in any order of parts", async () => {
    await client.start(directory);
    await client.open(uri("web-fleet.yaml"), read("web-fleet.yaml"));
    const at = (line: number, start: number, end: number) => ({
      start: { line, character: start },
      end: { line, character: end },
    });
    await client.change(
      uri("web-fleet.yaml"),
      2,
      { range: at(23, 51, 59), text: "required" },
      { range: at(24, 28, 35), text: "disabled" },
    );
    const found = await client.diagnosticsWhen(uri("web-fleet.yaml"), ({ length }) => length < 4);
    expect(codes(found)).toContain("require-imdsv2");
    expect(codes(found)).not.toContain("ipv6-needs-nitro");
  });
});

describe("configurations", () => {
  test("count in the editor as on the command line, also once they change", async () => {
    const rules = (setting: string) => `rules: { require-imdsv2: ${setting} }\n`;
    writeFileSync(`${directory}/imdslint.config.yaml`, rules("note"));
    await client.start(directory);
    const found = await client.diagnosticsWhen(uri("web-fleet.yaml"), ({ length }) => length > 0);
    expect(found.find(({ code }) => code === "require-imdsv2")?.severity).toBe(3);
    writeFileSync(`${directory}/imdslint.config.yaml`, rules("off"));
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uri("imdslint.config.yaml"), type: 2 }],
    });
    await client.diagnosticsWhen(
      uri("web-fleet.yaml"),
      (all) => !codes(all).includes("require-imdsv2"),
    );
  });

  test("and comments in files silence what they name", async () => {
    await client.start(directory);
    await client.open(uri("web-fleet.yaml"), read("web-fleet.yaml"));
    const [, ignore] = await client.connection.sendRequest<CodeAction[]>(
      "textDocument/codeAction",
      {
        textDocument: { uri: uri("web-fleet.yaml") },
        range: { start: { line: 23, character: 53 }, end: { line: 23, character: 53 } },
        context: { diagnostics: [] },
      },
    );
    const [edit] = ignore?.edit?.changes?.[uri("web-fleet.yaml")] ?? [];
    if (edit === undefined) throw new Error("no edit");
    await client.change(uri("web-fleet.yaml"), 2, { range: edit.range, text: edit.newText });
    const left = await client.diagnosticsWhen(
      uri("web-fleet.yaml"),
      (all) => all.length > 0 && all.length === 3,
    );
    expect(codes(left)).not.toContain("unused-suppression");
  });
});

describe("a client that pulls", () => {
  const pulling = { textDocument: { diagnostic: {} } };

  test("is never pushed to, and learns what did not change", async () => {
    await client.start(directory, pulling);
    const pull = async (previousResultId?: string) =>
      await client.connection.sendRequest<{ kind: string; resultId: string; items?: Diagnostic[] }>(
        "textDocument/diagnostic",
        { textDocument: { uri: uri("web-fleet.yaml") }, previousResultId },
      );
    await client.open(uri("web-fleet.yaml"), read("web-fleet.yaml"));
    const first = await pull();
    expect(codes(first.items ?? [])).toContain("require-imdsv2");
    expect(await pull(first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await client.change(uri("web-fleet.yaml"), 2, { text: "Resources: {}\n" });
    expect((await pull(first.resultId)).items).toEqual([]);
    expect(client.pushed.size).toBe(0);
    const all = await client.connection.sendRequest<{ items: { uri: string }[] }>(
      "workspace/diagnostic",
      { previousResultIds: [] },
    );
    expect(all.items.map((item) => item.uri)).toContain(uri("web-fleet.yaml"));
  });
});

describe("what else an editor asks", () => {
  beforeEach(async () => {
    await client.start(directory);
    await client.open(uri("web-fleet.yaml"), read("web-fleet.yaml"));
  });

  test("fixes of a place, and of the whole file", async () => {
    const position = { line: 23, character: 53 };
    const actions = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: uri("web-fleet.yaml") },
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
    expect(actions.map(({ title, kind }) => [title, kind])).toEqual([
      ['Replace "optional" by "required"', "quickfix"],
      ["Ignore require-imdsv2 here, for a reason", "quickfix"],
      ["Fix everything in this file that imdslint can fix safely", "source.fixAll.imdslint"],
    ]);
    const [edit] = actions[0]?.edit?.changes?.[uri("web-fleet.yaml")] ?? [];
    expect(edit).toEqual({
      range: { start: { line: 23, character: 51 }, end: { line: 23, character: 59 } },
      newText: "required",
    });
  });

  test("why a rule exists", async () => {
    const hover = await client.connection.sendRequest<Hover>("textDocument/hover", {
      textDocument: { uri: uri("web-fleet.yaml") },
      position: { line: 23, character: 53 },
    });
    expect(hover.contents).toMatchObject({ kind: "markdown" });
    expect(JSON.stringify(hover.contents)).toContain("require-imdsv2");
  });

  test("names and words while somebody types", async () => {
    const text = read("web-fleet.yaml").replace(
      "          HttpProtocolIpv6: enabled",
      "          ",
    );
    await client.change(uri("web-fleet.yaml"), 2, { text });
    const items = await client.connection.sendRequest<CompletionItem[]>("textDocument/completion", {
      textDocument: { uri: uri("web-fleet.yaml") },
      position: { line: 24, character: 10 },
    });
    expect(items.map(({ label }) => label)).toEqual([
      "HttpEndpoint",
      "HttpPutResponseHopLimit",
      "HttpProtocolIpv6",
      "InstanceMetadataTags",
    ]);
  });
});

describe("what a server must survive", () => {
  test("requests on documents it does not know, and methods it does not have", async () => {
    await client.start(directory);
    const ask = async (method: string, path: string) =>
      await client.connection.sendRequest(method, {
        textDocument: { uri: path },
        position: { line: 9999, character: 9999 },
        range: { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } },
        context: { diagnostics: [] },
      });
    expect(await ask("textDocument/hover", "untitled:1")).toBeNull();
    expect(await ask("textDocument/hover", uri("absent.yaml"))).toBeNull();
    expect(await ask("textDocument/codeAction", uri("absent.yaml"))).toEqual([]);
    expect(await ask("textDocument/completion", uri("absent.yaml"))).toEqual([]);
    await expect(ask("textDocument/nonsense", uri("absent.yaml"))).rejects.toThrow();
    expect(await client.stop()).toBe(0);
  });

  test("messages that are none", async () => {
    await client.start(directory);
    client.process.stdin?.write('Content-Length: 9\r\n\r\n{"a": [}}');
    await client.diagnosticsWhen(uri("web-fleet.yaml"), ({ length }) => length > 0);
    expect(await client.stop()).toBe(0);
  });

  test("a client that goes without a word", async () => {
    await client.start(directory);
    const ended = new Promise((resolve) => client.process.once("exit", resolve));
    client.process.stdin?.end();
    await ended;
  });

  test("being killed: the next one starts as new", async () => {
    await client.start(directory);
    client.process.kill("SIGKILL");
    client = new Client();
    await client.start(directory);
    await client.diagnosticsWhen(uri("web-fleet.yaml"), ({ length }) => length > 0);
  });

  test("files that change on disk", async () => {
    await client.start(directory);
    await client.diagnosticsWhen(uri("web-fleet.yaml"), ({ length }) => length > 0);
    writeFileSync(`${directory}/web-fleet.yaml`, "Resources: {}\n");
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uri("web-fleet.yaml"), type: 2 }],
    });
    await client.diagnosticsWhen(uri("web-fleet.yaml"), ({ length }) => length === 0);
  });
});
