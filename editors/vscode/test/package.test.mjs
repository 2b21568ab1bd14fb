// What the packaged extension holds, and that the server in it finds what it should.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";

const require = createRequire(import.meta.url);
const {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} = require("vscode-languageserver-protocol/node");

const files = unzipSync(readFileSync(new URL("../dist/imdslint.vsix", import.meta.url)));
const names = Object.keys(files);
const manifest = JSON.parse(Buffer.from(files["extension/package.json"]).toString("utf8"));
const directory = mkdtempSync(`${tmpdir()}/imdslint-vsix-`);
after(() => rmSync(directory, { recursive: true }));
for (const [name, bytes] of Object.entries(files)) {
  mkdirSync(dirname(`${directory}/${name}`), { recursive: true });
  writeFileSync(`${directory}/${name}`, bytes);
}

test("the package holds what its manifest names, and no sources", () => {
  const { walkthroughs, jsonValidation } = manifest.contributes;
  const named = [
    manifest.main,
    manifest.icon,
    ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    ...jsonValidation.map(({ url }) => url.replace("./", "")),
  ];
  for (const name of named) assert.ok(names.includes(`extension/${name}`), name);
  assert.deepEqual(
    names.filter((name) => /node_modules|\.ts$|\.map$|end-to-end/.test(name)),
    [],
  );
});

test("the client's bundle needs nothing but the editor and Node", () => {
  const text = Buffer.from(files["extension/dist/extension.cjs"]).toString("utf8");
  const needed = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  const builtIn = new Set(require("node:module").builtinModules);
  const others = needed.filter(
    (name) => name !== "vscode" && !builtIn.has(name.replace("node:", "")),
  );
  assert.ok(needed.includes("vscode"));
  assert.deepEqual(others, []);
});

test("the server in the package reports on a template", async () => {
  const template = `${directory}/template.yaml`;
  const text =
    "Resources:\n  Builder:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";
  writeFileSync(template, text);
  const server = spawn(process.execPath, [
    `${directory}/extension/dist/server/imdslint.cjs`,
    "lsp",
    "--stdio",
    `--clientProcessId=${process.pid}`,
  ]);
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const uri = pathToFileURL(template).href;
  const found = new Promise((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", ({ uri: of, diagnostics }) => {
      if (of === uri && diagnostics.length > 0) resolve(diagnostics);
    });
  });
  connection.listen();
  const workspaceFolders = [{ uri: pathToFileURL(directory).href, name: "folder" }];
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders,
  });
  await connection.sendNotification("initialized", {});
  const textDocument = { uri, languageId: "yaml", version: 1, text };
  await connection.sendNotification("textDocument/didOpen", { textDocument });
  const [{ code, range }] = await found;
  assert.equal(code, "require-imdsv2");
  assert.equal(range.start.line, 1);
  await connection.sendRequest("shutdown");
  const ended = once(server, "exit");
  await connection.sendNotification("exit");
  assert.deepEqual(await ended, [0, null]);
  connection.dispose();
});
