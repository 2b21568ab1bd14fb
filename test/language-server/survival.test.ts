import { spawn } from "node:child_process";
import { execPath } from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { Client } from "./client.js";
import { codes, DemoFolder } from "./demo-folder.js";

const imdslint = new URL("../../dist/imdslint.cjs", import.meta.url).pathname;
const path = "web-fleet.yaml";

let folder: DemoFolder;
beforeEach(() => {
  folder = new DemoFolder();
});
afterEach(() => {
  folder.remove();
});

const hasAny = ({ length }: readonly Diagnostic[]) => length > 0;

/** A message as it stands in the stream. */
function framed(message: unknown): string {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return `Content-Length: ${String(Buffer.byteLength(text))}\r\n\r\n${text}`;
}

describe("edits", () => {
  test("of documents that are not open, closed twice or opened twice are survived", async () => {
    const { client } = folder;
    await client.start(folder.directory);
    const uri = folder.uri(path);
    await client.change(uri, 9, { text: "Resources: {}\n" });
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await client.open(uri, "Resources: {}\n");
    await client.open(uri, folder.read(path));
    await client.diagnosticsWhen(uri, hasAny);
    const close = async () => {
      await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    };
    await close();
    await close();
    await client.diagnosticsWhen(uri, hasAny);
    expect(await client.stop()).toBe(0);
  });

  test("with older versions, reversed ranges or places beyond the end are made as they come", async () => {
    const { client } = folder;
    await client.start(folder.directory);
    const uri = folder.uri(path);
    await client.open(uri, "Resources: {}\n");
    const beyond = { line: 99, character: 99 };
    await client.change(uri, 7, { range: { start: beyond, end: beyond }, text: "# end\n" });
    const all = { start: beyond, end: { line: 0, character: 0 } };
    await client.change(uri, 3, { range: all, text: folder.read(path) });
    await client.diagnosticsWhen(uri, (found) => codes(found).includes("require-imdsv2"));
  });

  test("count only once the document is closed where it is not saved", async () => {
    const { client } = folder;
    await client.start(folder.directory);
    const uri = folder.uri(path);
    await client.open(uri, "Resources: {}\n");
    await client.diagnosticsWhen(uri, ({ length }) => length === 0);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await client.diagnosticsWhen(uri, hasAny);
  });
});

describe("messages", () => {
  const odd: readonly unknown[] = [
    { jsonrpc: "2.0", id: 901, method: "textDocument/hover" },
    { jsonrpc: "2.0", id: 902, method: "textDocument/hover", params: { textDocument: 7 } },
    { jsonrpc: "2.0", id: 903, method: "textDocument/codeAction", params: [] },
    { jsonrpc: "2.0", id: 904, method: "workspace/diagnostic", params: {} },
    { jsonrpc: "2.0", method: "textDocument/didOpen", params: {} },
    { jsonrpc: "2.0", method: "textDocument/didChange", params: { contentChanges: 3 } },
    { jsonrpc: "2.0", method: "workspace/didChangeWatchedFiles", params: {} },
    { jsonrpc: "2.0", method: "$/unheard-of", params: null },
    { jsonrpc: "2.0", id: 4711, result: "to no question" },
    [{ jsonrpc: "2.0", id: 905, method: "shutdown" }],
    "null",
    "{]",
    "",
  ];
  test.each(odd)("such as %j are survived", async (message) => {
    const { client } = folder;
    await client.start(folder.directory);
    client.process.stdin?.write(framed(message));
    await client.open(folder.uri("new.tf"), 'resource "aws_instance" "new" {}\n', "terraform");
    await client.diagnosticsWhen(folder.uri("new.tf"), hasAny);
    expect(await client.stop()).toBe(0);
  });

  test("that are no protocol at all end the process, not hang it", async () => {
    const server = spawn(execPath, [imdslint, "lsp"], { stdio: ["pipe", "ignore", "ignore"] });
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.stdin.end("GET / HTTP/1.1\r\n\r\nhello");
    await ended;
  });

  test("that are taken back are answered, one way or the other", async () => {
    const { client } = folder;
    await client.start(folder.directory);
    const textDocument = { uri: folder.uri(path) };
    const position = { line: 23, character: 53 };
    const request = (id: number) =>
      framed({
        jsonrpc: "2.0",
        id,
        method: "textDocument/hover",
        params: { textDocument, position },
      });
    const cancel = (id: number) =>
      framed({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } });
    client.process.stdin?.write(request(801) + request(802) + cancel(802) + cancel(803));
    const hover = client.connection.sendRequest("textDocument/hover", { textDocument, position });
    expect(await hover).not.toBeNull();
    expect(await client.stop()).toBe(0);
  });
});

test("a client that never reads is served once it does, with what counts then", async () => {
  const { client, directory } = folder;
  await client.start(directory);
  await client.diagnosticsWhen(folder.uri(path), hasAny);
  client.process.stdout?.pause();
  const uri = folder.uri(path);
  const text = folder.read(path);
  // Long names make long messages, more of them than a pipe holds.
  const wide = (name: string) => text.replaceAll("WebTemplate", `Web${name.repeat(20_000)}`);
  await client.open(uri, text);
  for (let version = 2; version < 12; version += 1) {
    await client.change(uri, version, { text: wide(version % 2 === 0 ? "A" : "B") });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await client.change(uri, 12, { text: "Resources: {}\n" });
  await new Promise((resolve) => setTimeout(resolve, 400));
  client.process.stdout?.resume();
  await client.diagnosticsWhen(uri, ({ length }) => length === 0);
  expect(await client.stop()).toBe(0);
});

test("what a process before answered is not taken for what this one would", async () => {
  const pulling = { textDocument: { diagnostic: {} } };
  const pull = async (client: Client, previousResultId?: string) =>
    await client.connection.sendRequest<{ kind: string; resultId: string }>(
      "textDocument/diagnostic",
      { textDocument: { uri: folder.uri(path) }, previousResultId },
    );
  await folder.client.start(folder.directory, pulling);
  const { resultId } = await pull(folder.client);
  folder.client.process.kill("SIGKILL");
  const next = new Client();
  await next.start(folder.directory, pulling);
  expect((await pull(next, resultId)).kind).toBe("full");
  expect(await next.stop()).toBe(0);
});

test("who pulls is asked to do so again when another file changes what is found", async () => {
  const { client } = folder;
  const asked: string[] = [];
  const refreshed = new Promise<void>((resolve) => {
    client.connection.onRequest("workspace/diagnostic/refresh", () => {
      asked.push("refresh");
      resolve();
      return null;
    });
  });
  await client.start(folder.directory, {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true } },
  });
  await refreshed;
  const main = folder.uri("terraform/main.tf");
  const pull = async () =>
    await client.connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri: main },
    });
  const until = async (isWanted: (found: readonly unknown[]) => boolean) => {
    for (let count = 0; count < 100; count += 1) {
      if (isWanted(codes((await pull()).items))) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("never as wanted");
  };
  await until((found) => found.includes("require-imdsv2"));
  asked.length = 0;
  const workers = "terraform/workers/main.tf";
  const fixed = folder.read(workers).replace("var.http_tokens", '"required"');
  await client.open(folder.uri(workers), fixed, "terraform");
  for (let count = 0; count < 100 && asked.length === 0; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(asked).toContain("refresh");
  expect(codes((await pull()).items)).not.toContain("require-imdsv2");
  expect(client.pushed.size).toBe(0);
});
