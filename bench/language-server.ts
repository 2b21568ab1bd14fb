// Measures what an editor waits for: from a change in one file of a workspace to its diagnostics, once the
// workspace has been looked at; and the memory that 10,000 changes leave behind.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { execPath, hrtime, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { writeModules, writeTemplates } from "./corpus.js";

const FILES = 1000;
const KEYSTROKES = 300;
const EDITS = 10_000;

const imdslint = new URL("../dist/imdslint.cjs", import.meta.url).pathname;
const directory = mkdtempSync(`${tmpdir()}/imdslint-bench-`);
try {
  writeTemplates(`${directory}/templates`, FILES);
  writeModules(`${directory}/modules`, FILES);
  await measure("templates", `${directory}/templates`, "yaml");
  await measure("modules", `${directory}/modules`, "terraform");
} finally {
  rmSync(directory, { recursive: true });
}

async function measure(name: string, folder: string, languageId: string): Promise<void> {
  const server = spawn(execPath, [imdslint, "lsp", "--stdio"], { stdio: "pipe" });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const scanned = new Promise<void>((resolve) => {
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onNotification("$/progress", ({ value }: { value: { kind: string } }) => {
      if (value.kind === "end") resolve();
    });
  });
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  const capabilities = { textDocument: { diagnostic: {} }, window: { workDoneProgress: true } };
  const start = hrtime.bigint();
  await connection.sendRequest("initialize", { processId: null, rootUri, capabilities });
  await connection.sendNotification("initialized", {});
  await scanned;
  const scan = Number(hrtime.bigint() - start) / 1e6;

  const [path = ""] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((each) =>
    /\.(?:yaml|tf)$/.test(each),
  );
  const uri = `${rootUri}/${path}`;
  const text = readFileSync(`${folder}/${path}`, "utf8");
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId, version: 1, text },
  });
  let version = 1;
  const edit = async () => {
    version += 1;
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ text: `${text}# ${String(version)}\n` }],
    });
    await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
  };
  const times: number[] = [];
  for (let count = 0; count < KEYSTROKES; count += 1) {
    const before = hrtime.bigint();
    await edit();
    times.push(Number(hrtime.bigint() - before) / 1e6);
  }
  const before = memoryOf(server.pid);
  for (let count = 0; count < EDITS; count += 1) await edit();
  const after = memoryOf(server.pid);
  times.sort((left, right) => left - right);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  stdout.write(
    `${FILES} ${name}: first look ${scan.toFixed(0)} ms; a keystroke ${at(0.5)} ms, p95 ${at(0.95)} ms (${KEYSTROKES} keystrokes); ` +
      `${before} MB, after ${EDITS} edits ${after} MB\n`,
  );
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  connection.dispose();
}

/** What the process has in memory, in megabytes; 0 where the system does not say. */
function memoryOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
    return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
